package dev.layover.local;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket connection that sends any message. */
public final class LiveWire implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  /** Connects with the protocol of live screens. */
  public LiveWire(LiveServer server) {
    this(server, "graphql-transport-ws");
  }

  /** Connects with other protocols, or none. */
  public LiveWire(LiveServer server, String... protocols) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    this.socket = builder.buildAsync(URI.create(server.liveEndpoint()), this).join();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      messages.add(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  /** Sends a message. */
  public LiveWire send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  /** Sends a frame, also if the server has ended the connection. */
  public void sendPart(String text, boolean last) {
    socket.sendText(text, last).exceptionally(ended -> socket).join();
  }

  /** Sends a binary message. */
  public void sendBinary(ByteBuffer bytes) {
    socket.sendBinary(bytes, true).join();
  }

  /** The next message. */
  public String message() throws InterruptedException {
    String next = messages.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("No message arrives.");
    }
    return next;
  }

  /** The number of messages that have arrived and were not taken. */
  public int received() {
    return messages.size();
  }

  /** The code with which the server ends the connection. */
  public int closed() {
    return closed.orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
