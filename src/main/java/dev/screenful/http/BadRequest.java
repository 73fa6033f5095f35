package dev.screenful.http;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Cost;
import java.util.Map;

/** A request that is refused before its document is read. The message is for the client. */
final class BadRequest extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final ErrorCode code;
  private final transient Map<String, String> headers;

  BadRequest(int status, ErrorCode code, String message) {
    this(status, code, message, Map.of());
  }

  /** A refusal with response headers that tell the client how to correct the request. */
  BadRequest(int status, ErrorCode code, String message, Map<String, String> headers) {
    super(message, null, false, false); // no stack trace: it is a response, not a fault
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The response to the client. */
  GraphqlResponse response(String requestId) {
    return GraphqlResponse.error(
        GraphqlResponse.Outcome.REFUSED, code, getMessage(), requestId, new Cost());
  }
}
