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
 * Items of one kind, told by how their keys begin.
 *
 * @param partition how their partition keys begin
 * @param sort how their sort keys begin
 * @param upgrades the changes of what they look like, oldest first
 * @param isSynced whether their partition is an owner whose phones keep them, so that each change
 *     is noted in the owner's {@link ChangeLog}
 * @param shows the key of the item that an item shows parts of, so that its changes count as the
 *     item's own; null where it shows none
 * @param heldFor how long an environment may answer eventually consistent reads with what it has
 *     read before; only for what everyone may see
 */
public record ItemType(
    String partition,
    String sort,
    List<Upgrade> upgrades,
    boolean isSynced,
    @Nullable Function<Item, Key> shows,
    Duration heldFor) {

  /** The attribute that tells the version of the last upgrade that an item has had. */
  static final String SCHEMA_VERSION = "schemaVersion";

  public ItemType {
    upgrades = List.copyOf(upgrades);
    for (int place = 1; place < upgrades.size(); place++) {
      if (upgrades.get(place).version() <= upgrades.get(place - 1).version()) {
        throw new IllegalArgumentException(
            "Upgrades of %s have growing versions; give the last one a greater.".formatted(sort));
      }
    }
  }

  /** A kind by the beginnings of its partition keys and of its sort keys. */
  public static ItemType of(String partition, String sort) {
    return new ItemType(partition, sort, List.of(), false, null, Duration.ZERO);
  }

  /** This kind, kept by its owner's phones. */
  public ItemType synced() {
    return new ItemType(partition, sort, upgrades, true, shows, heldFor);
  }

  /** This kind, whose items show parts of other items. */
  public ItemType showing(Function<Item, Key> other) {
    return new ItemType(partition, sort, upgrades, isSynced, other, heldFor);
  }

  /** This kind, held in an environment for a time. */
  public ItemType held(Duration time) {
    return new ItemType(partition, sort, upgrades, isSynced, shows, time);
  }

  /** This kind, after one more change. */
  public ItemType with(Upgrade upgrade) {
    List<Upgrade> more = new ArrayList<>(upgrades);
    more.add(upgrade);
    return new ItemType(partition, sort, more, isSynced, shows, heldFor);
  }

  boolean includes(Key key) {
    return key.partition().startsWith(partition) && key.sort().startsWith(sort);
  }

  /** What must be read of an item beside what is asked for, so that it can be upgraded. */
  Set<String> needs() {
    Set<String> needs = new HashSet<>();
    for (Upgrade upgrade : upgrades) {
      needs.addAll(upgrade.needs());
      needs.add(SCHEMA_VERSION);
    }
    return needs;
  }

  /** The item as it would have been written today. */
  Item upgrade(Item item) {
    Item upgraded = item;
    for (Upgrade upgrade : upgrades) {
      if (upgrade.version() > version(item)) {
        upgraded = upgraded.with(upgrade.changes().apply(upgraded));
      }
    }
    return stamp(upgraded);
  }

  /** The item, marked as one that has had all upgrades. */
  Item stamp(Item item) {
    return version() == 0 ? item : item.with(Map.of(SCHEMA_VERSION, version()));
  }

  /** Whether there is an upgrade that the item has not had. */
  boolean isOld(Item item) {
    return version(item) < version();
  }

  /** The version that items are written with; 0 where there are no upgrades. */
  int version() {
    return upgrades.isEmpty() ? 0 : upgrades.getLast().version();
  }

  private static int version(Item item) {
    return item.has(SCHEMA_VERSION) ? (int) item.number(SCHEMA_VERSION) : 0;
  }
}
