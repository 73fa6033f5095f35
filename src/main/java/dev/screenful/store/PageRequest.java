package dev.screenful.store;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a query is wanted.
 *
 * @param first how many items at the most, at least 1
 * @param after the position after which they begin, null for the start
 */
public record PageRequest(int first, @Nullable Position after) {

  public PageRequest {
    if (first < 1) {
      throw new IllegalArgumentException("A page holds at least one item, not " + first + ".");
    }
  }

  /** The first items of a query. */
  public static PageRequest first(int count) {
    return new PageRequest(count, null);
  }
}
