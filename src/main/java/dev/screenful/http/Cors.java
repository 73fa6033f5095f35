package dev.screenful.http;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may call; {@code *} among the origins means all. Apps are no web pages and need
 * nothing of this; an HTTP API of API Gateway that is configured for CORS answers preflights
 * itself, a function URL and the development server don't.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS protocol</a>
 */
record Cors(Set<String> origins) {

  /** What the endpoint takes. */
  static final String METHODS = "POST, OPTIONS";

  /** What pages may send: what is read here, and what Apollo's clients add. */
  private static final String HEADERS =
      "authorization, content-encoding, content-type, if-none-match, apollographql-client-name, apollographql-client-version, apollo-require-preflight";

  private static final Map<String, String> PREFLIGHT =
      Map.of(
          "access-control-allow-methods", "POST",
          "access-control-allow-headers", HEADERS,
          "access-control-max-age", "7200"); // seconds; browsers keep it no longer than two hours

  /** The answer to a preflight, or to anyone else who asks which methods there are. */
  HttpResponse options(HttpRequest request) {
    HttpResponse response = HttpResponse.empty(204).with("allow", METHODS).with("vary", "origin");
    return allows(request.header("origin")) ? response.with(PREFLIGHT) : response;
  }

  /** A response that the page may read if it is of one of the origins. */
  HttpResponse readable(HttpResponse response, HttpRequest request) {
    String origin = request.header("origin");
    if (origin == null || !allows(origin)) {
      return response;
    }
    return response
        .with("access-control-allow-origin", origin)
        .with("access-control-expose-headers", "etag");
  }

  private boolean allows(@Nullable String origin) {
    return origin != null && (origins.contains(origin) || origins.contains("*"));
  }
}
