package dev.screenful.live;

import dev.screenful.identity.Caller;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import dev.screenful.store.Transaction;
import dev.screenful.store.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections in the app's table, and their operations. All items expire.
 *
 * <pre>
 * LIVE#SOCKET#connection  SOCKET                           the caller, see {@link Socket}
 * LIVE#SOCKET#connection  OPERATION#operation              the query of a subscription
 * </pre>
 */
final class SocketTable {

  private static final String SOCKET = "LIVE#SOCKET#";
  private static final String OPERATION = "OPERATION#";
  private static final String EXPIRES_AT = LiveTable.EXPIRES_AT;

  /** The attribute with the id of a subscription's query, once it is known. */
  private static final String QUERY = "query";

  /** The attribute of an operation that was completed before it began. */
  private static final String COMPLETED = "completed";

  /** Operations that are deleted with a connection; more expire. */
  private static final int PAGE = 1000;

  /** How long a message can be under way. */
  private static final Duration DELAY = Duration.ofMinutes(5);

  private final Store store;
  private final InstantSource clock;

  SocketTable(Store store, InstantSource clock) {
    this.store = store.consistent();
    this.clock = clock;
  }

  private static Key key(String connection) {
    return new Key(SOCKET + connection, "SOCKET");
  }

  private static Key key(Subscriber subscriber) {
    return new Key(SOCKET + subscriber.connection(), OPERATION + subscriber.operation());
  }

  private long after(Duration time) {
    return clock.instant().plus(time).getEpochSecond();
  }

  private static Item item(Socket socket, long expiresAt) {
    return LiveTable.item(
        key(socket.id()),
        Map.of("state", socket.state(), "caller", StoredCaller.of(socket.caller())),
        expiresAt);
  }

  /** Adds a connection. */
  void connect(String connection, String address) {
    Socket socket = new Socket(connection, Socket.State.CONNECTED, new Caller.Anonymous(address));
    new BulkWriter(store).write(List.of(item(socket, after(LiveTable.SUBSCRIPTION_LIFE))));
  }

  /** Initialises a connection; returns false unless it is connected and not initialised. */
  boolean initialise(Socket socket) {
    return putIf(
            item(socket, after(LiveTable.SUBSCRIPTION_LIFE)),
            Condition.is("state", Socket.State.CONNECTED))
        == null;
  }

  /** A connection; empty if it is gone. */
  Optional<Socket> socket(String connection) {
    return Optional.ofNullable(store.get(key(connection), Projection.whole()))
        .map(item -> socket(connection, item));
  }

  private static Socket socket(String connection, Item item) {
    return new Socket(
        connection,
        Socket.State.valueOf(item.text("state")),
        StoredCaller.read((Item) Objects.requireNonNull(item.get("caller"))));
  }

  /** The outcome of {@link #begin}. */
  enum Begun {
    BEGUN,
    /** The client has completed it already. */
    COMPLETED,
    /** The connection has an operation with this id. */
    DUPLICATE,
    /** The connection has too many operations. */
    TOO_MANY
  }

  /**
   * Begins a subscription. It counts before it is counted, so that concurrent ones can't exceed the
   * limit together.
   *
   * @param most the most subscriptions of a connection
   */
  Begun begin(Subscriber subscriber, int most) {
    Item item = LiveTable.item(key(subscriber), Map.of(), after(LiveTable.SUBSCRIPTION_LIFE));
    Item existing =
        putIf(
            item,
            Condition.absent()
                .or(Condition.isBefore(EXPIRES_AT, clock.instant().getEpochSecond())));
    if (existing != null && existing.has(COMPLETED)) {
      forget(subscriber);
      return Begun.COMPLETED;
    }
    if (existing != null) {
      return Begun.DUPLICATE;
    }
    if (operations(subscriber.connection(), most + 1).size() > most) {
      forget(subscriber);
      return Begun.TOO_MANY;
    }
    return Begun.BEGUN;
  }

  /** Sets the query of a subscription, unless it has ended. */
  static void join(Transaction transaction, Subscriber subscriber, String query, long expiresAt) {
    transaction.put(
        LiveTable.item(key(subscriber), Map.of(QUERY, query), expiresAt),
        Condition.present().and(Condition.lacks(COMPLETED)),
        found -> new LiveTable.Ended());
  }

  /**
   * Completes a subscription for its client; returns the id of its query, empty if it has none yet.
   * Messages may overtake each other, so a completed one that has not begun is remembered.
   */
  Optional<String> complete(Subscriber subscriber) {
    Item completed = LiveTable.item(key(subscriber), Map.of(COMPLETED, true), after(DELAY));
    Item existing = putIf(completed, Condition.lacks(QUERY));
    if (existing == null || !existing.has(QUERY)) {
      return Optional.empty();
    }
    forget(subscriber);
    return Optional.of(existing.text(QUERY));
  }

  /** Deletes an operation. */
  void forget(Subscriber subscriber) {
    new BulkWriter(store).delete(List.of(key(subscriber)));
  }

  /** Deletes a connection with its operations and subscriptions. */
  void disconnect(String connection) {
    List<Key> keys = new ArrayList<>();
    keys.add(key(connection));
    for (Item operation : operations(connection, PAGE)) {
      Key key = Objects.requireNonNull(operation.key());
      keys.add(key);
      if (operation.has(QUERY)) {
        String id = key.sort().substring(OPERATION.length());
        keys.add(LiveTable.key(operation.text(QUERY), new Subscriber(connection, id, null)));
      }
    }
    new BulkWriter(store).delete(keys);
  }

  private List<Item> operations(String connection, int most) {
    return store
        .query(
            Query.of(SOCKET + connection).startingWith(OPERATION),
            PageRequest.first(most),
            Projection.of(QUERY))
        .items();
  }

  private @Nullable Item putIf(Item item, Condition condition) {
    return new Transactions(store, clock).putIf(item, condition);
  }
}
