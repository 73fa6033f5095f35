package dev.screenful.store;

import dev.screenful.dynamodb.ItemPage;
import dev.screenful.dynamodb.ScanItems;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the upgrades of all items to the table, so that an {@link Upgrade} can be deleted later.
 * It can be stopped at any time and continues where it was, because its progress is stored in the
 * table. The app can run meanwhile: an item that changes during the upgrade is skipped, since the
 * change upgrades it too.
 */
public final class Backfill {

  /** Items read in one call. */
  private static final int PAGE = 100;

  private static final Key PROGRESS = new Key("BACKFILL", "PROGRESS");
  private static final String UPGRADES = "upgrades";
  private static final String PARTITION = "afterPartition";
  private static final String SORT = "afterSort";

  /**
   * The result of a run.
   *
   * @param read the number of items read
   * @param upgraded the number of items written
   * @param isDone whether the whole table has been read
   */
  public record Report(int read, int upgraded, boolean isDone) {}

  private final Table table;
  private final Store store;
  private final Transactions transactions;
  private final DynamoCalls calls;

  /** A backfill of a table with the upgrades of its definition. */
  public Backfill(Table table) {
    this.table = table;
    this.store = new Store(table, Deadline.distant()).consistent();
    this.transactions = new Transactions(store, InstantSource.system());
    this.calls = store.calls();
  }

  /**
   * Starts or continues the backfill.
   *
   * @param limit the number of items after which it stops, rounded up to a whole page
   */
  public Report run(int limit) {
    Map<String, ?> start = start();
    int read = 0;
    int upgraded = 0;
    do {
      ItemPage page = calls.make(new ScanItems(table.name(), start, PAGE));
      for (Map<String, @Nullable Object> item : page.items()) {
        upgraded += upgrade(new Item(item)) ? 1 : 0;
      }
      read += page.items().size();
      start = page.lastKey();
      saveProgress(start);
    } while (start != null && read < limit);
    return new Report(read, upgraded, start == null);
  }

  /** Upgrades an item, and returns whether it was written. */
  private boolean upgrade(Item item) {
    Key key = Objects.requireNonNull(item.key());
    ItemType type = table.definition().itemType(key).orElse(null);
    if (type == null || !type.isOutdated(item)) {
      return false;
    }
    Condition unchanged = Condition.present();
    for (Map.Entry<String, @Nullable Object> attribute : item.attributes().entrySet()) {
      unchanged = unchanged.and(Condition.is(attribute.getKey(), attribute.getValue()));
    }
    return transactions.putIf(type.upgrade(item), unchanged) == null;
  }

  /** The key at which an earlier run with the same upgrades stopped. */
  private @Nullable Map<String, String> start() {
    Item progress = store.get(PROGRESS, Projection.whole());
    if (progress == null
        || !progress.text(UPGRADES).equals(upgrades())
        || !progress.has(PARTITION)) {
      return null;
    }
    return new Key(progress.text(PARTITION), progress.text(SORT)).attributes();
  }

  private void saveProgress(@Nullable Map<String, ?> start) {
    Map<String, @Nullable Object> progress = new HashMap<>();
    progress.put(UPGRADES, upgrades());
    progress.put(PARTITION, start == null ? null : Key.of(start).partition());
    progress.put(SORT, start == null ? null : Key.of(start).sort());
    new BulkWriter(table).write(List.of(Item.of(PROGRESS, progress)));
  }

  /** The schema version of each item type. */
  private String upgrades() {
    return table.definition().itemTypes().stream()
        .map(type -> type.partition() + type.sort() + type.version())
        .toList()
        .toString();
  }
}
