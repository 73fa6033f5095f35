package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.RequiredTools;
import dev.screenful.local.DevelopmentServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** GraphiQL in a real browser. */
final class GraphiqlIT {

  @Test
  void the_screens_are_tabs_that_show_data_also_live_and_no_request_leaves_this_machine()
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    RequiredTools.needChromium();
    try (DevelopmentServer server = LayoverBench.shared().fresh().server()) {
      String origin = "http://localhost:" + server.port();
      Path screenshot = Path.of("target/graphiql.png");

      RequiredTools.Run run =
          RequiredTools.node("layover/graphiql.mjs", origin, screenshot.toString());

      assertThat(run.exit()).as(run.output()).isZero();
      JsonNode seen = new ObjectMapper().readTree(run.output());
      assertThat(seen.get("tabs"))
          .extracting(JsonNode::asText)
          .contains("Home", "AirportBoard", "SeatMap");
      assertThat(seen.at("/home/data/me/name").asText()).isEqualTo("First traveller");
      assertThat(seen.at("/home/data/departures/edges")).isNotEmpty();
      assertThat(seen.at("/board/data/airport/name").asText())
          .isEqualTo("Dallas Fort Worth International Airport");
      assertThat(seen.at("/board/data/departures/edges")).hasSize(20);
      assertThat(seen.at("/before/data/flight/gate").asText()).isNotEqualTo("Z99");
      assertThat(seen.at("/after/data/flight/gate").asText()).isEqualTo("Z99");
      assertThat(seen.get("failures")).isEmpty();
      assertThat(seen.get("requested"))
          .isNotEmpty()
          .allSatisfy(url -> assertThat(URI.create(url.asText()).getHost()).isEqualTo("localhost"));
      assertThat(screenshot).isNotEmptyFile();
    }
  }
}
