package dev.screenful.screens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Eviction from the cache of documents that clients send. */
final class BoundedCacheTest {

  private final BoundedCache<String> cache = new BoundedCache<>(10);

  @Test
  void the_least_recently_used_entries_are_dropped_above_the_capacity() {
    cache.put("a", "one", 4);
    cache.put("b", "two", 4);
    cache.get("a");
    cache.put("c", "three", 4);

    assertThat(cache.get("a")).isEqualTo("one");
    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("c")).isEqualTo("three");
  }

  @Test
  void a_long_entry_displaces_many_and_an_entry_above_the_capacity_is_not_cached() {
    cache.put("a", "one", 4);
    cache.put("b", "two", 4);
    cache.put("long", "three", 10);
    assertThat(cache.get("a")).isNull();
    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("long")).isEqualTo("three");

    cache.put("longer", "four", 11);
    assertThat(cache.get("longer")).isNull();
    cache.put("a", "one", 10);
    assertThat(cache.get("a")).isEqualTo("one");
  }

  @Test
  void a_replaced_entry_counts_once() {
    cache.put("a", "one", 4);
    cache.put("a", "two", 6);
    cache.put("b", "three", 4);

    assertThat(cache.get("a")).isEqualTo("two");
    assertThat(cache.get("b")).isEqualTo("three");
  }
}
