package dev.screenful.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An owner's items that show parts of other items, their dependencies. If a dependency has another
 * version than recorded, the dependent item is logged as changed, in as many transactions as
 * necessary. The items are read once for all transactions, as long as only these transactions move
 * the owner's head: then no item has changed.
 */
final class DependentItems {

  /** Changes logged in one transaction. Each takes two of its 100 writes. */
  private static final int MAX_PER_TRANSACTION = 45;

  private final String owner;
  private final Supplier<List<Item>> dependents;
  private final Store store;
  private final ChangeLog log;

  private long readAt = -1;
  private Map<Key, Item> current = Map.of();
  private Map<Key, Item> all = Map.of();
  private Map<Key, Long> versions = Map.of();

  /**
   * The dependent items of an owner.
   *
   * @param dependents reads the items whose dependencies may still change
   */
  DependentItems(String owner, Supplier<List<Item>> dependents, Store store, ChangeLog log) {
    this.owner = owner;
    this.dependents = dependents;
    this.store = store;
    this.log = log;
  }

  /** Logs changes, and returns whether these were all. */
  boolean logChanges(Transaction transaction) {
    ChangeLogHead head = log.head(owner); // first, so that all later reads are at least as new
    if (head.last() != readAt) {
      read(head);
    }
    Map<String, Long> recorded = new LinkedHashMap<>();
    List<Transaction.Change> changes = new ArrayList<>();
    versions.forEach((key, version) -> {
      Long before = head.dependencies().get(key.sort());
      boolean isCurrent = current.containsKey(key);
      boolean differs = !version.equals(before) && (isCurrent || before != null);
      if (differs && changes.size() < MAX_PER_TRANSACTION) {
        Item item = Objects.requireNonNull(all.get(key));
        transaction.checkUnchanged(item);
        changes.add(new Transaction.Change(key, item, false));
      }
      if (differs ? isLast(changes, key) : isCurrent) {
        recorded.put(key.sort(), version);
      } else if (differs && before != null) { // left for the next transaction
        recorded.put(key.sort(), before);
      }
    });
    if (!changes.isEmpty()) {
      log.append(transaction, head, changes, recorded);
    }
    readAt = head.last() + changes.size();
    return changes.size() < MAX_PER_TRANSACTION;
  }

  private static boolean isLast(List<Transaction.Change> changes, Key key) {
    return !changes.isEmpty() && changes.getLast().key().equals(key);
  }

  private void read(ChangeLogHead head) {
    current = new LinkedHashMap<>();
    dependents.get().stream()
        .limit(ChangeLog.MAX_TRACKED)
        .forEach(item -> current.put(Objects.requireNonNull(item.key()), item));
    all = new LinkedHashMap<>(current);
    all.putAll(store.getAll(past(head), Projection.whole()));
    Map<Key, Key> dependencies = new LinkedHashMap<>();
    all.forEach(
        (key, item) -> log.dependency(item).ifPresent(other -> dependencies.put(key, other)));
    Map<Key, Item> others = store.getAll(dependencies.values(), Projection.of(Transaction.VERSION));
    versions = new LinkedHashMap<>();
    dependencies.forEach((key, other) -> versions.put(key, ChangeLog.version(others.get(other))));
  }

  /**
   * The recorded items that are no longer current. Their dependencies are compared once more, since
   * they may have changed before the items became past.
   */
  private List<Key> past(ChangeLogHead head) {
    return head.dependencies().keySet().stream()
        .map(sort -> new Key(head.owner(), sort))
        .filter(key -> !current.containsKey(key))
        .toList();
  }
}
