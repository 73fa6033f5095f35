package dev.screenful.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids by which a log line is found from traces of the same request, in AWS X-Ray or at the
 * client.
 *
 * @param coldStart whether this is the first invocation of the function instance
 * @param trace the trace id of AWS X-Ray; null if there is none
 * @param segment the id of the invocation's segment in AWS X-Ray; null if X-Ray does not sample it
 * @param traceparent the client's position in its own trace; null if it sent none
 */
public record InvocationTrace(
    boolean coldStart,
    @Nullable String trace,
    @Nullable String segment,
    @Nullable String traceparent) {

  /** For a line that is not of a client's request. */
  public static final InvocationTrace NONE = new InvocationTrace(false, null, null, null);

  /** Lambda's runtimes put the header of the current invocation here. */
  private static final String LAMBDA_PROPERTY = "com.amazonaws.xray.traceHeader";

  private static final Pattern ROOT =
      Pattern.compile("(?:^|;)\\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)");

  private static final Pattern PARENT =
      Pattern.compile("(?:^|;)\\s*Parent=((?!0{16})[0-9a-f]{16})(?:;|$)");

  private static final Pattern SAMPLED = Pattern.compile("(?:^|;)\\s*Sampled=1(?:;|$)");

  /**
   * The first four parts of the header. A version above 00 may have more parts, which are not used.
   *
   * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, section
   *     3.2</a>
   */
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "((?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?");

  /**
   * The trace of an invocation. The id of AWS is that of the invocation; without one, that of the
   * request to API Gateway. An invalid header is ignored.
   *
   * @param headers those of the request, by name in lower case
   */
  public static InvocationTrace of(boolean coldStart, Map<String, String> headers) {
    String invocation = System.getProperty(LAMBDA_PROPERTY, "");
    String header =
        ROOT.matcher(invocation).find() ? invocation : headers.getOrDefault("x-amzn-trace-id", "");
    String trace = first(ROOT, header);
    boolean isSampled = trace != null && SAMPLED.matcher(header).find();
    return new InvocationTrace(
        coldStart,
        trace,
        isSampled ? first(PARENT, header) : null,
        traceparent(headers.get("traceparent")));
  }

  private static @Nullable String first(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static @Nullable String traceparent(@Nullable String header) {
    Matcher matcher = TRACEPARENT.matcher(header == null ? "" : header);
    boolean isValid =
        matcher.matches() && (matcher.group(2) == null || !matcher.group(1).startsWith("00"));
    return isValid ? matcher.group(1) : null;
  }

  /** This trace, for a further line of the same request. */
  public InvocationTrace again() {
    return new InvocationTrace(false, trace, segment, traceparent);
  }

  /** The fields of a log line; those without a value are absent. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (coldStart) {
      fields.put("coldStart", true);
    }
    if (trace != null) {
      fields.put("trace", trace);
    }
    if (traceparent != null) {
      fields.put("traceparent", traceparent);
    }
    return fields;
  }
}
