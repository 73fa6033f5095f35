package dev.screenful.http;

import dev.screenful.store.Deadline;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param method in capitals
 * @param headers values by name in lower case; several values of one name are joined by commas (RFC
 *     9110, section 5.3)
 * @param body as it was sent, empty where there was none
 * @param address the IP address that the gateway saw, empty where it tells none
 * @param claims those of a token that API Gateway has verified; empty where it has not
 * @param deadline when it must have its response
 * @param id names the request in the log and to the client
 */
public record HttpRequest(
    String method,
    Map<String, String> headers,
    byte[] body,
    String address,
    Map<String, String> claims,
    Deadline deadline,
    String id) {

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
