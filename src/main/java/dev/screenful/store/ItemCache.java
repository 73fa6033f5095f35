package dev.screenful.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A cache of items by key, including reads that are in progress, so that concurrent readers share
 * one read. When it is full, the oldest entry goes. Thread-safe.
 */
final class ItemCache {

  /**
   * A read, in progress or complete.
   *
   * @param projection the attributes that the item has, or will have
   * @param isNew whether this caller started it, and so must complete or fail it
   */
  record Read(CompletableFuture<Optional<Item>> item, Projection projection, boolean isNew) {}

  private record Cached(
      Projection projection, CompletableFuture<Optional<Item>> item, Deadline expiry) {}

  private final Map<Key, Cached> entries;

  /** A cache for a number of items. */
  ItemCache(int capacity) {
    this.entries =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.@Nullable Entry<Key, Cached> eldest) {
            return size() > capacity;
          }
        };
  }

  /**
   * The cached read of an item, or a new one that is cached for a time. A new one includes the
   * attributes of the read that it replaces. Otherwise screens that select different attributes of
   * an item would replace each other's reads again and again.
   */
  synchronized Read read(Key key, Projection projection, Duration cacheTime) {
    Cached cached = entries.get(key);
    if (cached != null && !cached.expiry().hasPassed() && cached.projection().covers(projection)) {
      return new Read(cached.item(), cached.projection(), false);
    }
    Projection all = cached == null ? projection : cached.projection().plus(projection);
    CompletableFuture<Optional<Item>> item = new CompletableFuture<>();
    entries.remove(key); // so that the new entry becomes the newest
    entries.put(key, new Cached(all, item, Deadline.in(cacheTime)));
    return new Read(item, all, true);
  }

  /** Removes the item under a key. */
  synchronized void remove(Key key) {
    entries.remove(key);
  }
}
