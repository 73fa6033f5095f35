package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.RequiredTools;
import dev.screenful.kit.TestBench;
import dev.screenful.local.AppPages;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.Exchange;
import dev.screenful.local.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page {@code /live} in a real browser, with a server that restarts. */
final class LivePageIT {

  private static final Path BUNDLE =
      Path.of("src/main/resources/dev/layover/local/live/apollo-client.js");

  private final TestBench bench = LayoverBench.shared().fresh();
  private DevelopmentServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    RequiredTools.needNode();
    server = start(0);
    port = server.port();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private DevelopmentServer start(int onPort) throws IOException {
    return new DevelopmentServer(
        onPort,
        bench.app(),
        new AppPages(bench.development()),
        bench.settings(),
        bench.table().client(),
        bench.tokens(),
        bench::examples,
        TestBench.CLOCK,
        bench.log());
  }

  /** Stops the server, or starts it again on the same port. */
  private void control(Exchange exchange) throws IOException {
    if (exchange.path().equals("/stop")) {
      server.close();
    } else {
      server = start(port);
    }
    exchange.respond(204);
  }

  @Test
  void phones_show_each_change_at_once_and_again_after_a_restart_of_the_server()
      throws IOException, InterruptedException {
    RequiredTools.needChromium();
    Path screenshot = Path.of("target/live.png");
    try (LoopbackServer control = new LoopbackServer(0)) {
      control.start(this::control);

      RequiredTools.Run run =
          RequiredTools.node(
              "layover/live.mjs",
              "http://localhost:" + server.port(),
              "http://localhost:" + control.port(),
              screenshot.toString());

      assertThat(run.exit()).as(run.output()).isZero();
      JsonNode seen = new ObjectMapper().readTree(run.output());
      assertThat(seen.get("failures")).isEmpty();
      assertThat(seen.get("before").asText()).isNotIn("D22", "E7");
      assertThat(seen.get("isHighlighted").asBoolean()).isTrue();
      assertThat(seen.get("spoken").asText()).contains("gate D22, Delayed");
      assertThat(seen.get("booked").asInt()).isEqualTo(1);
      assertThat(seen.get("status").asText()).isEqualTo("On time");
      assertThat(seen.get("isNotReloaded").asBoolean()).isTrue();
      assertThat(seen.get("requested"))
          .isNotEmpty()
          .allSatisfy(url -> {
            assertThat(URI.create(url.asText()).getHost()).isEqualTo("localhost");
            assertThat(URI.create(url.asText()).getPort()).isEqualTo(port);
          });
      assertThat(screenshot).isNotEmptyFile();
    }
  }

  @Test
  void the_bundle_of_the_page_is_what_its_script_writes() throws IOException, InterruptedException {
    Path written = Path.of("target/apollo-client.js");

    RequiredTools.Run run = RequiredTools.node("layover/bundle.mjs", written.toString());

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(written).hasSameTextualContentAs(BUNDLE);
  }
}
