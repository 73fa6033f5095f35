package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The advice for an index on the page of screens. */
final class IndexUsageTest {

  private final IndexUsage usage =
      new IndexUsage("departures", Set.of("id", "gate"), Set.of("id", "note"), 2048, 100, 50, 500);

  @Test
  void a_requested_attribute_outside_the_index_is_missing_and_an_unrequested_one_is_unused() {
    assertThat(usage.missing()).containsExactly("gate");
    assertThat(usage.unused()).containsExactly("note");
  }

  @Test
  void storage_and_read_units_are_counted_as_dynamodb_does() {
    assertThat(usage.row())
        .containsEntry("storageSavedKb", 800L) // 2048 entries, 400 bytes each
        .containsEntry("unitsPer20", 0.5) // 2,000 bytes: half a unit, for up to 4 KB
        .containsEntry("unitsPer20All", 1.5); // 10,000 bytes: three halves
  }
}
