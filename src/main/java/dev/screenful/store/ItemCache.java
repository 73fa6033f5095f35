package dev.screenful.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Items that were read a moment ago, or are being read: whoever wants the same again gets the same.
 * The oldest give way when there are too many. Safe to be used by many threads.
 */
final class ItemCache {

  /**
   * A read and its answer.
   *
   * @param isNew whether it was begun by who asked, who must complete it or fail it
   */
  record Reading(CompletableFuture<Optional<Item>> item, boolean isNew) {}

  private record Held(
      Projection projection, CompletableFuture<Optional<Item>> item, Deadline until) {}

  private final Map<Key, Held> items;

  /** Holds at most so many. */
  ItemCache(int most) {
    this.items =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.@Nullable Entry<Key, Held> eldest) {
            return size() > most;
          }
        };
  }

  /** The read of an item that is held or under way, or a new one. */
  synchronized Reading read(Key key, Projection projection, Duration heldFor) {
    Held held = items.get(key);
    if (held != null && !held.until().isOver() && held.projection().covers(projection)) {
      return new Reading(held.item(), false);
    }
    CompletableFuture<Optional<Item>> item = new CompletableFuture<>();
    items.remove(key); // so that it becomes the newest
    items.put(key, new Held(projection, item, Deadline.in(heldFor)));
    return new Reading(item, true);
  }

  /** Forgets what was read of a key. */
  synchronized void forget(Key key) {
    items.remove(key);
  }
}
