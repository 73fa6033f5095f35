package dev.screenful.http;

import dev.screenful.store.Deadline;
import dev.screenful.telemetry.InvocationTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request.
 *
 * @param method in upper case
 * @param headers values by name in lower case; multiple values are joined by commas (RFC 9110,
 *     section 5.3)
 * @param body as sent; empty if there was none
 * @param address the client's IP address, as seen by the gateway; empty if unknown
 * @param claims the claims of a token that API Gateway has verified; empty if it has not
 * @param deadline when the response is due
 * @param id identifies the request in the log and to the client
 * @param trace connects the request with other records of it
 */
public record HttpRequest(
    String method,
    Map<String, String> headers,
    byte[] body,
    String address,
    Map<String, String> claims,
    Deadline deadline,
    String id,
    InvocationTrace trace) {

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }
}
