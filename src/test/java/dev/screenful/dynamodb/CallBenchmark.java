package dev.screenful.dynamodb;

import dev.layover.Airports;
import dev.layover.local.TestBench;
import dev.screenful.aws.Endpoint;
import dev.screenful.local.LocalDynamo;
import java.time.Duration;
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

/** A BatchGetItem of eight airports: the client alone, and with the engine on this machine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

  private static final Duration TIME = Duration.ofSeconds(8);
  private static final BatchGetItem AIRPORTS =
      new BatchGetItem(
          "layover",
          List.of("ATL", "AUS", "DFW", "EWR", "JFK", "LAX", "ORD", "SFO").stream()
              .map(Airports::key)
              .map(key -> Map.of("pk", key.partition(), "sk", key.sort()))
              .toList(),
          "#c, #n, #t",
          new Expressions(Map.of("#c", "code", "#n", "name", "#t", "timezone"), Map.of()),
          false);

  /** The end of the wire: recorded responses in memory, or the engine over HTTP. */
  @Param({"memory", "engine"})
  public String transport = "";

  private @Nullable DynamoDb client;

  /** Creates the client. */
  @Setup
  public void connect() {
    Endpoint endpoint = new Endpoint(TestBench.shared().engine(), "us-east-1");
    Transport engine = new ConnectionPool(endpoint);
    client =
        LocalDynamo.client(
            endpoint, transport.equals("memory") ? new RecordedTransport(engine) : engine);
  }

  /** Makes the call. */
  @Benchmark
  public int batchGetItem() {
    return Objects.requireNonNull(client).call(AIRPORTS, TIME).items().size();
  }
}
