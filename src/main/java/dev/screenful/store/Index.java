package dev.screenful.store;

import java.util.HashSet;
import java.util.Set;

/**
 * A sparse global secondary index. It contains the items that have both of its key attributes, with
 * the included attributes only. If a query needs more, it reads the keys from the index and the
 * items from the table in one batch. So include the attributes that screens show, and no others.
 *
 * @param name its name in the table
 * @param partition the attribute that is the index's partition key, a string
 * @param sort the attribute that is the index's sort key, a string
 * @param included the other attributes in the index
 */
public record Index(String name, String partition, String sort, Set<String> included) {

  public Index {
    included = Set.copyOf(included);
  }

  /** Whether the index contains all attributes of a projection. */
  boolean covers(Projection projection) {
    Set<String> contained = new HashSet<>(included);
    contained.addAll(Set.of(partition, sort, Key.PARTITION, Key.SORT));
    return contained.containsAll(projection.attributes());
  }
}
