package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The advice that the picture gives for an index. */
final class IndexUsageTest {

  private final IndexUsage use =
      new IndexUsage("departures", Set.of("id", "gate"), Set.of("id", "note"), 2048, 100, 50, 500);

  @Test
  void what_is_asked_but_not_held_is_missing_and_what_is_held_but_not_asked_is_unused() {
    assertThat(use.missing()).containsExactly("gate");
    assertThat(use.unused()).containsExactly("note");
  }

  @Test
  void storage_and_units_are_those_of_dynamodb() {
    assertThat(use.row())
        .containsEntry("storageSavedKb", 800L) // 2048 entries, 400 bytes each
        .containsEntry("unitsPer20", 0.5) // 2,000 bytes: one half unit of 4 KB
        .containsEntry("unitsPer20All", 1.5); // 10,000 bytes: three of them
  }
}
