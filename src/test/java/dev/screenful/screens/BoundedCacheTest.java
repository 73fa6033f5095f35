package dev.screenful.screens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept of what strangers send. */
final class BoundedCacheTest {

  private final BoundedCache<String> recent = new BoundedCache<>(10);

  @Test
  void what_was_used_last_is_kept_up_to_so_many_characters() {
    recent.put("a", "one", 4);
    recent.put("b", "two", 4);
    recent.get("a");
    recent.put("c", "three", 4);

    assertThat(recent.get("a")).isEqualTo("one");
    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("c")).isEqualTo("three");
  }

  @Test
  void a_long_one_pushes_out_many_and_one_that_is_longer_than_all_is_not_kept() {
    recent.put("a", "one", 4);
    recent.put("b", "two", 4);
    recent.put("long", "three", 10);
    assertThat(recent.get("a")).isNull();
    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("long")).isEqualTo("three");

    recent.put("longer", "four", 11);
    assertThat(recent.get("longer")).isNull();
    recent.put("a", "one", 10);
    assertThat(recent.get("a")).isEqualTo("one");
  }

  @Test
  void what_is_put_again_counts_once() {
    recent.put("a", "one", 4);
    recent.put("a", "two", 6);
    recent.put("b", "three", 4);

    assertThat(recent.get("a")).isEqualTo("two");
    assertThat(recent.get("b")).isEqualTo("three");
  }
}
