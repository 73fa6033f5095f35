package dev.screenful.live;

import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Sends messages to connections. One that can't be sent to is closed, so that its phone returns.
 */
final class Outbox {

  private final Connections connections;
  private final SocketTable sockets;
  private final Deadline deadline;
  private final Log log;

  Outbox(Connections connections, SocketTable sockets, Deadline deadline, Log log) {
    this.connections = connections;
    this.sockets = sockets;
    this.deadline = deadline;
    this.log = log;
  }

  /**
   * Sends a message. A client whose connection is closed connects again, and its first answer is
   * the current state, so it misses nothing.
   *
   * @throws UncheckedIOException if the message can't be sent, and the connection can't be closed
   */
  void send(String connection, byte[] message) {
    try {
      if (!connections.send(connection, message, deadline)) {
        sockets.disconnect(connection);
      }
    } catch (IOException failed) {
      log.failure(connection, "sending a message", failed);
      close(connection);
    }
  }

  /** Closes a connection, and forgets its subscriptions. */
  void close(String connection) {
    try {
      connections.close(connection, deadline);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    sockets.disconnect(connection);
  }
}
