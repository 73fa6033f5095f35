package dev.screenful.live;

import dev.screenful.identity.Caller;
import dev.screenful.screens.LiveScreenAnswer;
import dev.screenful.screens.RequestLog;
import dev.screenful.screens.Screens;
import dev.screenful.store.Deadline;
import dev.screenful.store.Dependency;
import dev.screenful.telemetry.InvocationTrace;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import java.util.HashSet;
import java.util.Set;

/** Answers live screens, and logs each execution. */
final class LiveAnswers {

  private final Screens screens;
  private final Metrics metrics;
  private final Log log;

  LiveAnswers(Screens screens, Metrics metrics, Log log) {
    this.screens = screens;
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * An answer for which all changes since are awaited.
   *
   * @param state the state of its query at the beginning of the execution
   */
  record Awaited(Answer answer, LiveState state) {}

  /**
   * Answers a query, in a state that awaits changes of all that the answer was read from. So a
   * change after the execution finds the query.
   *
   * @throws LiveTable.Ended if the query is not open any more
   */
  Awaited awaited(LiveTable table, LiveQuery query, Caller caller, Deadline deadline) {
    while (true) {
      LiveState state = table.state(query.id()).orElseThrow(LiveTable.Ended::new);
      if (state.isIdle()) { // before the execution: until then, changes are not awaited
        table.replace(query.id(), state, state.unsettled());
        continue;
      }
      Answer answer = answer(query, caller, deadline);
      Set<Dependency> missing = new HashSet<>(answer.dependencies());
      missing.removeAll(state.dependencies());
      if (missing.isEmpty()) {
        return new Awaited(answer, state);
      }
      table.watch(query, missing, state.expiresAt());
      table.replace(query.id(), state, state.awaiting(missing)); // if it fails, another one did
    }
  }

  /** Answers a query, in the log as {@code live-} and its id. */
  Answer answer(LiveQuery query, Caller caller, Deadline deadline) {
    String requestId = "live-" + query.id();
    RequestLog entry = new RequestLog(requestId, InvocationTrace.NONE, null, null);
    if (caller instanceof Caller.Verified verified) {
      entry.caller(verified);
    }
    LiveScreenAnswer live = screens.answer(query.request(), caller, deadline, requestId);
    Answer answer = Answer.of(live, requestId);
    entry.add(live.screen(), answer.payload().length);
    entry.write(200, log, metrics);
    return answer;
  }
}
