package dev.screenful.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
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
    HttpResponse tagged = response.with("etag", tag.value());
    return tag.isIn(request.header("if-none-match")) ? tagged.notModified() : tagged;
  }

  /** Compared weakly, as this header asks for (RFC 9110, section 13.1.2). */
  private boolean isIn(@Nullable String header) {
    return header != null && (header.strip().equals("*") || isOneOf(header));
  }

  private boolean isOneOf(String tags) {
    return Arrays.stream(tags.split(",", -1))
        .map(sent -> sent.strip().replaceFirst("^W/", ""))
        .anyMatch(value.replaceFirst("^W/", "")::equals);
  }
}
