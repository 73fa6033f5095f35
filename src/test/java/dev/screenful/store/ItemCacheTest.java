package dev.screenful.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sharing, expiry and removal of cached items. */
final class ItemCacheTest {

  private static final Key KEY = new Key("FLIGHT#1", "FLIGHT");
  private static final Projection GATE = Projection.of("gate");
  private static final Duration CACHE_TIME = Duration.ofHours(1);

  private final ItemCache cache = new ItemCache(2);

  @Test
  void a_second_reader_shares_the_read_of_the_first() {
    ItemCache.Read first = cache.read(KEY, GATE, CACHE_TIME);
    ItemCache.Read second = cache.read(KEY, GATE, CACHE_TIME);

    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.item()).isSameAs(first.item());
  }

  @Test
  void a_reader_that_needs_more_attributes_reads_again() {
    cache.read(KEY, GATE, CACHE_TIME);

    assertThat(cache.read(KEY, Projection.of("gate", "state"), CACHE_TIME).isNew()).isTrue();
    assertThat(cache.read(KEY, GATE, CACHE_TIME).isNew()).isFalse();
  }

  @Test
  void an_expired_item_is_read_again() {
    cache.read(KEY, GATE, Duration.ZERO);

    assertThat(cache.read(KEY, GATE, CACHE_TIME).isNew()).isTrue();
  }

  @Test
  void a_removed_item_is_read_again() {
    cache.read(KEY, GATE, CACHE_TIME);
    cache.remove(KEY);

    assertThat(cache.read(KEY, GATE, CACHE_TIME).isNew()).isTrue();
  }

  @Test
  void a_full_cache_drops_the_oldest_entry() {
    cache.read(KEY, GATE, CACHE_TIME);
    cache.read(new Key("FLIGHT#2", "FLIGHT"), GATE, CACHE_TIME);
    cache.read(new Key("FLIGHT#3", "FLIGHT"), GATE, CACHE_TIME);

    assertThat(cache.read(KEY, GATE, CACHE_TIME).isNew()).isTrue();
  }
}
