package dev.screenful.dynamodb;

import dev.screenful.connection.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Sends HTTP requests to one endpoint. */
@FunctionalInterface
public interface Transport {

  /**
   * Sends a {@code POST} to the path {@code /} and waits for the whole response.
   *
   * @param headers by name, without {@code host} and {@code content-length}
   * @param timeout for connecting, sending and receiving together
   * @throws IOException if no complete response arrives in time
   */
  Response post(Map<String, String> headers, byte[] body, Duration timeout) throws IOException;

  /**
   * Connects, and disconnects again, so that the code of a TLS handshake is loaded.
   *
   * @throws IOException if there is no connection in time
   */
  default void tryConnection(Duration timeout) throws IOException {}

  /** Drops all idle connections. */
  default void disconnect() {}
}
