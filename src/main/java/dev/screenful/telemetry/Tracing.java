package dev.screenful.telemetry;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are sampled, and sends their traces. Without settings, no request is.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/sdk/#sampling">Sampling</a>
 */
public final class Tracing {

  private final @Nullable Sampling sampling;

  /**
   * The tracing of a function.
   *
   * @param clock the time of spans
   * @param log receives a warning if traces are lost
   */
  public Tracing(Optional<TracingSettings> settings, InstantSource clock, Log log) {
    this.sampling =
        settings.isEmpty()
            ? null
            : new Sampling(settings.get(), new TraceExport(settings.get(), clock, log), clock);
  }

  /** The parts of tracing that need a collector. */
  private record Sampling(TracingSettings settings, TraceExport export, InstantSource clock) {}

  /** Starts the span of a request; it is {@link Span#NONE} if the request is not sampled. */
  public Span start(InvocationTrace invocation) {
    return sampling == null ? Span.NONE : start(invocation, sampling);
  }

  private static Span start(InvocationTrace invocation, Sampling sampling) {
    String client = invocation.traceparent();
    String segment = invocation.segment();
    String amazon = id(invocation.trace());
    String id =
        client != null ? client.substring(3, 35) : amazon != null ? amazon : newId(sampling);
    if (!isSampled(id, client, segment, sampling.settings())) {
      return Span.NONE;
    }
    Span.Link link =
        client == null || segment == null || amazon == null ? null : new Span.Link(amazon, segment);
    Trace trace = new Trace(id, link, sampling.clock().instant());
    String parent = client == null ? segment : client.substring(36, 52);
    return new Span(trace, parent, "", Span.Kind.SERVER);
  }

  private static boolean isSampled(
      String id, @Nullable String client, @Nullable String segment, TracingSettings settings) {
    if (settings.followsParent() && client != null) {
      return (Integer.parseInt(client.substring(53), 16) & 1) == 1;
    }
    if (settings.followsParent() && segment != null) { // exists only if X-Ray samples the request
      return true;
    }
    long random = Long.parseLong(id.substring(18), 16); // the last 56 bits
    return random < (long) (settings.ratio() * 0x1p56); // as a double, the last id is not below 1
  }

  /** The trace id of AWS X-Ray in OpenTelemetry's form. */
  private static @Nullable String id(@Nullable String root) {
    return root == null ? null : root.substring(2, 10) + root.substring(11);
  }

  /** A new trace id. It begins with the time in seconds, as X-Ray expects. */
  private static String newId(Sampling sampling) {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    return "%08x".formatted((int) sampling.clock().instant().getEpochSecond())
        + HexFormat.of().formatHex(random);
  }

  /**
   * Ends the span of a request, and sends its trace. A failure has no other effect than a warning.
   *
   * @param remaining the time that the request can wait
   */
  public void send(Span request, String requestId, Duration remaining) {
    request.end();
    Trace trace = request.trace();
    if (sampling != null && trace != null) {
      sampling.export().send(trace, requestId, remaining);
    }
  }
}
