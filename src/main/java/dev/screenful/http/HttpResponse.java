package dev.screenful.http;

import dev.screenful.json.Json;
import dev.screenful.resolver.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers values by name in lower case
 * @param body in UTF-8
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

  /** The response to what was not even an HTTP request. */
  public static HttpResponse notARequest(String requestId) {
    return error(
        400, MediaType.JSON, ErrorCode.BAD_REQUEST, "The event is not an HTTP request.", requestId);
  }

  /** The response when something failed that nobody thought of. */
  public static HttpResponse failed(String requestId) {
    return error(
        500,
        MediaType.JSON,
        ErrorCode.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side; the request id tells us what.",
        requestId);
  }

  /** A response that holds one error and nothing else. */
  static HttpResponse error(
      int status, MediaType type, ErrorCode code, String message, String requestId) {
    Map<String, Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code.name());
    extensions.put("requestId", requestId);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("extensions", extensions);
    HttpResponse response = graphql(status, type, Map.of("errors", List.of(error)));
    switch (status) {
      case 401 -> response.headers.put("www-authenticate", "Bearer"); // RFC 9110, section 11.6.1
      case 405 -> response.headers.put("allow", "POST"); // RFC 9110, section 10.2.1
      default -> {}
    }
    return response;
  }

  /** A response that holds a GraphQL response. */
  static HttpResponse graphql(
      int status, MediaType type, Map<String, ? extends @Nullable Object> body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", type.withCharset());
    return new HttpResponse(status, headers, Json.bytes(body));
  }
}
