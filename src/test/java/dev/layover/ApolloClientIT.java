package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.RequiredTools;
import dev.screenful.kit.TestBench;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.LocalS3;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Apollo Client 4 on Node, as React Native apps use it, over HTTP against the development server.
 */
final class ApolloClientIT {

  /** The safelist of a deployed function. */
  private static final Map<String, String> CLOSED = Map.of("SAFELIST", "known-screens");

  private static final String SFO = "San Francisco";

  @BeforeEach
  void node() {
    RequiredTools.needNode();
  }

  private static JsonNode run(String scenario, Map<String, String> settings, String... token)
      throws IOException, InterruptedException {
    try (DevelopmentServer server = LayoverBench.shared().server(settings)) {
      return run(scenario, server, token);
    }
  }

  private static JsonNode run(String scenario, DevelopmentServer server, String... token)
      throws IOException, InterruptedException {
    String url = "http://localhost:" + server.port() + "/graphql";
    RequiredTools.Run run =
        token.length == 0
            ? RequiredTools.node("layover/apollo-client.mjs", scenario, url)
            : RequiredTools.node("layover/apollo-client.mjs", scenario, url, token[0]);
    assertThat(run.exit()).as(run.output()).isZero();
    return new ObjectMapper().readTree(run.output());
  }

  private static JsonNode run(String scenario) throws IOException, InterruptedException {
    return run(scenario, Map.of());
  }

  @Test
  void an_object_is_cached_once_and_a_mutation_changes_it_on_all_screens()
      throws IOException, InterruptedException {
    JsonNode seen = run("cache", CLOSED, LayoverBench.shared().tokens().token("traveller-2"));

    assertThat(seen.get("seen").toString()).isEqualTo("[false,true]");
    assertThat(seen.get("kept"))
        .extracting(JsonNode::asText)
        .contains("Flight:Flight:RQ204-2026-01-18", "Airport:Airport:DFW")
        .doesNotHaveDuplicates();
    assertThat(seen.at("/destination/__ref").asText()).startsWith("Airport:Airport:");
    assertThat(seen.get("sent")).hasSize(4);
  }

  @Test
  void a_picture_is_uploaded_and_confirmed() throws IOException, InterruptedException {
    try (LocalS3 uploads = new LocalS3(0, List.of(), TestBench.CLOCK);
        DevelopmentServer server = LayoverBench.shared().server(uploads)) {
      JsonNode seen = run("upload", server, LayoverBench.shared().tokens().token("traveller-2"));

      assertThat(seen.get("type").asText()).isEqualTo("image/png");
      assertThat(seen.get("text").asText()).isEqualTo("a picture from JavaScript");
    }
  }

  /** Only the ids of the build are answered, so the generated documents must have them. */
  @Test
  void the_app_of_the_documentation_is_strict_typescript_that_syncs_offline()
      throws IOException, InterruptedException {
    JsonNode app;
    try (DevelopmentServer server =
        LayoverBench.shared()
            .server(Map.of("SAFELIST", "known-screens", "PERSISTED_QUERIES", "off"))) {
      RequiredTools.Run run =
          RequiredTools.node(
              "app.mjs",
              "http://localhost:" + server.port() + "/graphql",
              LayoverBench.shared().tokens().token("traveller-2"));
      assertThat(run.exit()).as(run.output()).isZero();
      app = new ObjectMapper().readTree(run.output());
    }

    assertThat(app.get("errors")).isEmpty();
    JsonNode seen = app.get("seen");
    JsonNode first = seen.at("/0/ids");
    assertThat(first).hasSizeGreaterThan(3);
    assertThat(seen.at("/0/seats")).isNotEmpty();
    assertThat(seen.at("/1/ids")).hasSize(first.size() + 1);
    assertThat(seen.at("/1/requests").asInt()).isEqualTo(1);
    assertThat(seen.at("/2/ids")).isEqualTo(first);
    assertThat(seen.at("/3/ids")).isEqualTo(first);
    assertThat(seen.at("/3/requests").asInt()).isEqualTo(2);
    assertThat(app.get("sent")).noneMatch(body -> body.has("query"));
    assertThat(app.get("refused").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(app.get("offline")).isEqualTo(seen.at("/3/seats"));
  }

  @Test
  void a_persisted_query_is_registered_in_two_steps_and_then_sent_by_hash()
      throws IOException, InterruptedException {
    JsonNode seen = run("persisted");

    assertThat(seen.get("cities").toString())
        .isEqualTo("[\"San Francisco\",\"Austin\",\"Dallas-Fort Worth\"]");
    assertThat(seen.get("sent"))
        .extracting(request -> request.get("body").has("query"))
        .containsExactly(false, true, false, false);
  }

  @Test
  void without_persisted_queries_the_client_sends_documents()
      throws IOException, InterruptedException {
    JsonNode seen = run("persisted", Map.of("PERSISTED_QUERIES", "off"));

    assertThat(seen.at("/cities/0").asText()).isEqualTo(SFO);
    assertThat(seen.get("sent"))
        .extracting(
            request -> request.get("body").has("query"),
            request -> request.at("/body/extensions").has("persistedQuery"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(false, true),
            org.assertj.core.groups.Tuple.tuple(true, false),
            org.assertj.core.groups.Tuple.tuple(true, false),
            org.assertj.core.groups.Tuple.tuple(true, false));
  }

  /** Without persisted queries, only the ids of manifests are answered. */
  @Test
  void the_hashes_that_the_client_sends_are_the_ids_of_the_manifest_and_known_without_a_release()
      throws IOException, InterruptedException {
    JsonNode seen =
        run(
            "manifest",
            Map.of("SAFELIST", "known-screens", "PERSISTED_QUERIES", "off"),
            LayoverBench.shared().tokens().token("traveller-2"));

    assertThat(seen.get("hashes"))
        .hasSize(LayoverBench.shared().screens().size())
        .isEqualTo(seen.get("manifest"));
    assertThat(seen.get("sent"))
        .hasSize(LayoverBench.shared().screens().size())
        .noneMatch(request -> request.get("body").has("query"));
  }

  @Test
  void a_batch_is_one_request_and_an_error_stays_with_its_query()
      throws IOException, InterruptedException {
    JsonNode seen = run("batch", Map.of("BATCH_LIMIT", "10"));

    assertThat(seen.get("sent")).hasSize(1);
    assertThat(seen.at("/sent/0/body")).hasSize(3);
    assertThat(seen.get("results").toString())
        .isEqualTo("[\"San Francisco\",\"NOT_FOUND\",\"Austin\"]");
  }

  @Test
  void each_error_policy_gets_the_documented_data_and_errors()
      throws IOException, InterruptedException {
    JsonNode seen = run("errors");

    assertThat(seen.at("/none/thrown").asBoolean()).isTrue();
    assertThat(seen.at("/none/code").asText()).isEqualTo("NOT_FOUND");
    assertThat(seen.at("/ignore/data/airport/city").asText()).isEqualTo(SFO);
    assertThat(seen.at("/ignore/code").isMissingNode()).isTrue();
    assertThat(seen.at("/all/data/airport/city").asText()).isEqualTo(SFO);
    assertThat(seen.at("/all/data/flight").isNull()).isTrue();
    assertThat(seen.at("/all/code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_request_that_did_not_arrive_is_retried() throws IOException, InterruptedException {
    JsonNode seen = run("retry");

    assertThat(seen.get("attempts").asInt()).isEqualTo(2);
    assertThat(seen.get("city").asText()).isEqualTo(SFO);
  }

  @Test
  void a_deferred_part_is_in_the_complete_response() throws IOException, InterruptedException {
    JsonNode seen = run("defer");

    assertThat(seen.at("/sent/0/accept").asText()).contains("multipart/mixed");
    assertThat(seen.at("/sent/0/body/query").asText()).contains("@defer");
    assertThat(seen.at("/sent/0/type").asText()).startsWith("application/graphql-response+json");
    assertThat(seen.at("/data/flight/number").asText()).isEqualTo("PQ 142");
    assertThat(seen.at("/data/flight/origin/city").asText()).isEqualTo("Dallas-Fort Worth");
    assertThat(seen.has("error")).isFalse();
  }

  @Test
  void a_clients_name_and_version_are_logged() throws IOException, InterruptedException {
    assertThat(run("awareness").get("city").asText()).isEqualTo(SFO);

    assertThat(
            LayoverBench.shared().logged("\"client\":\"layover-web\",\"clientVersion\":\"4.2.0\""))
        .hasSize(1);
  }

  @Test
  void a_node_is_cached_under_its_own_type() throws IOException, InterruptedException {
    JsonNode seen = run("node");

    assertThat(seen.at("/node/number").asText()).isEqualTo("PQ 142");
    assertThat(seen.get("kept"))
        .extracting(JsonNode::asText)
        .contains("Flight:Flight:PQ142-2026-01-17");
  }
}
