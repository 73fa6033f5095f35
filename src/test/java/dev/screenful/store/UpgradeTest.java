package dev.screenful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Upgrades of stored items to newer versions of their item type. */
final class UpgradeTest {

  private static final Key KEY = new Key("LIST#1", "LIST");

  private static Upgrade upgrade(int version) {
    return new Upgrade(version, Set.of(), item -> Map.of("made" + version, true));
  }

  private static ItemType typeWith(Upgrade... upgrades) {
    ItemType type = ItemType.of("LIST#", "LIST");
    for (Upgrade upgrade : upgrades) {
      type = type.with(upgrade);
    }
    return type;
  }

  @Test
  void an_item_gets_all_missing_upgrades_in_order() {
    Item old = Item.of(KEY, Map.of("schemaVersion", 1));

    Item upgraded = typeWith(upgrade(1), upgrade(2), upgrade(3)).upgrade(old);

    assertThat(upgraded.has("made1")).isFalse();
    assertThat(upgraded.has("made2")).isTrue();
    assertThat(upgraded.has("made3")).isTrue();
    assertThat(upgraded.number("schemaVersion")).isEqualTo(3);
  }

  @Test
  void deleting_an_upgrade_does_not_change_the_versions_of_later_ones() {
    Item upgradedBefore = Item.of(KEY, Map.of("schemaVersion", 2));

    Item upgraded = typeWith(upgrade(2), upgrade(3)).upgrade(upgradedBefore);

    assertThat(upgraded.has("made2")).isFalse();
    assertThat(upgraded.has("made3")).isTrue();
  }

  @Test
  void an_item_inside_another_item_is_upgraded_too() {
    TableDefinition table = TableDefinition.of().with(typeWith(upgrade(1)));
    Item old = Item.of(KEY, Map.of());
    Item outer = Item.of(new Key("X", "X"), Map.of("list", old, "payload", Map.of("list", old)));

    Item upgraded = table.upgrade(outer);

    Item payload = (Item) Objects.requireNonNull(upgraded.get("payload"));
    for (Item parent : List.of(upgraded, payload)) {
      Item list = (Item) Objects.requireNonNull(parent.get("list"));
      assertThat(list.has("made1")).isTrue();
    }
  }

  @Test
  void items_in_a_list_are_upgraded_and_a_list_without_items_stays_as_it_is() {
    TableDefinition table = TableDefinition.of().with(typeWith(upgrade(1)));
    Item old = Item.of(KEY, Map.of());
    List<String> words = List.of("one");
    Item outer =
        Item.of(new Key("X", "X"), Map.of("payload", List.of(List.of(old)), "words", words));

    Item upgraded = table.upgrade(outer);

    List<?> payload = (List<?>) Objects.requireNonNull(upgraded.get("payload"));
    Item list = (Item) ((List<?>) payload.getFirst()).getFirst();
    assertThat(list.has("made1")).isTrue();
    assertThat(upgraded.get("words")).isEqualTo(words);
  }

  @Test
  void the_attributes_of_an_item_can_not_be_changed_from_outside() {
    Item item = Item.of(KEY, Map.of("name", "one"));

    assertThatThrownBy(() -> item.attributes().put("name", "other"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void versions_must_increase() {
    assertThatThrownBy(() -> typeWith(upgrade(2), upgrade(2)))
        .hasMessageContaining("must have increasing versions");
  }
}
