package dev.screenful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of items as their kind changes over the years. */
final class UpgradeTest {

  private static final Key KEY = new Key("LIST#1", "LIST");

  private static Upgrade named(int version) {
    return new Upgrade(version, Set.of(), item -> Map.of("made" + version, true));
  }

  private static ItemType kind(Upgrade... upgrades) {
    ItemType kind = ItemType.of("LIST#", "LIST");
    for (Upgrade upgrade : upgrades) {
      kind = kind.with(upgrade);
    }
    return kind;
  }

  @Test
  void an_item_gets_the_upgrades_that_it_has_not_had_in_their_order() {
    Item old = Item.of(KEY, Map.of("schemaVersion", 1));

    Item upgraded = kind(named(1), named(2), named(3)).upgrade(old);

    assertThat(upgraded.has("made1")).isFalse();
    assertThat(upgraded.has("made2")).isTrue();
    assertThat(upgraded.has("made3")).isTrue();
    assertThat(upgraded.number("schemaVersion")).isEqualTo(3);
  }

  @Test
  void an_upgrade_that_is_deleted_leaves_the_later_ones_their_versions() {
    Item upgradedBefore = Item.of(KEY, Map.of("schemaVersion", 2));

    Item upgraded = kind(named(2), named(3)).upgrade(upgradedBefore);

    assertThat(upgraded.has("made2")).isFalse();
    assertThat(upgraded.has("made3")).isTrue();
  }

  @Test
  void an_item_that_is_kept_in_another_one_is_upgraded_too() {
    TableDefinition table = TableDefinition.of().with(kind(named(1)));
    Item kept = Item.of(new Key("X", "X"), Map.of("list", Item.of(KEY, Map.of())));

    Item list = (Item) Objects.requireNonNull(table.upgrade(kept).get("list"));

    assertThat(list.has("made1")).isTrue();
  }

  @Test
  void versions_grow() {
    assertThatThrownBy(() -> kind(named(2), named(2))).hasMessageContaining("growing versions");
  }
}
