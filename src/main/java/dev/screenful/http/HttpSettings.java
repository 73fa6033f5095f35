package dev.screenful.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * The deployment's settings for HTTP.
 *
 * @param batchLimit the maximum number of requests in a batch; 0 disables batches
 * @param corsOrigins the origins of web pages that may call, {@code *} for all; mobile apps need
 *     none
 * @param corsHeaders the request headers that these pages may send
 */
public record HttpSettings(int batchLimit, List<String> corsOrigins, List<String> corsHeaders) {

  /**
   * The request headers that pages may send by default, separated by commas: those that the
   * function reads, and those that Apollo's clients send.
   */
  public static final String CORS_HEADERS =
      "authorization,content-encoding,content-type,if-none-match,apollographql-client-name,apollographql-client-version,apollo-require-preflight,x-apollo-operation-id,x-apollo-operation-name";

  /** The highest limit; clients split larger batches. */
  private static final int MAX_BATCH_LIMIT = 10;

  public HttpSettings {
    if (batchLimit < 0 || batchLimit > MAX_BATCH_LIMIT) {
      throw new IllegalArgumentException(
          "BATCH_LIMIT must be between 0 and %d, not %d.".formatted(MAX_BATCH_LIMIT, batchLimit));
    }
    corsOrigins = List.copyOf(corsOrigins);
    corsHeaders = List.copyOf(corsHeaders);
    for (String origin : corsOrigins) {
      if (!origin.equals("*") && !isOrigin(origin)) {
        throw new IllegalArgumentException(
            "CORS_ORIGINS must contain origins as browsers send them, such as https://app.example.com: in lower case, without slash, path or default port. '%s' never matches."
                .formatted(origin));
      }
    }
    for (String header : corsHeaders) {
      if (!isToken(header)) {
        throw new IllegalArgumentException(
            "CORS_HEADERS must contain names of headers, not '%s'.".formatted(header));
      }
    }
    if (corsHeaders.stream().noneMatch("content-type"::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "CORS_HEADERS must contain content-type, since every request has it.");
    }
  }

  /** These settings for pages of any origin, unless they name origins. */
  public HttpSettings orAnyOrigin() {
    return corsOrigins.isEmpty() ? new HttpSettings(batchLimit, List.of("*"), corsHeaders) : this;
  }

  /** Whether a browser may send a text as {@code Origin} (RFC 6454, section 6.2). */
  private static boolean isOrigin(String text) {
    try {
      URI uri = new URI(text);
      boolean isDefaultPort =
          ("https".equals(uri.getScheme()) && uri.getPort() == 443)
              || ("http".equals(uri.getScheme()) && uri.getPort() == 80);
      return uri.getHost() != null
          && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
          && uri.getRawUserInfo() == null
          && !uri.getRawAuthority().endsWith(":")
          && !isDefaultPort
          && text.equals(text.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /** Whether a text is a token (RFC 9110, section 5.6.2). */
  static boolean isToken(String text) {
    return text.chars()
        .allMatch(letter ->
            (letter < 128 && Character.isLetterOrDigit(letter))
                || "!#$%&'*+-.^_`|~".indexOf(letter) >= 0);
  }
}
