package dev.screenful.http;

import dev.screenful.json.Json;
import dev.screenful.resolver.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the status code
 * @param headers values by name in lower case
 * @param body in UTF-8, or compressed as {@code content-encoding} says
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

  /** The response to an event that is not an HTTP request. */
  public static HttpResponse invalidEvent(String requestId) {
    BadRequest wrong =
        new BadRequest(400, ErrorCode.BAD_REQUEST, "The event is not an HTTP request.");
    return graphql(wrong.status(), MediaType.JSON, Json.bytes(wrong.response(requestId).map()));
  }

  /** A response with the JSON of one GraphQL response or of a batch. */
  static HttpResponse graphql(int status, MediaType type, byte[] json) {
    return new HttpResponse(
        status,
        Map.of(
            "content-type", type.withCharset(),
            "cache-control", "no-store",
            "x-content-type-options", "nosniff", // Fetch standard: browsers must not guess the type
            "strict-transport-security", "max-age=63072000", // RFC 6797; two years
            "vary", "accept, accept-encoding, authorization, origin"),
        json);
  }

  /** A response without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), new byte[0]);
  }

  /** This response, with a header added or replaced. */
  HttpResponse with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** This response, with headers added or replaced. */
  HttpResponse with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new HttpResponse(status, all, body);
  }

  /** 304: the client's copy is still current. Headers that describe the body are removed. */
  HttpResponse notModified() {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.remove("content-type");
    return new HttpResponse(304, all, new byte[0]);
  }

  /** This response, with another body. */
  HttpResponse withBody(byte[] other) {
    return new HttpResponse(status, headers, other);
  }
}
