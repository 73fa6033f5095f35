package dev.screenful.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An owner's items that show parts of other items. Where there is another version of those than
 * when it was noted last, that is noted as a change, as many by one transaction as it takes. What
 * was read for the first is used for all, as long as the owner's head moves by these alone: then
 * none of the items has changed.
 */
final class DependentItems {

  /** Changes that are noted by one transaction, each by two of its 100 writes. */
  private static final int NOTED_AT_ONCE = 45;

  private final String owner;
  private final Supplier<List<Item>> showing;
  private final Store store;
  private final ChangeLog log;

  private long readAt = -1;
  private Map<Key, Item> current = Map.of();
  private Map<Key, Item> all = Map.of();
  private Map<Key, Long> versions = Map.of();

  /**
   * Items of an owner.
   *
   * @param showing reads those that show something which may still change
   */
  DependentItems(String owner, Supplier<List<Item>> showing, Store store, ChangeLog log) {
    this.owner = owner;
    this.showing = showing;
    this.store = store;
    this.log = log;
  }

  /** Notes changes, and returns whether these were all. */
  boolean note(Transaction transaction) {
    ChangeLogHead head = log.head(owner); // first: what is read after it is at least as new
    if (head.last() != readAt) {
      read(head);
    }
    Map<String, Long> noted = new LinkedHashMap<>();
    List<Transaction.Change> changes = new ArrayList<>();
    versions.forEach((key, version) -> {
      Long before = head.shown().get(key.sort());
      boolean isCurrent = current.containsKey(key);
      boolean differs = !version.equals(before) && (isCurrent || before != null);
      if (differs && changes.size() < NOTED_AT_ONCE) {
        Item item = Objects.requireNonNull(all.get(key));
        transaction.checkUnchanged(item);
        changes.add(new Transaction.Change(key, item, false));
      }
      if (differs ? isLast(changes, key) : isCurrent) {
        noted.put(key.sort(), version);
      } else if (differs && before != null) { // for the next transaction
        noted.put(key.sort(), before);
      }
    });
    if (!changes.isEmpty()) {
      log.append(transaction, head, changes, noted);
    }
    readAt = head.last() + changes.size();
    return changes.size() < NOTED_AT_ONCE;
  }

  private static boolean isLast(List<Transaction.Change> changes, Key key) {
    return !changes.isEmpty() && changes.getLast().key().equals(key);
  }

  private void read(ChangeLogHead head) {
    current = new LinkedHashMap<>();
    showing.get().stream()
        .limit(ChangeLog.MOST_NOTED)
        .forEach(item -> current.put(Objects.requireNonNull(item.key()), item));
    all = new LinkedHashMap<>(current);
    all.putAll(store.getAll(past(head), Projection.whole()));
    Map<Key, Key> shown = new LinkedHashMap<>();
    all.forEach((key, item) -> log.shown(item).ifPresent(other -> shown.put(key, other)));
    Map<Key, Item> others = store.getAll(shown.values(), Projection.of(Transaction.VERSION));
    versions = new LinkedHashMap<>();
    shown.forEach((key, other) -> versions.put(key, ChangeLog.version(others.get(other))));
  }

  /**
   * The items whose time is over since they were noted: what they show is compared once more, since
   * it may have changed before that.
   */
  private List<Key> past(ChangeLogHead head) {
    return head.shown().keySet().stream()
        .map(sort -> new Key(head.owner(), sort))
        .filter(key -> !current.containsKey(key))
        .toList();
  }
}
