package dev.screenful.live;

import dev.screenful.store.Deadline;
import dev.screenful.telemetry.InvocationTrace;
import java.time.Instant;
import java.util.Map;

/**
 * An event of a WebSocket connection.
 *
 * @param kind what has happened
 * @param connection the id of the connection
 * @param connectedAt when it was opened
 * @param headers those of the request to connect, by name in lower case; otherwise empty
 * @param message the message of the client, if it has sent one; otherwise empty
 * @param address the client's IP address, as seen by the gateway; empty if unknown
 * @param deadline when the event must be handled
 * @param id identifies the event in the log
 * @param trace connects the event with other records of it
 */
public record SocketEvent(
    Kind kind,
    String connection,
    Instant connectedAt,
    Map<String, String> headers,
    String message,
    String address,
    Deadline deadline,
    String id,
    InvocationTrace trace) {

  /** The kinds of events. */
  public enum Kind {
    /** A client asks to connect. */
    CONNECT,
    /** A client has sent a message. */
    MESSAGE,
    /** A connection has ended. */
    DISCONNECT
  }
}
