package dev.screenful.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who gets what was read a moment ago. */
final class ItemCacheTest {

  private static final Key KEY = new Key("FLIGHT#1", "FLIGHT");
  private static final Projection GATE = Projection.of("gate");
  private static final Duration LONG = Duration.ofHours(1);

  private final ItemCache held = new ItemCache(2);

  @Test
  void the_second_reader_gets_what_the_first_one_reads() {
    ItemCache.Read first = held.read(KEY, GATE, LONG);
    ItemCache.Read second = held.read(KEY, GATE, LONG);

    assertThat(first.isNew()).isTrue();
    assertThat(second.isNew()).isFalse();
    assertThat(second.item()).isSameAs(first.item());
  }

  @Test
  void who_needs_more_attributes_reads_anew() {
    held.read(KEY, GATE, LONG);

    assertThat(held.read(KEY, Projection.of("gate", "state"), LONG).isNew()).isTrue();
    assertThat(held.read(KEY, GATE, LONG).isNew()).isFalse();
  }

  @Test
  void after_its_time_an_item_is_read_anew() {
    held.read(KEY, GATE, Duration.ZERO);

    assertThat(held.read(KEY, GATE, LONG).isNew()).isTrue();
  }

  @Test
  void what_is_forgotten_is_read_anew() {
    held.read(KEY, GATE, LONG);
    held.remove(KEY);

    assertThat(held.read(KEY, GATE, LONG).isNew()).isTrue();
  }

  @Test
  void the_oldest_gives_way_where_there_are_too_many() {
    held.read(KEY, GATE, LONG);
    held.read(new Key("FLIGHT#2", "FLIGHT"), GATE, LONG);
    held.read(new Key("FLIGHT#3", "FLIGHT"), GATE, LONG);

    assertThat(held.read(KEY, GATE, LONG).isNew()).isTrue();
  }
}
