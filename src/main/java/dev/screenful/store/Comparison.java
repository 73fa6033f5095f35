package dev.screenful.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has compared an owner's dependent items with the items that they show parts of.
 *
 * @param since the day from which on changes of other items may not be logged yet: the start of the
 *     last comparison of all items
 * @param pass the comparison in progress; null if all items have been compared
 */
public record Comparison(Instant since, @Nullable Pass pass) {

  /**
   * A comparison of all items that takes several pages.
   *
   * @param started the day on which it started
   * @param query the index of the query that is read next
   * @param after the sort key of the last item that was compared in this query; empty at its start
   */
  public record Pass(Instant started, int query, String after) {}

  /** All items have been compared on a day. */
  static Comparison complete(Instant day) {
    return new Comparison(day, null);
  }
}
