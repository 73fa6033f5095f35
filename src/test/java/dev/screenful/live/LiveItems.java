package dev.screenful.live;

import dev.screenful.dynamodb.ItemPage;
import dev.screenful.dynamodb.ScanItems;
import dev.screenful.kit.TestBench;
import dev.screenful.notes.Notes;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The items of live screens in a table. */
public final class LiveItems {

  private LiveItems() {}

  /** The keys of all items, as {@code partition sort}. */
  public static List<String> of(Table table) {
    List<String> keys = new ArrayList<>();
    Map<String, @Nullable Object> start = null;
    do {
      ItemPage page =
          table.client().call(new ScanItems(table.name(), start, 1000), Duration.ofSeconds(10));
      page.items().stream()
          .map(item -> item.get("pk") + " " + item.get("sk"))
          .filter(key -> key.startsWith("LIVE#"))
          .forEach(keys::add);
      start = page.lastKey();
    } while (start != null);
    return keys;
  }

  /** Gives a notebook another title, as an import would. */
  static void rename(TestBench bench, String code, String title) {
    Store store = new Store(bench.table(), Deadline.in(Duration.ofSeconds(10)));
    Item notebook =
        Objects.requireNonNull(store.consistent().get(Notes.notebookKey(code), Projection.whole()));
    new BulkWriter(bench.table()).write(List.of(notebook.with(Map.of("title", title))));
  }
}
