package dev.screenful.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type of items, recognised by the prefixes of their keys.
 *
 * @param partition the prefix of partition keys
 * @param sort the prefix of sort keys
 * @param upgrades the changes of the items' attributes, oldest first
 * @param isSynced whether clients keep these items: the partition is then an owner's, and each
 *     change is recorded in the owner's {@link ChangeLog}
 * @param dependsOn the key of the item that an item shows parts of, so that changes of that one
 *     count as its own; null, or a function that returns null, for items that depend on no other
 * @param cacheTime how long a function instance may answer eventually consistent reads from its
 *     cache; only for public data
 */
public record ItemType(
    String partition,
    String sort,
    List<Upgrade> upgrades,
    boolean isSynced,
    @Nullable Function<Item, @Nullable Key> dependsOn,
    Duration cacheTime) {

  /** The attribute with the version of the last upgrade that an item had. */
  static final String SCHEMA_VERSION = "schemaVersion";

  public ItemType {
    upgrades = List.copyOf(upgrades);
    for (int place = 1; place < upgrades.size(); place++) {
      if (upgrades.get(place).version() <= upgrades.get(place - 1).version()) {
        throw new IllegalArgumentException(
            "Upgrades of %s must have increasing versions; give the last one a greater version."
                .formatted(sort));
      }
    }
  }

  /** An item type by the prefixes of its partition keys and of its sort keys. */
  public static ItemType of(String partition, String sort) {
    return new ItemType(partition, sort, List.of(), false, null, Duration.ZERO);
  }

  /** This type, synced to the clients of its owner. */
  public ItemType synced() {
    return new ItemType(partition, sort, upgrades, true, dependsOn, cacheTime);
  }

  /** This type, whose items show parts of the item under the returned key; null for none. */
  public ItemType dependingOn(Function<Item, @Nullable Key> other) {
    return new ItemType(partition, sort, upgrades, isSynced, other, cacheTime);
  }

  /** This type, cached by each function instance for a time. */
  public ItemType cachedFor(Duration time) {
    return new ItemType(partition, sort, upgrades, isSynced, dependsOn, time);
  }

  /** This type, with one more upgrade. */
  public ItemType with(Upgrade upgrade) {
    List<Upgrade> more = new ArrayList<>(upgrades);
    more.add(upgrade);
    return new ItemType(partition, sort, more, isSynced, dependsOn, cacheTime);
  }

  boolean includes(Key key) {
    return key.partition().startsWith(partition) && key.sort().startsWith(sort);
  }

  /** The attributes that upgrades need, beside those of the projection. */
  Set<String> needs() {
    Set<String> needs = new HashSet<>();
    for (Upgrade upgrade : upgrades) {
      needs.addAll(upgrade.needs());
      needs.add(SCHEMA_VERSION);
    }
    return needs;
  }

  /** An item with all upgrades applied. */
  Item upgrade(Item item) {
    Item upgraded = item;
    for (Upgrade upgrade : upgrades) {
      if (upgrade.version() > version(item)) {
        upgraded = upgraded.with(upgrade.changes().apply(upgraded));
      }
    }
    return stamp(upgraded);
  }

  /** An item with the current schema version. */
  Item stamp(Item item) {
    return version() == 0 ? item : item.with(Map.of(SCHEMA_VERSION, version()));
  }

  /** Whether an item lacks an upgrade. */
  boolean isOutdated(Item item) {
    return version(item) < version();
  }

  /** The current schema version; 0 without upgrades. */
  int version() {
    return upgrades.isEmpty() ? 0 : upgrades.getLast().version();
  }

  private static int version(Item item) {
    return item.has(SCHEMA_VERSION) ? (int) item.number(SCHEMA_VERSION) : 0;
  }
}
