package dev.screenful.execution;

import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a GraphQL request.
 *
 * @param operation the name of the operation that was executed, null where nothing was or it has
 *     none
 * @param response the response map of the GraphQL specification, section 7.1: {@code data}, {@code
 *     errors}
 * @param outcome whether it was executed
 * @param cache how long a client may keep it, null where it must not
 * @param cost what it cost in the store
 */
public record GraphqlResponse(
    @Nullable String operation,
    Map<String, @Nullable Object> response,
    Outcome outcome,
    @Nullable CachePolicy cache,
    Cost cost) {

  /** How far a request came. */
  public enum Outcome {
    /** It was executed, with or without errors. */
    EXECUTED,
    /** Nothing ran, and there is no {@code data}: a request error (section 7.1.2). */
    REFUSED,
    /** Nothing ran: client and server settle whether a hash can stand for a document. */
    HANDSHAKE,
    /** Something failed that nobody thought of. */
    FAILED
  }

  /** An answer that is one error, and nothing ran. */
  public static GraphqlResponse error(
      Outcome outcome, ErrorCode code, String message, String requestId, Cost cost) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code.name());
    extensions.put("requestId", requestId);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("extensions", extensions);
    return new GraphqlResponse(null, Map.of("errors", List.of(error)), outcome, null, cost);
  }

  /** An answer to what failed around the resolvers; it tells no more than its kind. */
  public static GraphqlResponse failed(Throwable failure, String requestId, Cost cost) {
    ErrorCode code = Errors.code(failure);
    return error(Outcome.FAILED, code, Errors.message(code), requestId, cost);
  }
}
