package dev.screenful.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits until indexes have caught up with the table. An index is updated some milliseconds after
 * the table, so a query on it may not yet show a change that the table's stream already tells.
 */
public final class IndexLag {

  /** Attempts to find an item as the table has it; their pauses take about two seconds. */
  private static final int MAX_ATTEMPTS = 10;

  /** Items of an index with equal sort keys that are compared. */
  private static final int MOST_EQUAL = 100;

  private final Store store;

  /** Waits for the indexes of a store's table. */
  public IndexLag(Store store) {
    this.store = store.consistent();
  }

  /** A place in an index where an item should be, or should no longer be. */
  private record Spot(Index index, ItemChange.Place place, Key key) {}

  /**
   * Returns when the indexes show all changed items as the table has them now.
   *
   * @throws StoreUnavailable if an index is still behind after about two seconds
   */
  public void await(Collection<ItemChange> changes) {
    Set<Spot> spots = new LinkedHashSet<>();
    for (ItemChange change : changes) {
      change.forEachPlace(
          store.definition(), (index, place) -> spots.add(new Spot(index, place, change.key())));
    }
    List<Spot> behind = new ArrayList<>(spots);
    for (int attempt = 1; ; attempt++) {
      Map<Key, Item> items =
          store.getAll(behind.stream().map(Spot::key).distinct().toList(), Projection.whole());
      behind.removeIf(spot -> isCurrent(spot, items.get(spot.key())));
      if (behind.isEmpty()) {
        return;
      }
      if (attempt == MAX_ATTEMPTS) {
        throw new StoreUnavailable(
            "After %d attempts, the index %s still lacks changes of the table."
                .formatted(attempt, behind.getFirst().index().name()));
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  private boolean isCurrent(Spot spot, @Nullable Item item) {
    Index index = spot.index();
    Projection projection = new Projection(attributes(index));
    Query query =
        Query.of(index, spot.place().partition()).between(spot.place().sort(), spot.place().sort());
    Item shown = null;
    for (Item found : store.query(query, PageRequest.first(MOST_EQUAL), projection).items()) {
      if (spot.key().equals(found.key())) {
        shown = found;
      }
    }
    if (item == null) {
      return shown == null;
    }
    boolean belongs =
        spot.place().partition().equals(item.get(index.partition()))
            && spot.place().sort().equals(item.get(index.sort()));
    return belongs ? shown != null && isSame(index, shown, item) : shown == null;
  }

  private static Set<String> attributes(Index index) {
    Set<String> all = new HashSet<>(index.included());
    all.add(index.partition());
    all.add(index.sort());
    return all;
  }

  private static boolean isSame(Index index, Item shown, Item item) {
    return attributes(index).stream()
        .allMatch(
            name -> Objects.equals(shown.attributes().get(name), item.attributes().get(name)));
  }
}
