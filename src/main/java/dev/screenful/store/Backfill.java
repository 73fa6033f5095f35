package dev.screenful.store;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Writes what reading would upgrade anyway, so that an {@link Upgrade} can be deleted some day. It
 * can be stopped at any time and goes on where it was: its place is in the table. While it runs,
 * the app goes on too; an item that is changed meanwhile is left to that change.
 */
public final class Backfill {

  /** Items read at once. */
  private static final int PAGE = 100;

  private static final Key PROGRESS = new Key("BACKFILL", "PROGRESS");
  private static final String UPGRADES = "upgrades";
  private static final String PARTITION = "afterPartition";
  private static final String SORT = "afterSort";

  /**
   * What a run has done.
   *
   * @param read items looked at
   * @param upgraded items written anew
   * @param isDone whether the whole table was looked at
   */
  public record Report(int read, int upgraded, boolean isDone) {}

  private final Table table;
  private final Store store;
  private final Transactions transactions;

  /** A backfill of a table, by the upgrades that its definition has. */
  public Backfill(Table table) {
    this.table = table;
    this.store = new Store(table, Deadline.distant()).consistent();
    this.transactions = new Transactions(store, InstantSource.system());
  }

  /**
   * Goes on, or begins.
   *
   * @param most how many items it looks at, then it stops
   */
  public Report run(int most) {
    Map<String, AttributeValue> start = start();
    int read = 0;
    int upgraded = 0;
    do {
      Map<String, AttributeValue> from = start;
      ScanResponse page =
          table
              .client()
              .scan(scan ->
                  scan.tableName(table.name())
                      .limit(PAGE)
                      .consistentRead(true)
                      .exclusiveStartKey(from));
      for (Map<String, AttributeValue> item : page.items()) {
        upgraded += upgrade(new Item(item)) ? 1 : 0;
      }
      read += page.items().size();
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
      remember(start);
    } while (start != null && read < most);
    return new Report(read, upgraded, start == null);
  }

  /** Whether it was written. */
  private boolean upgrade(Item item) {
    Key key = Objects.requireNonNull(item.key());
    ItemType kind = table.definition().kind(key).orElse(null);
    if (kind == null || !kind.isOld(item)) {
      return false;
    }
    Condition asRead = Condition.present();
    for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
      asRead = asRead.and(Condition.is(attribute.getKey(), attribute.getValue()));
    }
    return transactions.putOrFind(kind.upgrade(item), asRead) == null;
  }

  /** Where an earlier run stopped, unless other upgrades were to be made then. */
  private @Nullable Map<String, AttributeValue> start() {
    Item progress = store.get(PROGRESS, Projection.whole());
    if (progress == null
        || !progress.text(UPGRADES).equals(upgrades())
        || !progress.has(PARTITION)) {
      return null;
    }
    return new Key(progress.text(PARTITION), progress.text(SORT)).attributes();
  }

  private void remember(@Nullable Map<String, AttributeValue> start) {
    Map<String, @Nullable Object> progress = new HashMap<>();
    progress.put(UPGRADES, upgrades());
    progress.put(PARTITION, start == null ? null : Key.of(start).partition());
    progress.put(SORT, start == null ? null : Key.of(start).sort());
    new BulkWriter(table).write(List.of(Item.of(PROGRESS, progress)));
  }

  /** The version of each kind. */
  private String upgrades() {
    return table.definition().kinds().stream()
        .map(kind -> kind.partition() + kind.sort() + kind.version())
        .toList()
        .toString();
  }
}
