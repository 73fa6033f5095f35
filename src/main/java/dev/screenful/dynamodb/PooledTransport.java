package dev.screenful.dynamodb;

import dev.screenful.aws.Endpoint;
import dev.screenful.connection.ConnectionPool;
import dev.screenful.connection.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Sends requests over the persistent connections of a pool. */
public final class PooledTransport implements Transport {

  private final ConnectionPool connections;

  /** A transport to an endpoint. Nothing is connected yet. */
  public PooledTransport(Endpoint endpoint) {
    this.connections = new ConnectionPool(endpoint.uri());
  }

  @Override
  public Response post(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    return connections.exchange("POST /", headers, body, timeout);
  }

  @Override
  public void tryConnection(Duration timeout) throws IOException {
    connections.tryConnection(timeout);
  }

  @Override
  public void disconnect() {
    connections.disconnect();
  }
}
