package dev.screenful.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ordered log of changes to an owner's items. Each change gets the next position from the
 * transaction that makes it, which commits only if that position is still free. So positions have
 * no gaps and no duplicates, and do not depend on clocks.
 *
 * <p>An entry contains the item as written, because a second read could see a later state.
 */
final class ChangeLog {

  /** How long entries are kept, and so how long a client may be offline and still catch up. */
  static final Duration RETENTION = Duration.ofDays(30);

  /**
   * The attribute of a dependent item with the version of its dependency when it was last logged.
   */
  static final String DEPENDENCY_VERSION = "dependencyVersion";

  private static final String ITEM = "item";
  private static final String REMOVED = "removed";
  private static final String EXPIRES_AT = "expiresAt";

  /**
   * A change.
   *
   * @param item the item as written, or as it was before its removal
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

  /** Padded to twenty digits, so that strings sort like numbers. */
  private static String sort(long position) {
    return "%020d".formatted(position);
  }

  ChangeLogHead head(String owner) {
    return ChangeLogHead.of(owner, store.get(ChangeLogHead.key(owner), ChangeLogHead.PROJECTION));
  }

  /** Adds the log entries of a transaction's changes to the transaction. */
  void append(Transaction transaction) {
    transaction.changes().forEach((owner, changes) -> append(transaction, owner, changes));
  }

  /** Reads the head and the dependencies' versions in one round trip. */
  private void append(Transaction transaction, String owner, List<Transaction.Change> changes) {
    Set<Key> keys = new LinkedHashSet<>(Set.of(ChangeLogHead.key(owner)));
    changes.forEach(change -> dependency(change).ifPresent(keys::add));
    Map<Key, Item> read = store.getAll(keys, ChangeLogHead.PROJECTION.plus(Transaction.VERSION));
    List<Transaction.Change> written = new ArrayList<>();
    for (Transaction.Change change : changes) {
      Key other = dependency(change).orElse(null);
      written.add(
          other == null
              ? change
              : transaction.amend(change, showing(change.item(), read.get(other))));
    }
    append(transaction, ChangeLogHead.of(owner, read.get(ChangeLogHead.key(owner))), written);
  }

  /** Adds log entries to a transaction and moves the head. */
  void append(Transaction transaction, ChangeLogHead head, List<Transaction.Change> changes) {
    long position = head.last();
    long expiresAt = clock.instant().plus(RETENTION).getEpochSecond();
    for (Transaction.Change change : changes) {
      position++;
      transaction.create(
          Item.of(
              new Key(partition(head.owner()), sort(position)),
              Map.of(ITEM, change.item(), REMOVED, change.removed(), EXPIRES_AT, expiresAt)));
    }
    transaction.moveHead(head, new ChangeLogHead(head.owner(), position, expiresAt));
  }

  private Optional<Key> dependency(Transaction.Change change) {
    return change.removed() ? Optional.empty() : dependency(change.item());
  }

  /** The key of the item that an item depends on. */
  Optional<Key> dependency(Item item) {
    Function<Item, @Nullable Key> dependsOn =
        store
            .definition()
            .itemType(Objects.requireNonNull(item.key()))
            .map(ItemType::dependsOn)
            .orElse(null);
    return dependsOn == null ? Optional.empty() : Optional.ofNullable(dependsOn.apply(item));
  }

  /** An item with the version of its dependency; -1 if that does not exist. */
  Item showing(Item item, @Nullable Item dependency) {
    long version = dependency == null ? -1 : Transaction.version(dependency);
    return item.with(Map.of(DEPENDENCY_VERSION, version));
  }

  /** The visible entries between two positions, both included. */
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
