package dev.screenful.live;

import dev.screenful.identity.Caller;
import dev.screenful.store.Cost;
import dev.screenful.store.Deadline;
import dev.screenful.store.Dependency;
import dev.screenful.store.IndexLag;
import dev.screenful.store.ItemChange;
import dev.screenful.store.Store;
import dev.screenful.store.StoreUnavailable;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers live screens again when the table has changed. It is given the records of the table's
 * stream, in batches, and each batch again if a part of it failed: doubled records do no harm.
 */
final class LiveChanges {

  /** Queries that are answered at the same time. */
  private static final int CONCURRENT_QUERIES = 16;

  /** Subscribers of one page; after each, the place is stored. */
  static final int PAGE = 500;

  /** Messages that are sent at the same time. */
  private static final int CONCURRENT_MESSAGES = 50;

  /** Queries of one part of a batch; after each, the place can be stored. */
  static final int PART = 100;

  /**
   * The time that a page or a part may take. With less, the rest is left to the next invocation;
   * each invocation does at least one.
   */
  private static final Duration PART_TIME = Duration.ofSeconds(10);

  private final LiveAnswers answers;
  private final Connections connections;
  private final Table table;
  private final InstantSource clock;
  private final Log log;

  LiveChanges(
      LiveAnswers answers, Connections connections, Table table, InstantSource clock, Log log) {
    this.answers = answers;
    this.connections = connections;
    this.table = table;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Answers the queries that depend on changed items, and sends answers that differ from the last
   * ones.
   *
   * @param all in the order of the stream; those of items of live screens do not count
   * @param requestId identifies the invocation in the log
   * @return the sequence number of the first change that must be handed in again; empty if none
   */
  Optional<String> handle(List<ItemChange> all, Deadline deadline, String requestId) {
    List<ItemChange> changes =
        all.stream().filter(change -> !LiveTable.contains(change.key())).toList();
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Cost cost = new Cost();
    Batch batch = new Batch(changes, deadline, cost);
    try {
      Optional<String> failed = batch.handle();
      log.info(
          "changes",
          Map.of(
              "requestId", requestId,
              "changes", changes.size(),
              "readUnits", cost.readUnits(),
              "writeUnits", cost.writeUnits()));
      return failed;
    } catch (RuntimeException failed) {
      log.failure(requestId, "changes", failed);
      return Optional.of(changes.getFirst().sequence());
    }
  }

  /** One batch of changes. */
  private final class Batch {

    private final List<ItemChange> changes;
    private final Deadline deadline;
    private final Store store;
    private final LiveTable queries;
    private final SocketTable sockets;
    private final Outbox outbox;

    Batch(List<ItemChange> changes, Deadline deadline, Cost cost) {
      this.changes = changes;
      this.deadline = deadline;
      this.store = new Store(table, deadline).chargedTo(cost);
      this.queries = new LiveTable(store, clock);
      this.sockets = new SocketTable(store, clock);
      this.outbox = new Outbox(connections, sockets, deadline, log);
    }

    /** Handles the changes; those that an earlier invocation has begun with first, if any. */
    Optional<String> handle() {
      new IndexLag(store).await(changes); // first, or a query on an index could miss the change
      String first = changes.getFirst().sequence();
      Optional<LiveProgress> before = queries.progress(first);
      int end = before.map(progress -> progress.end(changes)).orElse(changes.size());
      NavigableMap<String, Integer> concerned = concerned(changes.subList(0, end));
      before.ifPresent(progress -> concerned.keySet().removeIf(progress::isDone));
      Map<String, Integer> failed = new ConcurrentHashMap<>();
      List<Map.Entry<String, Integer>> waiting = List.copyOf(concerned.entrySet());
      for (int from = 0; from < waiting.size(); from += PART) {
        if (from > 0 && isShortOfTime()) {
          String last = changes.get(end - 1).sequence();
          queries.put(
              first, new LiveProgress(waiting.get(from - 1).getKey(), failed.keySet(), last));
          return Optional.of(first);
        }
        Concurrently.forEach(
            waiting.subList(from, Math.min(from + PART, waiting.size())),
            CONCURRENT_QUERIES,
            query -> refresh(query.getKey(), query.getValue(), failed));
      }
      return failed.values().stream()
          .min(Integer::compare)
          .or(() -> end < changes.size() ? Optional.of(end) : Optional.empty())
          .map(next -> changes.get(next).sequence());
    }

    private boolean isShortOfTime() {
      return deadline.remaining().compareTo(PART_TIME) < 0;
    }

    private void refresh(String query, Integer change, Map<String, Integer> failed) {
      try {
        refresh(query);
      } catch (LiveTable.Ended forgotten) {
        // its subscriptions have ended, too
      } catch (RuntimeException failure) {
        log.failure("live-" + query, "changes", failure);
        failed.put(query, change);
      }
    }

    /** The queries that depend on changed items, each with the index of the first change. */
    private NavigableMap<String, Integer> concerned(List<ItemChange> part) {
      Map<Dependency, Integer> changed = new HashMap<>();
      for (int index = 0; index < part.size(); index++) {
        for (Dependency one : part.get(index).dependencies(table.definition())) {
          changed.putIfAbsent(one, index);
        }
      }
      Map<String, Integer> concerned = new ConcurrentHashMap<>();
      Concurrently.forEach(
          changed.entrySet(),
          CONCURRENT_QUERIES,
          one ->
              queries
                  .watchers(one.getKey())
                  .forEach(query -> concerned.merge(query, one.getValue(), Math::min)));
      return new TreeMap<>(concerned);
    }

    /** Answers a query, and sends the answer to all subscribers if it differs from the last one. */
    private void refresh(String id) {
      LiveQuery query = queries.query(id).orElseThrow(LiveTable.Ended::new);
      boolean isSent = false;
      while (!isSent) {
        if (queries.state(id).orElseThrow(LiveTable.Ended::new).isIdle()) {
          return;
        }
        LiveAnswers.Awaited awaited = answers.awaited(queries, query, query.caller(), deadline);
        LiveState state = awaited.state();
        Answer answer = awaited.answer();
        if (answer.kind() == Answer.Kind.TRANSIENT) {
          throw new StoreUnavailable("The live screen can't be answered at the moment.");
        }
        String hash = answer.hash();
        if (state.answer().equals(hash) && state.sentTo() == null) {
          return;
        }
        if (!state.answer().equals(hash)) {
          LiveState sending = state.sending(hash, answer.dependencies());
          if (!queries.replace(id, state, sending)) {
            continue;
          }
          state = sending;
        }
        isSent = send(query, answer, state);
      }
    }

    /**
     * Sends an answer to all subscribers, page by page. Another invocation can go on after the last
     * page that was sent.
     *
     * @return false if another answer has replaced this one meanwhile
     */
    private boolean send(LiveQuery query, Answer answer, LiveState state) {
      String after = state.sentTo() == null ? "" : state.sentTo();
      boolean hasSubscribers = !after.isEmpty();
      while (true) {
        LiveTable.Subscribers page = queries.subscribers(query.id(), after, PAGE);
        Concurrently.forEach(
            page.all(), CONCURRENT_MESSAGES, subscriber -> send(query, answer, subscriber));
        hasSubscribers |= !page.all().isEmpty();
        if (!page.hasNext() || page.last() == null) {
          return queries.replace(query.id(), state, hasSubscribers ? state.sent() : state.idle());
        }
        after = page.last();
        if (!queries.replace(query.id(), state, state.sentTo(after))) {
          return false;
        }
        if (isShortOfTime()) {
          throw new StoreUnavailable("The rest of the subscribers is left to the next invocation.");
        }
      }
    }

    private void send(LiveQuery query, Answer answer, Subscriber subscriber) {
      String operation = subscriber.operation();
      if (subscriber.hasExpired(clock.instant())) {
        end(query, subscriber, Messages.expired(operation));
      } else if (answer.kind() != Answer.Kind.EXECUTED) {
        end(query, subscriber, answer.message(operation));
      } else if (query.isShared() && answer.isPrivate()) {
        followAlone(query, subscriber);
      } else {
        outbox.send(subscriber.connection(), answer.message(operation));
      }
    }

    private void end(LiveQuery query, Subscriber subscriber, byte[] message) {
      outbox.send(subscriber.connection(), message);
      sockets.forget(subscriber);
      queries.leave(query.id(), subscriber);
    }

    /** Lets a subscriber of a query whose answer is no longer public follow a query of its own. */
    private void followAlone(LiveQuery query, Subscriber subscriber) {
      Caller caller = sockets.socket(subscriber.connection()).map(Socket::caller).orElse(null);
      if (caller != null) {
        new LiveScreens(answers, queries, sockets, outbox, deadline)
            .followAlone(subscriber, query.request(), caller);
      }
      queries.leave(query.id(), subscriber);
    }
  }
}
