package dev.screenful.live;

import dev.screenful.store.Deadline;

/** The connections of a function without a WebSocket API: all are gone. */
final class NoConnections implements Connections {

  @Override
  public boolean send(String connection, byte[] message, Deadline deadline) {
    return false;
  }

  @Override
  public void close(String connection, Deadline deadline) {}
}
