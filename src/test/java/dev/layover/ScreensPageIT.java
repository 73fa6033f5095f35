package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.RequiredTools;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of all screens in a real browser, and the fixtures of their responses. */
final class ScreensPageIT {

  @Test
  void apollo_client_caches_the_fixture_of_each_screen() throws IOException, InterruptedException {
    RequiredTools.needNode();

    RequiredTools.Run run =
        RequiredTools.node("layover/fixtures.mjs", "target/clients", "target/fixtures");

    assertThat(run.exit()).as(run.output()).isZero();
    JsonNode cached = new ObjectMapper().readTree(run.output());
    List<String> unchanged = new ArrayList<>();
    cached.get("unchanged").forEach(name -> unchanged.add(name.asText()));
    assertThat(unchanged)
        .isEqualTo(LayoverBench.shared().screens().stream().map(Screen::name).toList());
    assertThat(cached.get("objects").toString()).contains("Flight:Flight:", "Booking:Booking:");
  }

  @Test
  void all_screens_fit_on_one_page_in_light_and_dark_mode_on_desktop_and_phone()
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    RequiredTools.needChromium();
    try (DevelopmentServer server = LayoverBench.shared().server()) {
      String origin = "http://localhost:" + server.port();

      RequiredTools.Run run =
          RequiredTools.node("layover/screens.mjs", origin, "target/screens/index.html", "target");

      assertThat(run.exit()).as(run.output()).isZero();
      JsonNode seen = new ObjectMapper().readTree(run.output());
      assertThat(seen.get("failures")).isEmpty();
      for (String name : new String[] {"light", "dark", "phone", "live"}) {
        JsonNode page = seen.get("pages").get(name);
        assertThat(page.get("cards"))
            .extracting(JsonNode::asText)
            .containsExactlyInAnyOrderElementsOf(
                LayoverBench.shared().screens().stream().map(Screen::name).toList());
        assertThat(page.get("over").asInt()).as(name).isZero();
        assertThat(page.get("tooWide").asBoolean()).as(name).isFalse();
        assertThat(page.get("text").asText())
            .contains(
                LayoverBench.shared().screens().size() + " screens",
                "The seat map of a flight, to choose a seat.",
                "per million");
      }
      assertThat(seen.at("/pages/light/bars").asInt())
          .isEqualTo(3 * LayoverBench.shared().screens().size());
      assertThat(seen.at("/pages/light/tables").asInt()).isEqualTo(1);
      assertThat(seen.at("/pages/light/text").asText()).contains("departures", "nearby");
      assertThat(seen.at("/pages/live/text").asText())
          .contains("Not measured here, because it changes data.");
      assertThat(seen.at("/pages/light/background"))
          .isNotEqualTo(seen.at("/pages/dark/background"));
      assertThat(seen.get("opened").asText()).contains("SeatMap");
      assertThat(seen.get("requested"))
          .extracting(JsonNode::asText)
          .allMatch(
              url -> url.startsWith("file:") || url.startsWith(origin) || url.startsWith("data:"));
      assertThat(Path.of("target/screens-light.png")).isNotEmptyFile();
    }
  }
}
