package dev.screenful.store;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A change of what items of a kind look like: what items have that were written after it, and how
 * the older ones get it when they are read.
 *
 * @param version the schema version that it makes, greater than that of the upgrade before; it
 *     stays the same when that is deleted
 * @param needs attributes of the older item that are needed; its key is always there
 * @param changes makes the attributes that are new, or other than they were
 */
public record Upgrade(int version, Set<String> needs, Function<Item, Map<String, ?>> changes) {

  public Upgrade {
    needs = Set.copyOf(needs);
  }
}
