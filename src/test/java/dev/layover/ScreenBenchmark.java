package dev.layover;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.local.LayoverBench;
import dev.screenful.aws.Endpoint;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.RecordedTransport;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalContext;
import dev.screenful.local.LocalDynamo;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
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

/**
 * A screen from the event to the response on a warm instance. The store's calls are answered from
 * memory.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScreenBenchmark {

  /** The name of the screen. */
  @Param({"Home", "AirportBoard", "FlightDetail"})
  public String screen = "";

  private @Nullable RequestStreamHandler handler;
  private byte[] event = new byte[0];

  /** Creates the instance, and the event of the screen's example. */
  @Setup
  public void prepare() throws IOException {
    TestBench bench = LayoverBench.shared();
    Endpoint endpoint = new Endpoint(bench.engine(), "us-east-1");
    handler =
        bench.handler(
            Map.of("SAFELIST", "known-screens"),
            LocalDynamo.client(endpoint, new RecordedTransport(new PooledTransport(endpoint))));
    event = event(bench);
    String response = new String(open(), StandardCharsets.UTF_8);
    if (!response.contains("\"statusCode\":200") || response.contains("\\\"errors\\\"")) {
      throw new IllegalStateException("The screen " + screen + " fails: " + response);
    }
  }

  private byte[] event(TestBench bench) throws IOException {
    Screen opened =
        Screen.folder(Path.of("schema/screens")).stream()
            .filter(known -> known.name().equals(screen))
            .findFirst()
            .orElseThrow();
    ScreenExample example = ScreenExample.of(opened, bench.examples());
    Map<String, Object> headers = new HashMap<>(Map.of("content-type", "application/json"));
    if (example.caller() != null) {
      headers.put("authorization", "Bearer " + bench.tokens().token(example.caller()));
    }
    String body =
        Phone.JSON.writeValueAsString(
            Map.of("query", opened.document(), "variables", example.variables()));
    return Phone.JSON.writeValueAsBytes(
        Map.of(
            "version",
            "2.0",
            "headers",
            headers,
            "requestContext",
            Map.of("requestId", "benchmark", "http", Map.of("method", "POST")),
            "body",
            body));
  }

  /** Opens the screen, and returns the response event. */
  @Benchmark
  public byte[] open() throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    Objects.requireNonNull(handler)
        .handleRequest(new ByteArrayInputStream(event), response, new LocalContext());
    return response.toByteArray();
  }
}
