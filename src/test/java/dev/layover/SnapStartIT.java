package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.PackageTests;
import dev.screenful.kit.TestBench;
import dev.screenful.local.RuntimeApi;
import dev.screenful.local.ScreenOpener;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package with SnapStart, under the real runtime interface client. */
final class SnapStartIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> reads = Collections.synchronizedList(new ArrayList<>());

  /** An issuer whose keys are read before the snapshot, which shows that the hooks run. */
  private HttpServer issuer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String uri = "http://localhost:" + server.getAddress().getPort();
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          reads.add(path);
          byte[] json =
              (path.equals("/keys")
                      ? "{\"keys\":[]}"
                      : "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(uri, uri))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void the_function_is_primed_before_its_snapshot_and_answers_after_it(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    HttpServer issuer = issuer();
    try (RuntimeApi api = new RuntimeApi()) {
      ProcessBuilder builder =
          PackageTests.runtime(LayoverBench.shared(), api).redirectOutput(output.toFile());
      builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      builder.environment().put("CLIENT_IDS", "app");
      builder.environment().put("ISSUER", "http://localhost:" + issuer.getAddress().getPort());
      builder
          .environment()
          .put( // as the managed runtime does
              "JAVA_TOOL_OPTIONS", "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
      Process runtime = builder.start();
      try {
        api.awaitCheckpoint();
        assertThat(reads).contains("/keys");
        assertThat(Files.readString(output))
            .doesNotContain("\"level\":"); // every part of the preparation has succeeded

        api.restore();
        for (int time = 0; time < 2; time++) {
          JsonNode response = JSON.readTree(api.invoke(event()));
          assertThat(response.at("/statusCode").asInt()).as("%s", response).isEqualTo(200);
          assertThat(JSON.readTree(response.get("body").asText()).at("/data/departures/edges"))
              .hasSize(20);
        }
        assertThat(Files.readString(output)).contains("\"screen\":\"AirportBoard\"");
      } finally {
        runtime.destroyForcibly();
        issuer.stop(0);
      }
    }
  }

  private static String event() {
    TestBench bench = LayoverBench.shared();
    Screen screen = bench.screen("AirportBoard");
    ScreenExample example = ScreenExample.of(screen, bench.examples());
    return new String(ScreenOpener.event(screen, example, bench.tokens()), StandardCharsets.UTF_8);
  }
}
