package dev.screenful.store;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of an item: its partition and its place in that partition.
 *
 * @param partition value of the partition key {@value #PARTITION}, at most 2,048 bytes
 * @param sort value of the sort key {@value #SORT}, at most 1,024 bytes
 */
public record Key(String partition, String sort) {

  /** The name of every table's partition key. */
  public static final String PARTITION = "pk";

  /** The name of every table's sort key. */
  public static final String SORT = "sk";

  Map<String, AttributeValue> attributes() {
    return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
  }

  static Key of(Map<String, AttributeValue> attributes) {
    return new Key(text(attributes, PARTITION), text(attributes, SORT));
  }

  private static String text(Map<String, AttributeValue> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name).s();
  }
}
