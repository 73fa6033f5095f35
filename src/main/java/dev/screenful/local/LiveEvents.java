package dev.screenful.local;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of a WebSocket API while a client opens a live screen as in its example. */
final class LiveEvents {

  /** The id that the client gives to its only operation. */
  private static final String OPERATION = "1";

  private final String connection;
  private final Instant connectedAt;

  /**
   * The events of a connection.
   *
   * @param connection the id that the gateway gives to it
   * @param connectedAt the time at which the client connects
   */
  LiveEvents(String connection, Instant connectedAt) {
    this.connection = connection;
    this.connectedAt = connectedAt;
  }

  /** The events: the client connects, initialises the connection, subscribes and leaves. */
  List<byte[]> of(Screen screen, ScreenExample example, Optional<String> token) {
    Map<String, Object> payload = new LinkedHashMap<>();
    token.ifPresent(own -> payload.put("authorization", "Bearer " + own));
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationName", screen.name());
    operation.put("variables", example.variables());
    operation.put("query", screen.document());
    return List.of(
        event("CONNECT", "$connect", null),
        message(Map.of("type", "connection_init", "payload", payload)),
        message(Map.of("id", OPERATION, "type", "subscribe", "payload", operation)),
        event("DISCONNECT", "$disconnect", null));
  }

  private byte[] message(Map<String, Object> message) {
    return event("MESSAGE", "$default", Json.text(new TreeMap<>(message)));
  }

  private byte[] event(String type, String route, @Nullable String body) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("routeKey", route);
    context.put("eventType", type);
    context.put("connectionId", connection);
    context.put("connectedAt", connectedAt.toEpochMilli());
    context.put("requestId", connection);
    context.put("identity", Map.of("sourceIp", "203.0.113.1")); // RFC 5737
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("headers", Map.of("Sec-WebSocket-Protocol", "graphql-transport-ws"));
    event.put("requestContext", context);
    if (body != null) {
      event.put("body", body);
    }
    event.put("isBase64Encoded", false);
    return Json.bytes(event);
  }

  /** The payload of the first {@code next} among the messages to the client. */
  static Optional<Map<?, ?>> response(List<byte[]> messages) throws IOException {
    for (byte[] message : messages) {
      if (json(message) instanceof Map<?, ?> read
          && "next".equals(read.get("type"))
          && read.get("payload") instanceof Map<?, ?> payload) {
        return Optional.of(payload);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object json(byte[] message) throws IOException {
    try {
      return Json.read(message);
    } catch (MalformedJson malformed) {
      throw new IOException(malformed);
    }
  }
}
