package dev.screenful.connection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param headers by name in lower case
 */
public record Response(int status, Map<String, String> headers, byte[] body) {

  /** The value of a header; null if the response lacks it. */
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
