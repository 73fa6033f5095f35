package dev.screenful.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The definition of an app's table. Its partition key is {@value Key#PARTITION} and its sort key
 * {@value Key#SORT}. {@code template.yaml} creates the deployed table; a test compares the two.
 *
 * @param indexes the table's global secondary indexes, at most 20 (DynamoDB's default quota)
 * @param itemTypes the item types that are synced, cached or upgraded
 * @param immutable attributes that keep their value once an item has them, such as its owner
 */
public record TableDefinition(
    List<Index> indexes, List<ItemType> itemTypes, Set<String> immutable) {

  public TableDefinition {
    indexes = List.copyOf(indexes);
    itemTypes = List.copyOf(itemTypes);
    immutable = Set.copyOf(immutable);
  }

  /** A table with these indexes. */
  public static TableDefinition of(Index... indexes) {
    return new TableDefinition(Arrays.asList(indexes), List.of(), Set.of());
  }

  /** This table, with these item types. */
  public TableDefinition with(ItemType... more) {
    return new TableDefinition(indexes, Arrays.asList(more), immutable);
  }

  /** This table, with these immutable attributes. */
  public TableDefinition withImmutable(Set<String> attributes) {
    return new TableDefinition(indexes, itemTypes, attributes);
  }

  /** This table, whose items no function instance caches. */
  public TableDefinition uncached() {
    List<ItemType> uncached = new ArrayList<>();
    for (ItemType type : itemTypes) {
      uncached.add(type.cachedFor(Duration.ZERO));
    }
    return new TableDefinition(indexes, uncached, immutable);
  }

  /** The type of an item; empty for an item that is not synced, cached or upgraded. */
  Optional<ItemType> itemType(Key key) {
    return itemTypes.stream().filter(type -> type.includes(key)).findFirst();
  }

  boolean isSynced(Key key) {
    return itemType(key).filter(ItemType::isSynced).isPresent();
  }

  boolean hasUpgrades(Key key) {
    return itemType(key).filter(type -> !type.upgrades().isEmpty()).isPresent();
  }

  /** The attributes that upgrades of items in a partition need, beside those of a projection. */
  Set<String> needs(String partition) {
    Set<String> needs = new HashSet<>();
    itemTypes.stream()
        .filter(type -> partition.startsWith(type.partition()))
        .forEach(type -> needs.addAll(type.needs()));
    return needs;
  }

  /** An item with all upgrades applied, also to the items that it contains. */
  @SuppressWarnings("ReferenceEquality") // a part without upgrades is the same object
  public Item upgrade(Item item) {
    Item upgraded = item;
    for (String attribute : item.attributes().keySet()) {
      Object part = item.get(attribute);
      Object current = upgradeParts(part);
      if (current != null && current != part) {
        upgraded = upgraded.with(Map.of(attribute, current));
      }
    }
    Key key = item.key();
    Item whole = upgraded;
    return key == null ? whole : itemType(key).map(type -> type.upgrade(whole)).orElse(whole);
  }

  /** A value with its items upgraded. A value without items is returned as it is. */
  @SuppressWarnings("ReferenceEquality")
  private @Nullable Object upgradeParts(@Nullable Object value) {
    if (value instanceof Item item) {
      return upgrade(item);
    }
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      return value;
    }
    List<@Nullable Object> upgraded = new ArrayList<>();
    boolean changed = false;
    for (Object entry : list) {
      Object current = upgradeParts(entry);
      changed |= current != entry;
      upgraded.add(current);
    }
    return changed ? upgraded : value;
  }

  /** An item with its current schema version. */
  Item stamp(Key key, Item item) {
    return itemType(key).map(type -> type.stamp(item)).orElse(item);
  }
}
