package dev.screenful.store;

import org.jspecify.annotations.Nullable;

/**
 * A query for a range of one partition of the table or an index, in the order of the sort key.
 * Scans and filters are not supported, so a query returns every item that it reads.
 *
 * @param index the index to read; null for the table
 * @param partition the partition key
 * @param range the range of sort keys
 */
public record Query(@Nullable Index index, String partition, Range range) {

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
    return new Query(null, partition, new All());
  }

  /** A whole partition of an index. */
  public static Query of(Index index, String partition) {
    return new Query(index, partition, new All());
  }

  /** The items whose sort key has a prefix. */
  public Query startingWith(String prefix) {
    return new Query(index, partition, new Prefix(prefix));
  }

  /** The items whose sort key is at least this one. */
  public Query from(String from) {
    return new Query(index, partition, new From(from));
  }

  /** The items whose sort key lies between two bounds, both included. */
  public Query between(String from, String to) {
    return new Query(index, partition, new Between(from, to));
  }

  /**
   * The same query from a position on. DynamoDB refuses a start outside of the range, and the bound
   * of "from now on" moves while a client pages.
   */
  Query after(Position position) {
    return switch (range) {
      case From(String from) -> from(position.sort());
      case Between(String from, String to) -> between(position.sort(), to);
      case All() -> this;
      case Prefix(String prefix) -> this;
    };
  }

  /**
   * Whether the query can have items. DynamoDB refuses empty and overlong keys, which clients may
   * send.
   */
  boolean isPossible() {
    return Key.isPossible(partition, Key.MAX_PARTITION)
        && switch (range) {
          case All() -> true;
          case Prefix(String prefix) -> Key.isPossible(prefix, Key.MAX_SORT);
          case From(String from) -> Key.isPossible(from, Key.MAX_SORT);
          case Between(String from, String to) ->
              Key.isPossible(from, Key.MAX_SORT) && Key.isPossible(to, Key.MAX_SORT);
        };
  }

  String partitionAttribute() {
    return index == null ? Key.PARTITION : index.partition();
  }

  String sortAttribute() {
    return index == null ? Key.SORT : index.sort();
  }
}
