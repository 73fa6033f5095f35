package dev.screenful.live;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the subprotocol {@value #PROTOCOL}.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">GraphQL over
 *     WebSocket Protocol</a>
 */
final class Messages {

  static final String PROTOCOL = "graphql-transport-ws";

  /** Characters of the longest operation id; clients use numbers or UUIDs. */
  private static final int MAX_ID = 128;

  /** Bytes of a message beside its payload. */
  static final int MAX_ENVELOPE = 1024;

  private Messages() {}

  /** A message of a client. */
  sealed interface Message {}

  /** The first message of a connection. */
  record Init(@Nullable Object payload) implements Message {}

  /** Asks for a {@link #pong}. */
  record Ping(@Nullable Object payload) implements Message {}

  /** Answers a ping. */
  record Pong() implements Message {}

  /** Begins an operation. */
  record Subscribe(String id, @Nullable Object payload) implements Message {}

  /** Ends an operation. */
  record Complete(String id) implements Message {}

  /** Reads a message; empty if it is none of the protocol. */
  static Optional<Message> read(String text) {
    Object json;
    try {
      json = Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJson malformed) {
      return Optional.empty();
    }
    if (!(json instanceof Map<?, ?> message) || !(message.get("type") instanceof String type)) {
      return Optional.empty();
    }
    Object payload = message.get("payload");
    return switch (type) {
      case "connection_init" -> Optional.of(new Init(payload));
      case "ping" -> Optional.of(new Ping(payload));
      case "pong" -> Optional.of(new Pong());
      case "subscribe" -> id(message).map(id -> new Subscribe(id, payload));
      case "complete" -> id(message).map(Complete::new);
      default -> Optional.empty();
    };
  }

  private static Optional<String> id(Map<?, ?> message) {
    return message.get("id") instanceof String id && !id.isEmpty() && id.length() <= MAX_ID
        ? Optional.of(id)
        : Optional.empty();
  }

  static byte[] acknowledged() {
    return Json.bytes(Map.of("type", "connection_ack"));
  }

  static byte[] pong(@Nullable Object payload) {
    return Json.bytes(
        payload == null ? Map.of("type", "pong") : Map.of("type", "pong", "payload", payload));
  }

  /** An answer of an operation. */
  static byte[] next(String id, byte[] payload) {
    return withPayload("next", id, payload);
  }

  /**
   * The end of an operation that did not run, or can't run any more.
   *
   * @param errors the {@code errors} of a response
   */
  static byte[] error(String id, List<?> errors) {
    return withPayload("error", id, Json.bytes(errors));
  }

  /** The end of an operation whose caller's token has expired. */
  static byte[] expired(String id) {
    return error(id, ErrorCode.UNAUTHENTICATED, "The token has expired. Sign in again.");
  }

  /** The end of an operation for one reason. */
  static byte[] error(String id, ErrorCode code, String message) {
    return error(
        id, List.of(Map.of("message", message, "extensions", Map.of("code", code.name()))));
  }

  static byte[] complete(String id) {
    return Json.bytes(Map.of("id", id, "type", "complete"));
  }

  private static byte[] withPayload(String type, String id, byte[] payload) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("id", id);
      json.writeStringField("type", type);
      json.writeFieldName("payload");
      json.writeRawValue(new String(payload, StandardCharsets.UTF_8));
      json.writeEndObject();
    });
  }
}
