package dev.screenful.kit;

import dev.screenful.local.TableStream;
import dev.screenful.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of a table's stream on the local engine, as an event of Lambda has them. */
public final class StreamRecords implements AutoCloseable {

  private final TableStream stream;

  StreamRecords(Table table) {
    this.stream = TableStream.open(table.client(), table.name());
  }

  /** All records since the last call. */
  public List<Map<String, @Nullable Object>> all() {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    List<Map<String, @Nullable Object>> next;
    do {
      next = stream.next();
      all.addAll(next);
    } while (!next.isEmpty());
    return all;
  }

  @Override
  public void close() {
    stream.close();
  }
}
