package dev.screenful.gateway;

import dev.screenful.live.SocketEvent;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.InvocationTrace;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of WebSocket APIs.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html">
 *     WebSocket API context variables</a>
 */
final class WebSocketEvent {

  private WebSocketEvent() {}

  /** Whether a parsed event is of a WebSocket API. */
  static boolean isOne(@Nullable Object event) {
    return event instanceof Map<?, ?> root
        && root.get("requestContext") instanceof Map<?, ?> context
        && context.get("eventType") instanceof String
        && context.get("connectionId") instanceof String;
  }

  /**
   * Reads an event of a connection.
   *
   * @param deadline when it must be handled
   * @param coldStart whether it is the first event of the function instance
   * @throws MalformedEvent if a part is missing
   */
  static SocketEvent read(@Nullable Object event, Deadline deadline, boolean coldStart)
      throws MalformedEvent {
    if (event instanceof Map<?, ?> root
        && root.get("requestContext") instanceof Map<?, ?> context
        && context.get("connectionId") instanceof String connection
        && context.get("requestId") instanceof String id
        && context.get("connectedAt") instanceof Number connectedAt) {
      Map<String, String> headers = GatewayEvent.headers(root);
      return new SocketEvent(
          kind(context.get("eventType")),
          connection,
          Instant.ofEpochMilli(connectedAt.longValue()),
          headers,
          root.get("body") instanceof String message ? message : "",
          GatewayEvent.address(context),
          deadline,
          id,
          InvocationTrace.of(coldStart, headers));
    }
    throw new MalformedEvent("The event of the WebSocket API lacks a part of its context.");
  }

  private static SocketEvent.Kind kind(@Nullable Object type) throws MalformedEvent {
    return switch (String.valueOf(type)) {
      case "CONNECT" -> SocketEvent.Kind.CONNECT;
      case "MESSAGE" -> SocketEvent.Kind.MESSAGE;
      case "DISCONNECT" -> SocketEvent.Kind.DISCONNECT;
      default -> throw new MalformedEvent("The event of the WebSocket API has an unknown type.");
    };
  }
}
