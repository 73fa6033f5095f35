package dev.screenful.http;

import dev.screenful.crypto.Sha256;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of a response, by which a client revalidates its copy. It is weak, because the
 * same response may be sent with and without compression (RFC 9110, section 8.8.3).
 *
 * @param value the value of the {@code ETag} header
 */
record EntityTag(String value) {

  /** Bytes of the truncated hash; 96 bits are enough to tell responses apart. */
  private static final int LENGTH = 12;

  /** The tag of a body. */
  static EntityTag of(byte[] body) {
    byte[] hash = Arrays.copyOf(Sha256.digest(body), LENGTH);
    return new EntityTag("W/\"" + Base64.getUrlEncoder().encodeToString(hash) + "\"");
  }

  /**
   * A response with its tag, or 304 without a body if {@code If-None-Match} contains the tag. RFC
   * 9110 defines 304 for {@code GET} and {@code HEAD} only. A GraphQL query is as safe as they are,
   * see {@code docs/decisions/0011-http-caching.md}.
   */
  static HttpResponse tagged(HttpResponse response, HttpRequest request) {
    EntityTag tag = of(response.body());
    HttpResponse tagged = response.with("etag", tag.value());
    return tag.isIn(request.header("if-none-match")) ? tagged.notModified() : tagged;
  }

  /** Uses weak comparison, as this header requires (RFC 9110, section 13.1.2). */
  private boolean isIn(@Nullable String header) {
    return header != null && (header.strip().equals("*") || isOneOf(header));
  }

  private boolean isOneOf(String tags) {
    return Arrays.stream(tags.split(",", -1))
        .map(sent -> opaque(sent.strip()))
        .anyMatch(opaque(value)::equals);
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
