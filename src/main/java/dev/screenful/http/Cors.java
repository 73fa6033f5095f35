package dev.screenful.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin access for web pages. Mobile apps do not need it. An HTTP API of API Gateway answers
 * preflights itself if it is configured for CORS; a function URL and the development server do not.
 *
 * @param origins the allowed origins; {@code *} allows all
 * @param headers the request headers that pages may send
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS protocol</a>
 */
record Cors(List<String> origins, List<String> headers) {

  /** The methods of the endpoint. */
  static final String METHODS = "POST, OPTIONS";

  /** The response to OPTIONS, which may be a preflight. */
  HttpResponse options(HttpRequest request) {
    HttpResponse response = HttpResponse.empty(204).with("allow", METHODS).with("vary", "origin");
    return allows(request.header("origin")) ? response.with(preflight()) : response;
  }

  private Map<String, String> preflight() {
    return Map.of(
        "access-control-allow-methods", "POST",
        "access-control-allow-headers", String.join(", ", headers),
        "access-control-max-age", "7200"); // seconds; browsers cache it for two hours at most
  }

  /** A response with the headers that let an allowed page read it. */
  HttpResponse readable(HttpResponse response, HttpRequest request) {
    String origin = request.header("origin");
    if (origin == null || !allows(origin)) {
      return response;
    }
    return response
        .with("access-control-allow-origin", origin)
        .with("access-control-expose-headers", "etag, retry-after");
  }

  private boolean allows(@Nullable String origin) {
    return origin != null && (origins.contains(origin) || origins.contains("*"));
  }
}
