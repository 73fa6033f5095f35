package dev.screenful.gateway;

import dev.screenful.store.ItemChange;
import dev.screenful.store.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a table's stream.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using AWS Lambda with
 *     Amazon DynamoDB</a>
 */
final class StreamEvent {

  private StreamEvent() {}

  /** Whether a parsed event has records of a table's stream. */
  static boolean isOne(@Nullable Object event) {
    return event instanceof Map<?, ?> root
        && root.get("Records") instanceof List<?> records
        && !records.isEmpty()
        && records.getFirst() instanceof Map<?, ?> first
        && "aws:dynamodb".equals(first.get("eventSource"));
  }

  /**
   * Reads the records.
   *
   * @throws IllegalArgumentException if a record lacks its key or its number. It fails the
   *     invocation, since any response would count as success
   */
  static List<ItemChange> read(@Nullable Object event) {
    List<ItemChange> changes = new ArrayList<>();
    if (event instanceof Map<?, ?> root && root.get("Records") instanceof List<?> records) {
      for (Object record : records) {
        changes.add(change(record));
      }
    }
    return changes;
  }

  private static ItemChange change(@Nullable Object record) {
    if (record instanceof Map<?, ?> root
        && root.get("dynamodb") instanceof Map<?, ?> change
        && change.get("SequenceNumber") instanceof String sequence) {
      Map<String, String> key = strings(change.get("Keys"));
      String partition = key.get(Key.PARTITION);
      String sort = key.get(Key.SORT);
      if (partition != null && sort != null) {
        return new ItemChange(
            sequence,
            new Key(partition, sort),
            strings(change.get("OldImage")),
            strings(change.get("NewImage")));
      }
    }
    throw new IllegalArgumentException(
        "A record of the stream lacks its key or its number. The table's stream must have new and old images.");
  }

  /** The string attributes of an image. */
  private static Map<String, String> strings(@Nullable Object image) {
    Map<String, String> strings = new LinkedHashMap<>();
    if (image instanceof Map<?, ?> attributes) {
      attributes.forEach((name, value) -> {
        if (value instanceof Map<?, ?> typed && typed.get("S") instanceof String text) {
          strings.put(name.toString(), text);
        }
      });
    }
    return strings;
  }
}
