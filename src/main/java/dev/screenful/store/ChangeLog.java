package dev.screenful.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changed of an owner's items, in its order. Each change has a position, one more than that of
 * the change before, which is allotted by the transaction that makes the change: the transaction
 * only commits if the position is the next one. So positions have no gaps, no two changes share
 * one, and no clock is asked.
 *
 * <p>An entry holds the item as it was written, so that reading entries needs no second read, which
 * could see another state.
 */
final class ChangeLog {

  /** How long an entry is kept, and so how long a phone may be offline and catch up. */
  static final Duration KEPT = Duration.ofDays(30);

  /**
   * Versions that are noted for one owner. What is not noted of an item that was just written may
   * be told once more than needed.
   */
  static final int MOST_NOTED = 1000;

  private static final String ITEM = "item";
  private static final String REMOVED = "removed";
  private static final String EXPIRES_AT = "expiresAt";

  /**
   * A change.
   *
   * @param item as it was written, or as it was before it was removed
   * @param expiresAt in seconds since 1970
   */
  record Entry(long position, Item item, boolean removed, long expiresAt) {
    Key key() {
      return Objects.requireNonNull(item.key());
    }
  }

  private final Store store;
  private final InstantSource clock;

  ChangeLog(Store store, InstantSource clock) {
    this.store = store.consistent();
    this.clock = clock;
  }

  static String partition(String owner) {
    return "CHANGES#" + owner;
  }

  /** Twenty digits sort as the numbers do. */
  private static String sort(long position) {
    return "%020d".formatted(position);
  }

  ChangeLogHead head(String owner) {
    return ChangeLogHead.of(owner, store.get(ChangeLogHead.key(owner), ChangeLogHead.PROJECTION));
  }

  /** Adds the entries of what a transaction changes to it. */
  void append(Transaction transaction) {
    transaction.changes().forEach((owner, changes) -> append(transaction, owner, changes));
  }

  /** Head and versions are read in one trip. */
  private void append(Transaction transaction, String owner, List<Transaction.Change> changes) {
    Set<Key> keys = new LinkedHashSet<>(Set.of(ChangeLogHead.key(owner)));
    changes.forEach(change -> shown(change).ifPresent(keys::add));
    Map<Key, Item> read = store.getAll(keys, ChangeLogHead.PROJECTION.plus(Transaction.VERSION));
    ChangeLogHead head = ChangeLogHead.of(owner, read.get(ChangeLogHead.key(owner)));
    Map<String, Long> versions = new LinkedHashMap<>(head.shown());
    for (Transaction.Change change : changes) {
      versions.remove(change.key().sort());
      shown(change)
          .filter(other -> versions.size() < MOST_NOTED)
          .ifPresent(other -> versions.put(change.key().sort(), version(read.get(other))));
    }
    append(transaction, head, changes, versions);
  }

  /**
   * Adds entries to a transaction, and moves the head.
   *
   * @param versions of what the owner's items show, as they are noted from then on
   */
  void append(
      Transaction transaction,
      ChangeLogHead head,
      List<Transaction.Change> changes,
      Map<String, Long> versions) {
    long position = head.last();
    long expiresAt = clock.instant().plus(KEPT).getEpochSecond();
    for (Transaction.Change change : changes) {
      position++;
      transaction.create(
          Item.of(
              new Key(partition(head.owner()), sort(position)),
              Map.of(ITEM, change.item(), REMOVED, change.removed(), EXPIRES_AT, expiresAt)));
    }
    transaction.move(head, new ChangeLogHead(head.owner(), position, expiresAt, versions));
  }

  private Optional<Key> shown(Transaction.Change change) {
    return change.removed() ? Optional.empty() : shown(change.item());
  }

  /** The key of what an item shows. */
  Optional<Key> shown(Item item) {
    return store
        .definition()
        .kind(Objects.requireNonNull(item.key()))
        .map(ItemType::shows)
        .map(shows -> shows.apply(item));
  }

  /** The version of what is shown; -1 where it is not there. */
  static long version(@Nullable Item shown) {
    return shown == null ? -1 : Transaction.version(shown);
  }

  /** The entries that can be seen from a position on and up to another one. */
  List<Entry> entries(String owner, long first, long last) {
    if (last < first) {
      return List.of();
    }
    Query query = Query.of(partition(owner)).between(sort(first), sort(last));
    return store
        .query(query, PageRequest.first((int) (last - first + 1)), Projection.whole())
        .items()
        .stream()
        .map(this::entry)
        .toList();
  }

  private Entry entry(Item stored) {
    Item item = (Item) Objects.requireNonNull(stored.get(ITEM));
    return new Entry(
        Long.parseLong(Objects.requireNonNull(stored.key()).sort()),
        store.definition().upgrade(item),
        Boolean.TRUE.equals(stored.get(REMOVED)),
        stored.number(EXPIRES_AT));
  }
}
