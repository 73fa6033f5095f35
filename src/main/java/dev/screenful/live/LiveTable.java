package dev.screenful.live;

import dev.screenful.store.BulkWriter;
import dev.screenful.store.Condition;
import dev.screenful.store.Dependency;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Position;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import dev.screenful.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries of live screens in the app's table, their subscribers, and the watches that lead from
 * a {@link Dependency} to the queries that have read it. All items expire.
 *
 * <pre>
 * LIVE#QUERY#query        QUERY                            the document, its variables and caller
 * LIVE#QUERY#query        STATE                            see {@link LiveState}
 * LIVE#QUERY#query        SUBSCRIBER#connection#operation  a subscriber
 * LIVE#WATCH#dependency   query                            a watch
 * LIVE#PROGRESS#change    PROGRESS                         see {@link LiveProgress}
 * </pre>
 *
 * <p>{@link SocketTable} contains the connections.
 */
final class LiveTable {

  /** The prefix of the partition keys of queries. */
  static final String QUERY = "LIVE#QUERY#";

  /** The attribute after whose time DynamoDB deletes an item; others must not use it any more. */
  static final String EXPIRES_AT = "expiresAt";

  /** How long a subscription lasts at most: API Gateway closes a connection after two hours. */
  static final Duration SUBSCRIPTION_LIFE = Duration.ofMinutes(125);

  /**
   * The attribute of all items of live screens, by which the stream's filter leaves them out. No
   * attribute of an app has such a name, since GraphQL reserves it.
   */
  private static final Map<String, String> MARK = Map.of("__live", "1");

  private static final String WATCH = "LIVE#WATCH#";
  private static final String SUBSCRIBER = "SUBSCRIBER#";

  /** Watches of one page of a partition. */
  private static final int WATCHES = 1000;

  private final Store store;
  private final InstantSource clock;

  LiveTable(Store store, InstantSource clock) {
    this.store = store.consistent();
    this.clock = clock;
  }

  /** Whether an item is one of live screens. */
  static boolean contains(Key key) {
    return key.partition().startsWith("LIVE#");
  }

  private static Key key(String query) {
    return new Key(QUERY + query, "QUERY");
  }

  private static Key stateKey(String query) {
    return new Key(QUERY + query, "STATE");
  }

  static Key key(String query, Subscriber subscriber) {
    return new Key(
        QUERY + query, SUBSCRIBER + subscriber.connection() + "#" + subscriber.operation());
  }

  /** An item of live screens that expires. */
  static Item item(Key key, Map<String, ? extends @Nullable Object> attributes, long expiresAt) {
    return Item.of(key, attributes).with(MARK).with(Map.of(EXPIRES_AT, expiresAt));
  }

  private boolean isCurrent(Item item) {
    return item.number(EXPIRES_AT) > clock.instant().getEpochSecond();
  }

  /** The time after a life of a subscription, or several, in seconds since 1970. */
  private long after(int lives) {
    return clock.instant().plus(SUBSCRIPTION_LIFE.multipliedBy(lives)).getEpochSecond();
  }

  /** A query that is open; empty if there is none. */
  Optional<LiveQuery> query(String id) {
    return Optional.ofNullable(store.get(key(id), Projection.whole()))
        .filter(this::isCurrent)
        .map(item -> LiveQuery.read(key(id), item));
  }

  /** The state of a query; empty if it is not open. */
  Optional<LiveState> state(String id) {
    return Optional.ofNullable(store.get(stateKey(id), Projection.whole()))
        .filter(this::isCurrent)
        .map(LiveState::read);
  }

  /** Opens a query, unless it is open; returns whether it did. */
  boolean open(LiveQuery query, Collection<Dependency> dependencies) {
    LiveState first = LiveState.first(Set.copyOf(dependencies), after(2));
    write(query, first.dependencies(), first.expiresAt());
    return putIf(
            item(stateKey(query.id()), first.attributes(), first.expiresAt()),
            Condition.absent().or(Condition.isBefore(EXPIRES_AT, clock.instant().getEpochSecond())))
        == null;
  }

  private void write(LiveQuery query, Collection<Dependency> dependencies, long expiresAt) {
    List<Item> items = new ArrayList<>();
    items.add(item(key(query.id()), query.attributes(), expiresAt));
    dependencies.forEach(dependency -> items.add(watch(query, dependency, expiresAt)));
    bulk().write(items);
  }

  private static Item watch(LiveQuery query, Dependency dependency, long expiresAt) {
    return item(new Key(WATCH + dependency.id(), query.id()), Map.of(), expiresAt);
  }

  /**
   * Watches more dependencies of a query. Watches are never removed before they expire: another
   * function instance may just have found that it needs one.
   */
  void watch(LiveQuery query, Collection<Dependency> more, long expiresAt) {
    bulk().write(more.stream().map(one -> watch(query, one, expiresAt)).toList());
  }

  /** Replaces the state of a query, unless another one has replaced it; returns whether it did. */
  boolean replace(String query, LiveState read, LiveState next) {
    return putIf(
            item(stateKey(query), next.attributes(), next.expiresAt()),
            Condition.is("version", read.version()))
        == null;
  }

  /** Remembers a query for long enough for a new subscriber; returns false if its state changed. */
  boolean extend(LiveQuery query, LiveState state) {
    if (state.expiresAt() >= after(1)) {
      return true;
    }
    long later = after(2);
    write(query, state.dependencies(), later);
    return replace(query.id(), state, state.until(later));
  }

  /**
   * Adds a subscriber, unless its subscription has ended meanwhile or the query was forgotten;
   * returns whether it did.
   */
  boolean join(LiveQuery query, Subscriber subscriber) {
    Item item = item(key(query.id(), subscriber), attributes(subscriber), after(1));
    try {
      return new Transactions(store, clock)
          .commit(transaction -> {
            transaction.check(stateKey(query.id()), Condition.present(), found -> new Ended());
            transaction.put(item, Condition.absent().or(Condition.present()), found -> new Ended());
            SocketTable.join(transaction, subscriber, query.id(), after(1));
            return true;
          });
    } catch (Ended ended) {
      return false;
    }
  }

  /** Thrown if a subscription has ended. */
  static final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1;

    Ended() {
      super("The subscription has ended.", null, false, false);
    }
  }

  private static Map<String, @Nullable Object> attributes(Subscriber subscriber) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("connection", subscriber.connection());
    attributes.put("operation", subscriber.operation());
    Instant expiresAt = subscriber.expiresAt();
    attributes.put("until", expiresAt == null ? null : expiresAt.getEpochSecond());
    return attributes;
  }

  /** Removes a subscriber of a query. */
  void leave(String query, Subscriber subscriber) {
    bulk().delete(List.of(key(query, subscriber)));
  }

  /**
   * A page of subscribers.
   *
   * @param last the sort key of the last one
   */
  record Subscribers(List<Subscriber> all, @Nullable String last, boolean hasNext) {}

  /** The subscribers of a query after one of them; from the first one if the text is empty. */
  Subscribers subscribers(String query, String after, int count) {
    Position position = after.isEmpty() ? null : new Position(after, new Key(QUERY + query, after));
    Page page =
        store.query(
            Query.of(QUERY + query).startingWith(SUBSCRIBER),
            new PageRequest(count, position),
            Projection.whole());
    List<Subscriber> all =
        page.items().stream().filter(this::isCurrent).map(LiveTable::subscriber).toList();
    Position end = page.end();
    return new Subscribers(all, end == null ? null : end.sort(), page.hasNext());
  }

  private static Subscriber subscriber(Item item) {
    return new Subscriber(
        item.text("connection"),
        item.text("operation"),
        item.has("until") ? Instant.ofEpochSecond(item.number("until")) : null);
  }

  /** The ids of the queries that have read something. */
  List<String> watchers(Dependency dependency) {
    List<String> all = new ArrayList<>();
    Query query = Query.of(WATCH + dependency.id());
    Page page;
    Position end = null;
    do {
      page = store.query(query, new PageRequest(WATCHES, end), Projection.of(EXPIRES_AT));
      for (Item item : page.items()) {
        if (isCurrent(item)) {
          all.add(Objects.requireNonNull(item.key()).sort());
        }
      }
      end = page.end();
    } while (page.hasNext());
    return all;
  }

  /** How far an invocation came with a batch that begins with a change; empty if it was whole. */
  Optional<LiveProgress> progress(String change) {
    return Optional.ofNullable(store.get(progressKey(change), Projection.whole()))
        .map(LiveProgress::read);
  }

  /** Stores how far an invocation came with a batch that begins with a change. */
  void put(String change, LiveProgress progress) {
    bulk().write(List.of(item(progressKey(change), progress.attributes(), after(1))));
  }

  private static Key progressKey(String change) {
    return new Key("LIVE#PROGRESS#" + change, "PROGRESS");
  }

  private @Nullable Item putIf(Item item, Condition condition) {
    return new Transactions(store, clock).putIf(item, condition);
  }

  private BulkWriter bulk() {
    return new BulkWriter(store);
  }
}
