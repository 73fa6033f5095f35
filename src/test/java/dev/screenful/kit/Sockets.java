package dev.screenful.kit;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.live.Connections;
import dev.screenful.local.LocalContext;
import dev.screenful.store.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket API in memory: it calls a handler with the events of API Gateway, and is the place to
 * which the handler sends its messages.
 */
public final class Sockets implements Connections {

  /** The protocol of GraphQL over WebSocket. */
  public static final String PROTOCOL = "graphql-transport-ws";

  private final RequestStreamHandler handler;
  private final InstantSource clock;
  private final Map<String, Socket> open = new ConcurrentHashMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger(Integer.MAX_VALUE);

  /**
   * A WebSocket API.
   *
   * @param handler builds the handler that sends to these connections
   * @param clock the time at which clients connect
   */
  public Sockets(Function<Connections, RequestStreamHandler> handler, InstantSource clock) {
    this.handler = handler.apply(this);
    this.clock = clock;
  }

  /** The handler, for HTTP requests too. */
  public RequestStreamHandler handler() {
    return handler;
  }

  @Override
  public boolean send(String connection, byte[] message, Deadline deadline) throws IOException {
    Socket socket = open.get(connection);
    if (socket == null) {
      return false;
    }
    if (messages.decrementAndGet() < 0) {
      throw new IllegalStateException("The function is cut off.");
    }
    socket.receive(message);
    sent.incrementAndGet();
    return true;
  }

  /** The messages that have been sent to all connections. */
  public int sent() {
    return sent.get();
  }

  /** Lets the handler fail as if it was cut off, after some more messages. */
  public void crashAfter(int count) {
    messages.set(count);
  }

  /** Invokes the handler with records of the table's stream. */
  public JsonNode deliver(List<? extends Map<String, ? extends @Nullable Object>> records) {
    return invoke(Map.of("Records", records));
  }

  @Override
  public void close(String connection, Deadline deadline) {
    open.remove(connection);
  }

  /** A new connection, which has not sent {@code connection_init}. */
  public Socket connect() {
    Socket socket = unknown();
    JsonNode response = socket.event("CONNECT", null, Map.of("Sec-WebSocket-Protocol", PROTOCOL));
    if (response.path("statusCode").asInt() != 200
        || !response.at("/headers/sec-websocket-protocol").asText().equals(PROTOCOL)) {
      throw new AssertionError("The connection was refused: " + response);
    }
    return socket;
  }

  /** A connection that the function was not told of. */
  public Socket unknown() {
    Socket socket = new Socket(UUID.randomUUID().toString());
    open.put(socket.id, socket);
    return socket;
  }

  /** A connection of an anonymous caller. */
  public Socket initialised() {
    return connect().send("{\"type\":\"connection_init\"}");
  }

  /** A connection of a caller. */
  public Socket initialised(String token) {
    return connect()
        .send(
            "{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer %s\"}}"
                .formatted(token));
  }

  /** Invokes the handler with records, as Lambda does with a function of some milliseconds. */
  public JsonNode deliver(
      List<? extends Map<String, ? extends @Nullable Object>> records, int millis) {
    return invoke(Map.of("Records", records), millis);
  }

  /** Invokes the handler with any event. */
  public JsonNode invoke(Map<String, ?> event) {
    return invoke(event, 29_000);
  }

  private JsonNode invoke(Map<String, ?> event, int millis) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    byte[] json = Phone.json(event).getBytes(StandardCharsets.UTF_8);
    try {
      handler.handleRequest(
          new ByteArrayInputStream(json),
          response,
          new LocalContext(UUID.randomUUID().toString(), millis));
      return Phone.JSON.readTree(response.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** A connection of a client. */
  public final class Socket {

    private final String id;
    private final long connectedAt = clock.millis();
    private final List<JsonNode> received = new ArrayList<>();
    private boolean isRefusing;

    private Socket(String id) {
      this.id = id;
    }

    /** The id that the gateway gave to the connection. */
    public String id() {
      return id;
    }

    private synchronized void receive(byte[] message) throws IOException {
      if (isRefusing) {
        throw new IOException("The gateway refuses messages to this connection.");
      }
      received.add(Phone.JSON.readTree(message));
    }

    /** Sends a message. */
    public Socket send(String message) {
      event("MESSAGE", message, Map.of());
      return this;
    }

    /** Subscribes, or sends another operation. */
    public Socket subscribe(String operation, String document, Map<String, ?> variables) {
      return send(
          Phone.json(
              Map.of(
                  "id",
                  operation,
                  "type",
                  "subscribe",
                  "payload",
                  Map.of("query", document, "variables", variables))));
    }

    /** Ends an operation. */
    public Socket complete(String operation) {
      return send("{\"type\":\"complete\",\"id\":\"%s\"}".formatted(operation));
    }

    /** Ends the connection; the gateway tells the function. */
    public void leave() {
      open.remove(id);
      event("DISCONNECT", null, Map.of());
    }

    /** Ends the connection without telling the function, as the gateway may do. */
    public void vanish() {
      open.remove(id);
    }

    /** Lets the gateway refuse all messages to this connection. */
    public synchronized void refuseMessages() {
      isRefusing = true;
    }

    /** Whether the connection is open. */
    public boolean isOpen() {
      return open.containsKey(id);
    }

    /** The messages that have arrived. */
    public synchronized List<JsonNode> received() {
      return List.copyOf(received);
    }

    /** The types of the messages that have arrived, with their operations: {@code next 1}. */
    public List<String> types() {
      return received().stream()
          .map(message ->
              (message.path("type").asText() + " " + message.path("id").asText()).strip())
          .toList();
    }

    /** The messages of an operation that have arrived. */
    public List<JsonNode> received(String operation) {
      return received().stream()
          .filter(message -> message.path("id").asText().equals(operation))
          .toList();
    }

    /** The payload of the last message of an operation; a missing node if there is none. */
    public JsonNode last(String operation) {
      List<JsonNode> all = received(operation);
      return all.isEmpty() ? Phone.JSON.missingNode() : all.getLast().path("payload");
    }

    /** The last response of an operation, in the form of one over HTTP; without one, its errors. */
    public JsonNode response(String operation) {
      JsonNode payload = last(operation);
      return payload.isArray() ? Phone.JSON.createObjectNode().set("errors", payload) : payload;
    }

    /** Calls the handler with an event of this connection; returns its response. */
    public JsonNode event(String type, @Nullable String body, Map<String, String> headers) {
      String route =
          switch (type) {
            case "CONNECT" -> "$connect";
            case "DISCONNECT" -> "$disconnect";
            default -> "$default";
          };
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("routeKey", route);
      context.put("eventType", type);
      context.put("connectionId", id);
      context.put("connectedAt", connectedAt);
      context.put("requestId", UUID.randomUUID().toString());
      context.put("stage", "graphql");
      context.put("apiId", "local");
      context.put("identity", Map.of("sourceIp", "192.0.2.1"));
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("requestContext", context);
      event.put("headers", headers);
      event.put("isBase64Encoded", false);
      if (body != null) {
        event.put("body", body);
      }
      return invoke(event);
    }
  }
}
