package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.RequiredTools;
import dev.layover.local.TestBench;
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
    try (DevelopmentServer server = TestBench.shared().server(settings)) {
      return run(scenario, server, token);
    }
  }

  private static JsonNode run(String scenario, DevelopmentServer server, String... token)
      throws IOException, InterruptedException {
    String url = "http://localhost:" + server.port() + "/graphql";
    RequiredTools.Run run =
        token.length == 0
            ? RequiredTools.node("apollo-client.mjs", scenario, url)
            : RequiredTools.node("apollo-client.mjs", scenario, url, token[0]);
    assertThat(run.exit()).as(run.output()).isZero();
    return new ObjectMapper().readTree(run.output());
  }

  private static JsonNode run(String scenario) throws IOException, InterruptedException {
    return run(scenario, Map.of());
  }

  @Test
  void an_object_is_cached_once_and_a_mutation_changes_it_on_all_screens()
      throws IOException, InterruptedException {
    JsonNode seen = run("cache", CLOSED, TestBench.shared().tokens().token("traveller-2"));

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
        DevelopmentServer server = TestBench.shared().server(uploads)) {
      JsonNode seen = run("upload", server, TestBench.shared().tokens().token("traveller-2"));

      assertThat(seen.get("type").asText()).isEqualTo("image/png");
      assertThat(seen.get("text").asText()).isEqualTo("a picture from JavaScript");
    }
  }

  @Test
  void trips_are_stored_offline_and_synced() throws IOException, InterruptedException {
    JsonNode seen =
        run("offline", CLOSED, TestBench.shared().tokens().token("traveller-2")).get("seen");

    JsonNode first = seen.at("/0/ids");
    assertThat(first).hasSizeGreaterThan(3);
    assertThat(seen.at("/1/ids")).hasSize(first.size() + 1);
    assertThat(seen.at("/1/requests").asInt()).isEqualTo(1);
    assertThat(seen.at("/2/ids")).isEqualTo(first);
    assertThat(seen.at("/3/ids")).isEqualTo(first);
    assertThat(seen.at("/3/requests").asInt()).isEqualTo(2);
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

  @Test
  void the_ids_of_the_manifest_are_the_hashes_that_the_client_sends()
      throws IOException, InterruptedException {
    JsonNode seen = run("manifest", CLOSED, TestBench.shared().tokens().token("traveller-2"));

    assertThat(seen.get("hashes"))
        .hasSize(TestBench.screens().size())
        .isEqualTo(seen.get("manifest"));
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

    assertThat(TestBench.shared().logged("\"client\":\"layover-web\",\"clientVersion\":\"4.2.0\""))
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
