package dev.screenful.local;

import dev.screenful.aws.Credentials;
import dev.screenful.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.websocket.api.StatusCode;

/**
 * Replaces the {@code @connections} API of API Gateway on this machine: sends messages to the
 * connections of a {@link WebSocketGateway}, closes and describes them. Requests must be signed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">
 *     Use {@code @connections} commands in your backend service</a>
 */
final class ConnectionsApi {

  private static final String STAGE = "/local";
  private static final String PREFIX = STAGE + "/@connections/";
  private static final String REGION = "local";
  private static final Credentials CREDENTIALS = new Credentials("local", "secret", null);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=local/((\\d{8})/local/execute-api/aws4_request), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private final WebSocketGateway gateway;
  private final InstantSource clock;

  ConnectionsApi(WebSocketGateway gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /** The environment variables of a function that uses the API of the server on a port. */
  static Map<String, String> environment(int port) {
    return Map.of(
        "CONNECTIONS_URL",
        "http://localhost:" + port + STAGE,
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        CREDENTIALS.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY",
        CREDENTIALS.secretAccessKey());
  }

  /** Whether a request is for this API. */
  static boolean isFor(Exchange exchange) {
    return exchange.path().startsWith(PREFIX);
  }

  void answer(Exchange exchange) throws IOException {
    byte[] body = exchange.body();
    if (!isSigned(exchange, body)) {
      refuse(exchange, 403, "ForbiddenException");
      return;
    }
    Optional<WebSocketConnection> connection =
        gateway.connection(exchange.path().substring(PREFIX.length()));
    if (connection.isEmpty()) {
      refuse(exchange, 410, "GoneException");
      return;
    }
    switch (exchange.method()) {
      case "POST" -> send(exchange, connection.get(), body);
      case "DELETE" -> {
        connection.get().close(StatusCode.NORMAL, "Connection Closed Normally");
        exchange.respond(204);
      }
      case "GET" ->
          exchange
              .set("content-type", "application/json")
              .respond(200, Json.bytes(connection.get().description()));
      default -> refuse(exchange, 403, "MissingAuthenticationTokenException");
    }
  }

  private static void send(Exchange exchange, WebSocketConnection connection, byte[] body)
      throws IOException {
    if (body.length > WebSocketConnection.MAX_MESSAGE) {
      refuse(exchange, 413, "PayloadTooLargeException");
    } else if (connection.send(new String(body, StandardCharsets.UTF_8))) {
      exchange.respond(200);
    } else {
      refuse(exchange, 410, "GoneException");
    }
  }

  private static void refuse(Exchange exchange, int status, String error) throws IOException {
    exchange
        .set("content-type", "application/json")
        .set("x-amzn-ErrorType", error)
        .respond(status, Json.bytes(Map.of("message", error)));
  }

  private boolean isSigned(Exchange exchange, byte[] body) {
    Matcher authorization = AUTHORIZATION.matcher(String.valueOf(exchange.header("authorization")));
    String date = String.valueOf(exchange.header("x-amz-date"));
    if (!authorization.matches()
        || !date.startsWith(authorization.group(2))
        || LocalSignature.time(date).filter(this::isNow).isEmpty()) {
      return false;
    }
    List<String> names = List.of(authorization.group(3).split(";", -1));
    String signature =
        LocalSignature.of(
            CREDENTIALS.secretAccessKey(),
            exchange.method(),
            exchange.uri().getRawPath().replace("%", "%25").replace("@", "%40"), // encoded twice
            Map.of(),
            names,
            exchange.headers(),
            LocalSignature.hex(LocalSignature.sha256(body)),
            date,
            authorization.group(1));
    return names.contains("host") && signature.equals(authorization.group(4));
  }

  private boolean isNow(Instant time) {
    return Duration.between(time, clock.instant()).abs().compareTo(CLOCK_SKEW) <= 0;
  }
}
