package dev.screenful.execution;

import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The response to one GraphQL request.
 *
 * @param operation the name of the executed operation; null if it is anonymous or nothing ran
 * @param map the response map with {@code data} and {@code errors} (GraphQL specification, section
 *     7.1)
 * @param outcome whether the operation was executed
 * @param cache how long a client may cache the response; null if it must not
 * @param cost the cost in the store
 */
public record GraphqlResponse(
    @Nullable String operation,
    Map<String, @Nullable Object> map,
    Outcome outcome,
    @Nullable CachePolicy cache,
    Cost cost) {

  /** How far a request got. */
  public enum Outcome {
    /** The operation was executed, with or without errors. */
    EXECUTED,
    /** A request error: nothing ran, and there is no {@code data} (section 7.1.2). */
    REFUSED,
    /** Nothing ran: the server does not know the hash of a persisted query. */
    HANDSHAKE,
    /** An unexpected failure. */
    FAILED
  }

  /** A response with one error and no data. */
  public static GraphqlResponse error(
      Outcome outcome, ErrorCode code, String message, String requestId, Cost cost) {
    return new GraphqlResponse(
        null, Map.of("errors", List.of(error(code, message, requestId))), outcome, null, cost);
  }

  /** The codes of its errors, each with the number of these errors. */
  public Map<String, Integer> errorCodes() {
    Map<String, Integer> codes = new TreeMap<>();
    if (map.get("errors") instanceof List<?> errors) {
      for (Object error : errors) {
        if (error instanceof Map<?, ?> parts
            && parts.get("extensions") instanceof Map<?, ?> extensions) {
          codes.merge(String.valueOf(extensions.get("code")), 1, Integer::sum);
        }
      }
    }
    return codes;
  }

  /** The response in place of this one, which is too large to be sent. */
  public GraphqlResponse tooLarge(int bytes, String requestId) {
    Map<String, @Nullable Object> instead = new LinkedHashMap<>();
    instead.put(
        "errors",
        List.of(
            error(
                ErrorCode.RESPONSE_TOO_LARGE,
                "The response of %d bytes is too large. Select less.".formatted(bytes),
                requestId)));
    instead.put("data", null);
    return new GraphqlResponse(operation, instead, outcome, null, cost);
  }

  private static Map<String, Object> error(ErrorCode code, String message, String requestId) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code.name());
    extensions.put("requestId", requestId);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("extensions", extensions);
    return error;
  }

  /**
   * The response to an unexpected failure. It shows the kind of failure only.
   *
   * @throws OutOfMemoryError if that is the failure. Any thread may have lost its work then, so the
   *     error goes to Lambda, which answers with status 500 and replaces the instance.
   */
  public static GraphqlResponse failed(Throwable failure, String requestId, Cost cost) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError fatal) {
        throw fatal;
      }
    }
    ErrorCode code = Errors.code(failure);
    return error(Outcome.FAILED, code, Errors.message(code), requestId, cost);
  }
}
