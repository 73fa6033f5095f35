package dev.screenful.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a client already has what it is about to be sent. The tag is a weak one, since the
 * same response may be sent with and without compression (RFC 9110, section 8.8.3).
 *
 * @param value as headers show it
 */
record EntityTag(String value) {

  /** Bytes of the hash; 96 bits are enough for responses to differ. */
  private static final int LENGTH = 12;

  /** The tag of a body. */
  static EntityTag of(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return new EntityTag(
          "W/\"" + Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, LENGTH)) + "\"");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }

  /**
   * A response with its tag, or 304 and no body where {@code If-None-Match} has it. RFC 9110 leaves
   * 304 to {@code GET} and {@code HEAD}; a GraphQL query is as safe as they are, and {@code
   * docs/decisions/0011-http-caching.md} says more.
   */
  static HttpResponse tagged(HttpResponse response, HttpRequest request) {
    EntityTag tag = of(response.body());
    if (!tag.isIn(request.header("if-none-match"))) {
      return response.with("etag", tag.value());
    }
    Map<String, String> headers = new LinkedHashMap<>(response.headers());
    headers.remove("content-type");
    return HttpResponse.empty(304).with(headers).with("etag", tag.value());
  }

  private boolean isIn(@Nullable String header) {
    return header != null
        && Arrays.stream(header.split(",")).map(String::strip).anyMatch(value::equals);
  }
}
