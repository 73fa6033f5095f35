package dev.screenful.live;

import dev.screenful.store.Item;
import dev.screenful.store.ItemChange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far an invocation came with a batch of changes that concern more queries than it had time
 * for. Lambda hands the batch in again, with more changes or fewer.
 *
 * @param after the last query that was answered, in the order of their ids
 * @param failed the queries before it that could not be answered
 * @param last the sequence number of the last change of the batch
 */
record LiveProgress(String after, Set<String> failed, String last) {

  LiveProgress {
    failed = Set.copyOf(failed);
  }

  /** Whether a query was answered. */
  boolean isDone(String query) {
    return query.compareTo(after) <= 0 && !failed.contains(query);
  }

  /** The number of the changes that this is about, the first ones of a batch. */
  int end(List<ItemChange> batch) {
    for (int index = 0; index < batch.size(); index++) {
      if (batch.get(index).sequence().equals(last)) {
        return index + 1;
      }
    }
    return batch.size();
  }

  /** The attributes of its item. */
  Map<String, Object> attributes() {
    return Map.of("after", after, "failed", List.copyOf(failed), "last", last);
  }

  /** The progress of an item. */
  static LiveProgress read(Item item) {
    Set<String> failed = new HashSet<>();
    if (item.get("failed") instanceof Collection<?> all) {
      all.forEach(query -> failed.add(String.valueOf(query)));
    }
    return new LiveProgress(item.text("after"), failed, item.text("last"));
  }
}
