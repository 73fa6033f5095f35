package dev.screenful.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a query's items, in the query's order.
 *
 * @param entries the items with their positions
 * @param end the last position that was read, after which the next page begins; its item may be
 *     missing from the entries, if it was deleted since the index was read; null if nothing was
 *     read
 * @param hasNext whether more items follow
 * @param hasPrevious whether the page began after a position
 */
public record Page(
    List<Entry> entries, @Nullable Position end, boolean hasNext, boolean hasPrevious) {

  public Page {
    entries = List.copyOf(entries);
  }

  /** The items without positions. */
  public List<Item> items() {
    return entries.stream().map(Entry::item).toList();
  }

  /**
   * An item and its position.
   *
   * @param item the item
   * @param position its position in the query, after which a next page can begin
   */
  public record Entry(Item item, Position position) {}
}
