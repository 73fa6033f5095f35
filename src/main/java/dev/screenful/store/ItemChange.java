package dev.screenful.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A change of an item, as a record of the table's stream tells it.
 *
 * @param sequence the number of the record
 * @param key the item's key
 * @param before the string attributes of the item before the change; empty if it is new
 * @param after the string attributes of the item after the change; empty if it was deleted
 */
public record ItemChange(
    String sequence, Key key, Map<String, String> before, Map<String, String> after) {

  /** All that this change concerns: the item, and the partitions that it was in or is in now. */
  public Set<Dependency> dependencies(TableDefinition table) {
    Set<Dependency> all = new HashSet<>();
    all.add(Dependency.item(key));
    all.add(Dependency.partition(key.partition()));
    forEachPlace(table, (index, place) -> all.add(Dependency.partition(index, place.partition())));
    return all;
  }

  /** A place in an index. */
  record Place(String partition, String sort) {}

  /** Calls back for the places in indexes where the item was, or is now. */
  void forEachPlace(TableDefinition table, BiConsumer<Index, Place> action) {
    for (Index index : table.indexes()) {
      Set<Place> places = new HashSet<>();
      for (Map<String, String> image : List.of(before, after)) {
        String partition = image.get(index.partition());
        String sort = image.get(index.sort());
        if (partition != null && sort != null) {
          places.add(new Place(partition, sort));
        }
      }
      places.forEach(place -> action.accept(index, place));
    }
  }
}
