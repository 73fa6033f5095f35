package dev.screenful.connection;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Persistent HTTP/1.1 connections to one server. Each connection carries one request at a time; a
 * request takes the most recently used idle connection, or opens a new one. There is no upper
 * bound: a request needs one connection for each concurrent call, and a function instance serves
 * one request at a time.
 *
 * <p>A server may close an idle connection at any time, and Lambda may freeze an instance between
 * requests. So a request that fails on a reused connection before any byte of the response is sent
 * again, on a new connection.
 */
public final class ConnectionPool {

  /** Connections that were idle for longer are not used, since the server may have closed them. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(50);

  private final URI server;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** A pool of connections to a server, see {@link Connection#open}. Nothing is connected yet. */
  public ConnectionPool(URI server) {
    this.server = server;
  }

  /**
   * Sends a request and waits for the whole response.
   *
   * @param requestLine the method and the path, such as {@code POST /}
   * @param headers by name, with {@code host}, without {@code content-length}
   * @param timeout for connecting, sending and receiving together
   * @throws IOException if no complete response arrives in time
   */
  public Response exchange(
      String requestLine, Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Connection reused = takeIdle();
    if (reused != null) {
      try {
        return exchange(reused, requestLine, headers, body, deadline);
      } catch (StaleConnection stale) {
        // the server has closed it; try a new one
      }
    }
    return exchange(Connection.open(server, deadline), requestLine, headers, body, deadline);
  }

  /**
   * Connects, and disconnects again, so that the code of a TLS handshake is loaded.
   *
   * @throws IOException if there is no connection in time
   */
  public void tryConnection(Duration timeout) throws IOException {
    Connection.open(server, System.nanoTime() + timeout.toNanos()).close();
  }

  /** Drops all idle connections. */
  public void disconnect() {
    for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      next.close();
    }
  }

  private @Nullable Connection takeIdle() {
    for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (next.idleTime().compareTo(MAX_IDLE) < 0) {
        return next;
      }
      next.close();
    }
    return null;
  }

  private Response exchange(
      Connection connection,
      String requestLine,
      Map<String, String> headers,
      byte[] body,
      long deadline)
      throws IOException {
    boolean isReusable = false;
    try {
      Response response = connection.exchange(requestLine, headers, body, deadline);
      isReusable = connection.isReusable();
      return response;
    } finally {
      if (isReusable) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }
}
