package dev.screenful.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of an item.
 *
 * @param partition the partition key, {@value #PARTITION}; at most 2,048 bytes
 * @param sort the sort key, {@value #SORT}; at most 1,024 bytes
 */
public record Key(String partition, String sort) {

  /** Bytes of the longest partition key (DynamoDB's limit). */
  static final int MAX_PARTITION = 2048;

  /** Bytes of the longest sort key (DynamoDB's limit). */
  static final int MAX_SORT = 1024;

  /** The name of the partition key of every table. */
  public static final String PARTITION = "pk";

  /** The name of the sort key of every table. */
  public static final String SORT = "sk";

  /**
   * Whether an item can have this key. DynamoDB refuses empty and overlong keys, which clients may
   * send as ids.
   */
  boolean isPossible() {
    return isPossible(partition, MAX_PARTITION) && isPossible(sort, MAX_SORT);
  }

  static boolean isPossible(String value, int maxBytes) {
    return !value.isEmpty() && value.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
  }

  Map<String, String> attributes() {
    return Map.of(PARTITION, partition, SORT, sort);
  }

  static Key of(Map<String, ? extends @Nullable Object> attributes) {
    return new Key(text(attributes, PARTITION), text(attributes, SORT));
  }

  private static String text(Map<String, ? extends @Nullable Object> attributes, String name) {
    return (String) Objects.requireNonNull(attributes.get(name), name);
  }
}
