package dev.screenful.dynamodb;

import dev.screenful.aws.Endpoint;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A BatchGetItem of eight items: the client alone, and with the engine on this machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

  private static final Duration TIME = Duration.ofSeconds(8);
  private static final String TABLE = "calls";
  private static final List<Item> ITEMS = items();
  private static final BatchGetItem ALL =
      new BatchGetItem(
          TABLE,
          ITEMS.stream()
              .map(item -> Objects.requireNonNull(item.key()))
              .map(key -> Map.of("pk", key.partition(), "sk", key.sort()))
              .toList(),
          "#c, #n, #t",
          new Expressions(Map.of("#c", "code", "#n", "name", "#t", "timezone"), Map.of()),
          false);

  private static List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      items.add(
          Item.of(
              new Key("AIRPORT#" + number, "AIRPORT"),
              Map.of("code", "AUS", "name", "Austin Bergstrom", "timezone", "America/Chicago")));
    }
    return items;
  }

  /** The end of the wire: recorded responses in memory, or the engine over HTTP. */
  @Param({"memory", "engine"})
  public String transport = "";

  private @Nullable DynamoDb client;

  /** Creates the table and the client. */
  @Setup
  public void connect() {
    Endpoint endpoint = new Endpoint(TestBench.engine(), "us-east-1");
    Table table = new Table(LocalDynamo.client(TestBench.engine()), TABLE, TableDefinition.of());
    LocalDynamo.createTable(table.client(), table.name(), table.definition());
    new BulkWriter(table).write(ITEMS);
    Transport engine = new PooledTransport(endpoint);
    client =
        LocalDynamo.client(
            endpoint, transport.equals("memory") ? new RecordedTransport(engine) : engine);
  }

  /** Makes the call. */
  @Benchmark
  public int batchGetItem() {
    return Objects.requireNonNull(client).call(ALL, TIME).items().size();
  }
}
