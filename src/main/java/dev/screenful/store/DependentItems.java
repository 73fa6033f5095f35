package dev.screenful.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * An owner's items that show parts of other items, their dependencies. Each one contains the
 * version of its dependency that was last logged. If the dependency has another version by now, the
 * dependent item is logged as changed.
 */
final class DependentItems {

  /** Items compared in one transaction. Each change takes two of its 100 writes. */
  private static final int MAX_ITEMS = 49;

  private final String owner;
  private final Function<Instant, List<Query>> dependents;
  private final Store store;
  private final ChangeLog log;

  /**
   * The dependent items of an owner.
   *
   * @param dependents returns queries for the items whose dependencies may have changed since a
   *     time
   */
  DependentItems(
      String owner, Function<Instant, List<Query>> dependents, Store store, ChangeLog log) {
    this.owner = owner;
    this.dependents = dependents;
    this.store = store;
    this.log = log;
  }

  /**
   * Compares the next items, and logs those whose dependencies have changed.
   *
   * @param today the start of a new comparison
   * @return how far the items are compared after the transaction
   */
  Comparison compare(Transaction transaction, Comparison before, Instant today) {
    ChangeLogHead head = log.head(owner); // first, so that all later reads are at least as new
    List<Item> items = new ArrayList<>();
    Comparison after = read(before, today, items);
    List<Transaction.Change> changes = new ArrayList<>();
    for (Item shown : shown(items)) {
      transaction.rewrite(shown);
      changes.add(new Transaction.Change(Objects.requireNonNull(shown.key()), shown, false));
    }
    if (!changes.isEmpty()) {
      log.append(transaction, head, changes);
    }
    return after;
  }

  /** Reads the next items, and returns how far they go. */
  private Comparison read(Comparison before, Instant today, List<Item> items) {
    Comparison.Pass pass =
        Objects.requireNonNullElseGet(before.pass(), () -> new Comparison.Pass(today, 0, ""));
    List<Query> queries = dependents.apply(before.since());
    String after = pass.after();
    for (int query = pass.query(); query < queries.size(); query++) {
      if (items.size() == MAX_ITEMS) {
        return new Comparison(before.since(), new Comparison.Pass(pass.started(), query, ""));
      }
      Position start = after.isEmpty() ? null : new Position(after, new Key(owner, after));
      PageRequest request = new PageRequest(MAX_ITEMS - items.size(), start);
      Page page = store.query(queries.get(query), request, Projection.whole());
      items.addAll(page.items());
      Position end = page.end();
      if (page.hasNext() && end != null) {
        return new Comparison(
            before.since(), new Comparison.Pass(pass.started(), query, end.sort()));
      }
      after = "";
    }
    return Comparison.complete(pass.started());
  }

  /** The items whose dependencies have changed, with the current versions of these. */
  private List<Item> shown(List<Item> items) {
    List<Key> dependencies = new ArrayList<>();
    items.forEach(item -> log.dependency(item).ifPresent(dependencies::add));
    Map<Key, Item> others = store.getAll(dependencies, Projection.of(Transaction.VERSION));
    List<Item> shown = new ArrayList<>();
    for (Item item : items) {
      Key other = log.dependency(item).orElse(null);
      Item now = other == null ? item : log.showing(item, others.get(other));
      if (!Objects.equals(
          now.get(ChangeLog.DEPENDENCY_VERSION), item.get(ChangeLog.DEPENDENCY_VERSION))) {
        shown.add(now);
      }
    }
    return shown;
  }
}
