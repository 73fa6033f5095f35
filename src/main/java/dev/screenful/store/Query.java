package dev.screenful.store;

import org.jspecify.annotations.Nullable;

/**
 * A range of one partition of the table or of an index, in the order of the sort key. There is no
 * scan and no filter: what a query reads is what it returns.
 *
 * @param index the index that is read, null for the table
 * @param partition value of the partition key
 * @param range which part of the partition
 */
public record Query(@Nullable Index index, String partition, Range range) {

  /** Which part of a partition; values are those of the sort key. */
  public sealed interface Range {}

  /** Every sort key. */
  record All() implements Range {}

  /** Sort keys that begin with a text. */
  record Prefix(String prefix) implements Range {}

  /** Sort keys from a text on, itself included, up to another, itself included. */
  record Between(String from, String to) implements Range {}

  /** Sort keys from a text on, itself included. */
  record From(String from) implements Range {}

  /** A whole partition of the table. */
  public static Query of(String partition) {
    return new Query(null, partition, new All());
  }

  /** A whole partition of an index. */
  public static Query of(Index index, String partition) {
    return new Query(index, partition, new All());
  }

  /** The items whose sort key begins with a text. */
  public Query startingWith(String prefix) {
    return new Query(index, partition, new Prefix(prefix));
  }

  /** The items whose sort key is a text or comes after it. */
  public Query from(String from) {
    return new Query(index, partition, new From(from));
  }

  /** The items whose sort key lies between two texts, both included. */
  public Query between(String from, String to) {
    return new Query(index, partition, new Between(from, to));
  }

  /**
   * The same query from a position on. DynamoDB refuses a start that lies outside of the range, and
   * "from now on" moves on while someone pages through it.
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
   * Whether anything can be in it: DynamoDB refuses empty and overlong keys, which clients may send
   * as texts.
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
