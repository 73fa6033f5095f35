package dev.screenful.store;

import org.jspecify.annotations.Nullable;

/**
 * The requested page of a query.
 *
 * @param first the maximum number of items, at least 1
 * @param after the position after which the page begins; null for the first page
 */
public record PageRequest(int first, @Nullable Position after) {

  public PageRequest {
    if (first < 1) {
      throw new IllegalArgumentException("A page must have at least one item, not " + first + ".");
    }
  }

  /** The first items of a query. */
  public static PageRequest first(int count) {
    return new PageRequest(count, null);
  }
}
