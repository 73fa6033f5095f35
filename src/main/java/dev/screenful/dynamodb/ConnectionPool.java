package dev.screenful.dynamodb;

import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Connection;
import dev.screenful.connection.Response;
import dev.screenful.connection.StaleConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over persistent HTTP/1.1 connections. Each connection carries one request at a
 * time; a request takes the most recently used idle connection, or opens a new one. There is no
 * upper bound: a request needs one connection for each concurrent call, and a function instance
 * serves one request at a time.
 *
 * <p>A server may close an idle connection at any time, and Lambda may freeze an instance between
 * requests. So a request that fails on a reused connection before any byte of the response is sent
 * again, on a new connection.
 */
public final class ConnectionPool implements Transport {

  /** Connections that were idle for longer are not used, since the server may have closed them. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(50);

  private final Endpoint endpoint;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  /** A pool of connections to an endpoint. Nothing is connected yet. */
  public ConnectionPool(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Response post(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Connection reused = takeIdle();
    if (reused != null) {
      try {
        return exchange(reused, headers, body, deadline);
      } catch (StaleConnection stale) {
        // the server has closed it; try a new one
      }
    }
    return exchange(Connection.open(endpoint.uri(), deadline), headers, body, deadline);
  }

  @Override
  public void tryConnection(Duration timeout) throws IOException {
    Connection.open(endpoint.uri(), System.nanoTime() + timeout.toNanos()).close();
  }

  @Override
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
      Connection connection, Map<String, String> headers, byte[] body, long deadline)
      throws IOException {
    boolean isReusable = false;
    try {
      Response response = connection.exchange("POST /", headers, body, deadline);
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
