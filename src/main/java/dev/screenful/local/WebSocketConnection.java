package dev.screenful.local;

import dev.screenful.json.Json;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the {@link WebSocketGateway}. It passes its events to the function one after the
 * other, in their order.
 */
public final class WebSocketConnection implements Session.Listener.AutoDemanding {

  /** Bytes of the largest message in either direction. */
  static final int MAX_MESSAGE = 128 * 1024;

  private static final int MAX_FRAME = 32 * 1024;

  /** Characters of UTF-16 in a frame; each has at most three bytes in UTF-8. */
  private static final int FRAME_CHARACTERS = MAX_FRAME / 3;

  private static final int SEND_SECONDS = 10;

  private final WebSocketEvents events;
  private final LocalFunction function;
  private final WebSocketGateway.Limits limits;
  private final Map<String, WebSocketConnection> connections;
  private final Log log;
  private final ExecutorService inOrder =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("connection").factory());
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>(); // true if too old
  private volatile @Nullable Session session;
  private volatile @Nullable String closeReason;
  private volatile Instant lastActiveAt;

  /**
   * A connection.
   *
   * @param connections all open connections; this one adds and removes itself
   */
  WebSocketConnection(
      WebSocketEvents events,
      LocalFunction function,
      WebSocketGateway.Limits limits,
      Map<String, WebSocketConnection> connections,
      Log log) {
    this.events = events;
    this.function = function;
    this.limits = limits;
    this.connections = connections;
    this.log = log;
    this.lastActiveAt = events.connectedAt();
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    opened.setMaxTextMessageSize(MAX_MESSAGE);
    opened.setMaxFrameSize(MAX_FRAME);
    opened.setAutoFragment(false); // it would also accept larger frames of clients
    opened.setIdleTimeout(limits.idle());
    opened.addIdleTimeoutListener(late -> {
      close(StatusCode.SHUTDOWN, "Going away");
      return false;
    });
    session = opened;
    connections.put(events.connection(), this);
    Thread.startVirtualThread(() -> {
      long life = limits.life().toMillis();
      if (ended.completeOnTimeout(true, life, TimeUnit.MILLISECONDS).join()) {
        close(StatusCode.SHUTDOWN, "Going away");
      }
    });
  }

  @Override
  public void onWebSocketText(String message) {
    lastActiveAt = events.clock().instant();
    inOrder.execute(() -> {
      if (!invoke(events.message(message))) {
        Map<String, String> failure =
            Map.of("message", "Internal server error", "connectionId", events.connection());
        send(Json.text(failure));
      }
    });
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    close(StatusCode.BAD_DATA, "Binary messages are not supported");
  }

  /** Failures end the connection, so {@link #onWebSocketClose} follows. */
  @Override
  public void onWebSocketError(Throwable failure) {}

  @Override
  public void onWebSocketClose(int code, String reason, Callback callback) {
    callback.succeed();
    ended.complete(false);
    connections.remove(events.connection());
    String text = Objects.requireNonNullElse(closeReason, Objects.requireNonNullElse(reason, ""));
    inOrder.execute(() -> invoke(events.disconnect(code, text)));
    inOrder.shutdown();
  }

  private boolean invoke(Map<String, Object> event) {
    try {
      function.invoke(event);
      return true;
    } catch (IOException | RuntimeException failed) {
      log.warning("webSocketEvent", Map.of("message", failed.toString()));
      return false;
    }
  }

  /** Sends a message; returns false if the connection is gone. */
  synchronized boolean send(String message) {
    Session open = session;
    if (open == null || !open.isOpen()) {
      return false;
    }
    lastActiveAt = events.clock().instant();
    int start = 0;
    do {
      int end = end(message, start);
      CompletableFuture<Boolean> sent = new CompletableFuture<>();
      open.sendPartialText(
          message.substring(start, end),
          end == message.length(),
          Callback.from(() -> sent.complete(true), failed -> sent.complete(false)));
      if (!sent.completeOnTimeout(false, SEND_SECONDS, TimeUnit.SECONDS).join()) {
        return false;
      }
      start = end;
    } while (start < message.length());
    return true;
  }

  /** The end of the next frame's text, which must not be in the middle of a surrogate pair. */
  private static int end(String message, int start) {
    int end = Math.min(message.length(), start + FRAME_CHARACTERS);
    return end < message.length() && Character.isLowSurrogate(message.charAt(end)) ? end - 1 : end;
  }

  /** Closes the connection. */
  void close(int code, String reason) {
    Session open = session;
    if (open != null) {
      closeReason = reason; // the client's answer repeats only the code
      open.close(code, reason, Callback.NOOP);
    }
  }

  /** What API Gateway tells of a connection. */
  Map<String, Object> description() {
    return Map.of(
        "connectedAt", events.connectedAt().toString(),
        "lastActiveAt", lastActiveAt.toString(),
        "identity", Map.of("sourceIp", events.sourceIp(), "userAgent", events.userAgent()));
  }
}
