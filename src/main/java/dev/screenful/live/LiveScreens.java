package dev.screenful.live;

import dev.screenful.identity.Caller;
import dev.screenful.screens.GraphqlRequest;
import dev.screenful.store.Deadline;
import java.util.Set;

/** The subscriptions of clients: each joins a query, and is sent its answer. */
final class LiveScreens {

  private final LiveAnswers answers;
  private final LiveTable table;
  private final SocketTable sockets;
  private final Outbox outbox;
  private final Deadline deadline;

  LiveScreens(
      LiveAnswers answers, LiveTable table, SocketTable sockets, Outbox outbox, Deadline deadline) {
    this.answers = answers;
    this.table = table;
    this.sockets = sockets;
    this.outbox = outbox;
    this.deadline = deadline;
  }

  /**
   * Lets a subscriber join the query of its request, and sends the current answer. The query is
   * joined before it is answered, so a change after the answer is sent, too.
   */
  void subscribe(Subscriber subscriber, GraphqlRequest request, Caller caller) {
    LiveQuery shared = LiveQuery.shared(request);
    LiveQuery own = LiveQuery.of(request, caller);
    if (table.state(shared.id()).isPresent()) {
      follow(subscriber, shared, caller, false);
    } else if (table.state(own.id()).isPresent()) {
      follow(subscriber, own, caller, false);
    } else {
      Answer first = answers.answer(own, caller, deadline);
      if (first.kind() == Answer.Kind.EXECUTED) {
        LiveQuery query = first.isPrivate() ? own : shared;
        follow(subscriber, query, caller, table.open(query, first.dependencies()));
      } else {
        end(subscriber, first);
      }
    }
  }

  /** Lets a subscriber follow a query of its caller only. */
  void followAlone(Subscriber subscriber, GraphqlRequest request, Caller caller) {
    LiveQuery own = LiveQuery.of(request, caller);
    follow(subscriber, own, caller, table.open(own, Set.of()));
  }

  /**
   * Joins a query and sends its current answer, again if the query changes meanwhile: another
   * function instance may have sent a newer answer before this one sent an older one.
   *
   * @param isFirst whether the subscriber has opened the query
   */
  private void follow(Subscriber subscriber, LiveQuery query, Caller caller, boolean isFirst) {
    if (!joined(subscriber, query)) {
      sockets.forget(subscriber);
      return;
    }
    while (true) {
      LiveAnswers.Awaited awaited = answers.awaited(table, query, caller, deadline);
      Answer answer = awaited.answer();
      if (answer.kind() != Answer.Kind.EXECUTED) {
        end(subscriber, answer);
        table.leave(query.id(), subscriber);
        return;
      }
      if (query.isShared() && answer.isPrivate()) {
        followAlone(subscriber, query.request(), caller);
        table.leave(query.id(), subscriber);
        return;
      }
      LiveState state = awaited.state();
      LiveState next = state.answeredFor(answer.hash(), isFirst);
      if (next.version() != state.version() && !table.replace(query.id(), state, next)) {
        continue;
      }
      outbox.send(subscriber.connection(), answer.message(subscriber.operation()));
      if (table.state(query.id()).filter(now -> now.version() == next.version()).isPresent()) {
        return;
      }
    }
  }

  /** Joins a query that is remembered for long enough, unless the subscription has ended. */
  private boolean joined(Subscriber subscriber, LiveQuery query) {
    while (true) {
      LiveState state = table.state(query.id()).orElseThrow(LiveTable.Ended::new);
      if (table.extend(query, state)) {
        return table.join(query, subscriber);
      }
    }
  }

  private void end(Subscriber subscriber, Answer answer) {
    outbox.send(subscriber.connection(), answer.message(subscriber.operation()));
    sockets.forget(subscriber);
  }

  /** Removes a subscriber for its client. */
  void complete(Subscriber subscriber) {
    sockets.complete(subscriber).ifPresent(query -> table.leave(query, subscriber));
  }
}
