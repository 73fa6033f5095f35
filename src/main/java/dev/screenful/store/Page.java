package dev.screenful.store;

import java.util.List;

/**
 * Some of a query's items, in its order.
 *
 * @param entries the items, each with its position
 * @param hasNext whether the query has items after these
 * @param hasPrevious whether the page began after a position
 */
public record Page(List<Entry> entries, boolean hasNext, boolean hasPrevious) {

  public Page {
    entries = List.copyOf(entries);
  }

  /** The items alone. */
  public List<Item> items() {
    return entries.stream().map(Entry::item).toList();
  }

  /**
   * An item and where it stands.
   *
   * @param item what was read
   * @param position its place in the query, at which a next page can begin
   */
  public record Entry(Item item, Position position) {}
}
