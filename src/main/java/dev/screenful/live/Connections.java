package dev.screenful.live;

import dev.screenful.store.Deadline;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/** The open WebSocket connections of clients, by their ids. */
public interface Connections {

  /** Bytes of the largest message (API Gateway's limit). */
  int MAX_MESSAGE = 128 * 1024;

  /**
   * Sends a message.
   *
   * @param message JSON in UTF-8, at most {@link #MAX_MESSAGE} bytes
   * @return false if the connection is gone
   * @throws IOException if it is unknown whether the message was sent
   */
  boolean send(String connection, byte[] message, Deadline deadline) throws IOException;

  /**
   * Closes a connection, if it is open. The gateway chooses the close code.
   *
   * @throws IOException if it is unknown whether the connection was closed
   */
  void close(String connection, Deadline deadline) throws IOException;

  /**
   * The connections of the WebSocket API at {@code CONNECTIONS_URL}, such as {@code
   * https://API.execute-api.REGION.amazonaws.com/STAGE}; without this variable, {@link #none}.
   * Nothing is connected.
   *
   * @param environment the environment variables; also the region and the credentials
   * @param clock the time for signatures
   * @throws IllegalArgumentException if a variable is invalid; the message names it
   */
  static Connections of(Map<String, String> environment, InstantSource clock) {
    String url = environment.getOrDefault("CONNECTIONS_URL", "");
    Connections off = none(); // loaded in either case, so that each AOT cache contains the class
    return url.isEmpty() ? off : GatewayConnections.of(url, environment, clock);
  }

  /** No connections: the function serves no live screens. */
  static Connections none() {
    return new NoConnections();
  }
}
