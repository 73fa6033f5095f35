package dev.screenful.screens;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was used last, by a text or its hash. It is bounded by characters, so that strangers can't
 * fill the memory, neither by many texts nor by long ones.
 */
final class BoundedCache<V> {

  private final int most;
  private final Map<String, Kept<V>> kept = new LinkedHashMap<>(16, 0.75f, true);
  private int characters;

  private record Kept<V>(V value, int characters) {}

  /**
   * Keeps what was used last.
   *
   * @param most characters that are kept in all
   */
  BoundedCache(int most) {
    this.most = most;
  }

  synchronized @Nullable V get(String key) {
    Kept<V> found = kept.get(key);
    return found == null ? null : found.value();
  }

  /**
   * Keeps a value.
   *
   * @param size characters that it counts for
   */
  synchronized void put(String key, V value, int size) {
    Kept<V> before = kept.put(key, new Kept<>(value, size));
    characters += size - (before == null ? 0 : before.characters());
    Iterator<Kept<V>> oldest = kept.values().iterator();
    while (characters > most) {
      characters -= oldest.next().characters();
      oldest.remove();
    }
  }
}
