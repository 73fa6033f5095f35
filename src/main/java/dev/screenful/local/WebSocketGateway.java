package dev.screenful.local;

import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a WebSocket API of API Gateway on this machine: turns handshakes, messages and the ends
 * of connections into events for the function, with the routes {@code $connect}, {@code $default}
 * and {@code $disconnect}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html">
 *     Quotas for a WebSocket API</a>
 */
final class WebSocketGateway {

  /**
   * The times after which connections are closed.
   *
   * @param idle without a message in either direction
   * @param life since the handshake
   */
  record Limits(Duration idle, Duration life) {

    /** The limits of API Gateway. */
    static final Limits GATEWAY = new Limits(Duration.ofMinutes(10), Duration.ofHours(2));
  }

  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private final LoopbackServer server;
  private final LocalFunction function;
  private final Limits limits;
  private final InstantSource clock;
  private final Log log;
  private final Map<String, WebSocketConnection> connections = new ConcurrentHashMap<>();

  /**
   * A gateway.
   *
   * @param server receives the handshakes
   * @param function receives the events
   * @param clock the time in events
   */
  WebSocketGateway(
      LoopbackServer server, LocalFunction function, Limits limits, InstantSource clock, Log log) {
    this.server = server;
    this.function = function;
    this.limits = limits;
    this.clock = clock;
    this.log = log;
  }

  /** Answers a handshake. The function accepts the connection with status 200. */
  void connect(Exchange handshake) throws IOException {
    WebSocketEvents events = WebSocketEvents.of(handshake, clock);
    Map<?, ?> response;
    try {
      response = function.invoke(events.connect(handshake));
    } catch (IOException | RuntimeException failed) {
      log.warning("webSocketConnect", Map.of("message", failed.toString()));
      handshake.respond(502);
      return;
    }
    int status = response.get("statusCode") instanceof Integer code ? code : 502;
    if (status != 200) {
      handshake.respond(status);
      return;
    }
    server.upgrade(
        handshake,
        new WebSocketConnection(events, function, limits, connections, log),
        protocol(response));
  }

  private static @Nullable String protocol(Map<?, ?> response) {
    return response.get("headers") instanceof Map<?, ?> headers
        ? headers.entrySet().stream()
            .filter(header -> PROTOCOL.equalsIgnoreCase(String.valueOf(header.getKey())))
            .map(header -> String.valueOf(header.getValue()))
            .findFirst()
            .orElse(null)
        : null;
  }

  /** An open connection; empty if it is gone. */
  Optional<WebSocketConnection> connection(String id) {
    return Optional.ofNullable(connections.get(id));
  }
}
