package dev.screenful.live;

import dev.screenful.dynamodb.ItemPage;
import dev.screenful.dynamodb.ScanItems;
import dev.screenful.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of live screens in a table. */
final class LiveItems {

  private LiveItems() {}

  /** The keys of all items, as {@code partition sort}. */
  static List<String> of(Table table) {
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
}
