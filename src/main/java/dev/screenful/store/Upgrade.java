package dev.screenful.store;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An upgrade of the items of a type. It is applied when an older item is read.
 *
 * @param version the schema version after this upgrade, greater than that of the previous one; it
 *     stays the same when the previous one is deleted
 * @param needs attributes of the older item that the upgrade reads, beside the key
 * @param changes returns new and changed attributes
 */
public record Upgrade(int version, Set<String> needs, Function<Item, Map<String, ?>> changes) {

  public Upgrade {
    needs = Set.copyOf(needs);
  }
}
