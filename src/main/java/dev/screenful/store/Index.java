package dev.screenful.store;

import java.util.HashSet;
import java.util.Set;

/**
 * A global secondary index, sparse: it holds the items that have both of its key attributes, and of
 * them only the included attributes. A query whose projection the index does not hold reads keys
 * from it and the rest from the table in one batch, so an index needs to hold what screens show,
 * not what someone may ask one day.
 *
 * @param name its name in the table
 * @param partition attribute that is the index's partition key, a text
 * @param sort attribute that is the index's sort key, a text
 * @param included further attributes it holds
 */
public record Index(String name, String partition, String sort, Set<String> included) {

  public Index {
    included = Set.copyOf(included);
  }

  /** Whether every attribute of the projection can be read from the index alone. */
  boolean covers(Projection projection) {
    Set<String> held = new HashSet<>(included);
    held.addAll(Set.of(partition, sort, Key.PARTITION, Key.SORT));
    return held.containsAll(projection.attributes());
  }
}
