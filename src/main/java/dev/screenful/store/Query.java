package dev.screenful.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A query for a range of one partition of the table or an index, in the order of the sort key or
 * its reverse. Scans and filters are not supported, so a query returns every item that it reads.
 *
 * @param index the index to read; null for the table
 * @param partition the partition key
 * @param range the range of sort keys
 * @param isDescending whether the greatest sort key is the first
 */
public record Query(@Nullable Index index, String partition, Range range, boolean isDescending) {

  /** A range of sort keys. */
  public sealed interface Range {}

  /** Every sort key. */
  record All() implements Range {}

  /** Sort keys with a prefix. */
  record Prefix(String prefix) implements Range {}

  /** Sort keys between two bounds, both included. */
  record Between(String from, String to) implements Range {}

  /** Sort keys from a bound on, included. */
  record From(String from) implements Range {}

  /** A whole partition of the table. */
  public static Query of(String partition) {
    return new Query(null, partition, new All(), false);
  }

  /** A whole partition of an index. */
  public static Query of(Index index, String partition) {
    return new Query(index, partition, new All(), false);
  }

  /** The items whose sort key has a prefix. */
  public Query startingWith(String prefix) {
    return in(new Prefix(prefix));
  }

  /** The items whose sort key is at least this one. */
  public Query from(String from) {
    return in(new From(from));
  }

  /** The items whose sort key lies between two bounds, both included. */
  public Query between(String from, String to) {
    return in(new Between(from, to));
  }

  private Query in(Range other) {
    return new Query(index, partition, other, isDescending);
  }

  /** The same query in descending order: if sort keys begin with a time, the newest item first. */
  public Query descending() {
    return new Query(index, partition, range, true);
  }

  /**
   * The same query from a position on. DynamoDB refuses a start outside of the range, and the bound
   * of "from now on" moves while a client pages.
   */
  Query after(Position position) {
    return switch (range) {
      case From(String from) when isDescending -> between(from, position.sort());
      case From(String from) -> from(position.sort());
      case Between(String from, String to) when isDescending -> between(from, position.sort());
      case Between(String from, String to) -> between(position.sort(), to);
      case All() -> this;
      case Prefix(String prefix) -> this;
    };
  }

  /**
   * Whether the query can have items. DynamoDB refuses empty and overlong keys, which clients may
   * send, and ranges that end before they begin.
   */
  boolean isPossible() {
    return Key.isPossible(partition, Key.MAX_PARTITION)
        && switch (range) {
          case All() -> true;
          case Prefix(String prefix) -> Key.isPossible(prefix, Key.MAX_SORT);
          case From(String from) -> Key.isPossible(from, Key.MAX_SORT);
          case Between(String from, String to) ->
              Key.isPossible(from, Key.MAX_SORT)
                  && Key.isPossible(to, Key.MAX_SORT)
                  && compare(from, to) <= 0;
        };
  }

  /** Compares sort keys as DynamoDB does: by their bytes in UTF-8. */
  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  String partitionAttribute() {
    return index == null ? Key.PARTITION : index.partition();
  }

  String sortAttribute() {
    return index == null ? Key.SORT : index.sort();
  }
}
