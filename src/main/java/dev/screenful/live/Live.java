package dev.screenful.live;

import dev.screenful.identity.Authorization;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.screens.Screens;
import dev.screenful.store.Deadline;
import dev.screenful.store.ItemChange;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live screens of an app. */
public final class Live {

  private final LiveSocket socket;
  private final LiveChanges changes;

  /**
   * Live screens.
   *
   * @param screens answers them
   * @param tokens verifies the tokens of subscribers
   * @param authorization reads the tokens
   * @param connections sends the answers
   * @param table contains the data, the connections and the subscriptions
   */
  public Live(
      Screens screens,
      TokenVerifier tokens,
      Authorization authorization,
      Connections connections,
      Table table,
      InstantSource clock,
      Metrics metrics,
      Log log) {
    LiveAnswers answers = new LiveAnswers(screens, metrics, log);
    this.socket =
        new LiveSocket(
            screens, answers, tokens, authorization, connections, table, clock, metrics, log);
    this.changes = new LiveChanges(answers, connections, table, clock, log);
  }

  /**
   * Handles an event of a connection.
   *
   * @return the headers of the response to a client that connects; empty if it is refused
   */
  public Optional<Map<String, String>> handle(SocketEvent event) {
    return socket.handle(event);
  }

  /**
   * Answers the queries that depend on changed items, and sends answers that differ from the last
   * ones.
   *
   * @param changed in the order of the table's stream
   * @param requestId identifies the invocation in the log
   * @return the sequence number of the first change that must be handed in again; empty if none
   */
  public Optional<String> handle(List<ItemChange> changed, Deadline deadline, String requestId) {
    return changes.handle(changed, deadline, requestId);
  }
}
