package dev.screenful.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a request has read: the keys of items, whether they exist or not, and the partitions of the
 * table and of indexes that it has queried. Thread-safe.
 *
 * <p>A change concerns the request if both have a {@link Dependency} in common, see {@link
 * ItemChange#dependencies}.
 */
public final class ReadSet {

  private final Set<Dependency> dependencies = ConcurrentHashMap.newKeySet();

  void item(Key key) {
    dependencies.add(Dependency.item(key));
  }

  void partition(Query query) {
    Index index = query.index();
    dependencies.add(
        index == null
            ? Dependency.partition(query.partition())
            : Dependency.partition(index, query.partition()));
  }

  /** All that was read. */
  public Set<Dependency> dependencies() {
    return Set.copyOf(dependencies);
  }
}
