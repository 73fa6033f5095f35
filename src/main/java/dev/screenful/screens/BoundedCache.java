package dev.screenful.screens;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the most recently used values, by string. It is bounded by characters, so that clients
 * can fill the memory neither with many documents nor with long ones.
 */
final class BoundedCache<V> {

  private final int capacity;
  private final Map<String, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private int characters;

  private record Entry<V>(V value, int characters) {}

  /**
   * An empty cache.
   *
   * @param capacity the maximum number of characters
   */
  BoundedCache(int capacity) {
    this.capacity = capacity;
  }

  synchronized @Nullable V get(String key) {
    Entry<V> found = entries.get(key);
    return found == null ? null : found.value();
  }

  /**
   * Caches a value.
   *
   * @param size the characters that it counts for
   */
  synchronized void put(String key, V value, int size) {
    Entry<V> before = entries.put(key, new Entry<>(value, size));
    characters += size - (before == null ? 0 : before.characters());
    Iterator<Entry<V>> oldest = entries.values().iterator();
    while (characters > capacity) {
      characters -= oldest.next().characters();
      oldest.remove();
    }
  }
}
