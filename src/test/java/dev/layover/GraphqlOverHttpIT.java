package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.RequiredTools;
import dev.screenful.local.DevelopmentServer;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The audits of the npm package {@code graphql-http}, by the authors of the specification.
 *
 * @see <a href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</a>
 */
final class GraphqlOverHttpIT {

  /** Optional audits of GET requests, which the API does not serve. */
  private static final Set<String> GET_AUDITS = Set.of("5A70", "D6D5", "6A70");

  @Test
  void all_audits_pass_except_optional_ones_with_get() throws IOException, InterruptedException {
    RequiredTools.needNode();
    try (DevelopmentServer server = LayoverBench.shared().server()) {

      RequiredTools.Run run =
          RequiredTools.node("audit.mjs", "http://localhost:" + server.port() + "/graphql");

      assertThat(run.exit()).as(run.output()).isZero();
      JsonNode audits = new ObjectMapper().readTree(run.output());
      Set<String> notPassed = new TreeSet<>();
      for (JsonNode audit : audits) {
        if (!audit.get("status").asText().equals("ok")) {
          notPassed.add(audit.get("id").asText());
          assertThat(audit.get("status").asText()).as("%s", audit).isEqualTo("notice");
        }
      }
      assertThat(audits).hasSize(61);
      assertThat(notPassed).isEqualTo(new TreeSet<>(GET_AUDITS));
    }
  }
}
