package dev.screenful.store;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an app's one table looks like: its partition key is {@value Key#PARTITION}, its sort key
 * {@value Key#SORT}, and its indexes are these. The deployed table is made by {@code
 * template.yaml}, which a test holds against this.
 *
 * @param indexes the table's global secondary indexes, at most 20 (DynamoDB's default quota)
 * @param kinds the kinds of its items of which there is something to say
 * @param fixed attributes that never change once an item has them, whatever its kind, such as the
 *     one that names its owner
 */
public record TableDefinition(List<Index> indexes, List<ItemType> kinds, Set<String> fixed) {

  public TableDefinition {
    indexes = List.copyOf(indexes);
    kinds = List.copyOf(kinds);
    fixed = Set.copyOf(fixed);
  }

  /** A table with these indexes. */
  public static TableDefinition of(Index... indexes) {
    return new TableDefinition(Arrays.asList(indexes), List.of(), Set.of());
  }

  /** This table, with items of these kinds. */
  public TableDefinition with(ItemType... more) {
    return new TableDefinition(indexes, Arrays.asList(more), fixed);
  }

  /** This table, with attributes that never change. */
  public TableDefinition fixing(Set<String> attributes) {
    return new TableDefinition(indexes, kinds, attributes);
  }

  /** The kind of an item, where there is something to say of it. */
  Optional<ItemType> kind(Key key) {
    return kinds.stream().filter(kind -> kind.includes(key)).findFirst();
  }

  boolean isSynced(Key key) {
    return kind(key).filter(ItemType::isSynced).isPresent();
  }

  /** What must be read beside what is asked for, of items of some partition. */
  Set<String> needs(String partition) {
    Set<String> needs = new HashSet<>();
    kinds.stream()
        .filter(kind -> partition.startsWith(kind.partition()))
        .forEach(kind -> needs.addAll(kind.needs()));
    return needs;
  }

  /**
   * The item as it would have been written today; so, too, the items that it holds as attributes.
   */
  public Item upgrade(Item item) {
    Item upgraded = item;
    for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
      if (attribute.getValue().hasM() && attribute.getValue().m().containsKey(Key.PARTITION)) {
        Item part = new Item(attribute.getValue().m());
        upgraded = upgraded.with(Map.of(attribute.getKey(), upgrade(part)));
      }
    }
    Key key = item.key();
    Item whole = upgraded;
    return key == null ? whole : kind(key).map(kind -> kind.upgrade(whole)).orElse(whole);
  }

  /** The item as it is written today. */
  Item stamp(Key key, Item item) {
    return kind(key).map(kind -> kind.stamp(item)).orElse(item);
  }
}
