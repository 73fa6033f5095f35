package dev.screenful.priming;

import dev.screenful.live.Connections;
import dev.screenful.store.Deadline;
import java.util.ArrayList;
import java.util.List;

/**
 * The WebSocket connections of clients that do not exist. They accept every message, and keep those
 * of the current screen. Thread-safe.
 */
public final class RecordedConnections implements Connections {

  private final List<byte[]> messages = new ArrayList<>();

  @Override
  public synchronized boolean send(String connection, byte[] message, Deadline deadline) {
    messages.add(message);
    return true;
  }

  @Override
  public void close(String connection, Deadline deadline) {}

  /** The messages since the last call. */
  public synchronized List<byte[]> take() {
    List<byte[]> taken = List.copyOf(messages);
    messages.clear();
    return taken;
  }
}
