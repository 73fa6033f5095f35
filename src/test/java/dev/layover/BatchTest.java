package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.kit.Wire;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests in one body, as Apollo's BatchHttpLink sends them. */
final class BatchTest {

  private static final String FLIGHT =
      "{\"query\": \"{ departures(airport: \\\"DFW\\\", first: 1) { edges { node { destination { code } } } } }\"}";

  private final Phone phone = LayoverBench.shared().stranger(Map.of("BATCH_LIMIT", "10"));

  private static String airport(String code) {
    return "{\"query\": \"query Of%s { airport(code: \\\"%s\\\") { city } }\"}"
        .formatted(code, code);
  }

  private static String batch(String... entries) {
    return "[" + String.join(",", entries) + "]";
  }

  @Test
  void entries_are_answered_in_their_order() {
    Phone.Reply reply = phone.send(batch(airport("SFO"), airport("AUS"), airport("DFW")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().findValuesAsText("city"))
        .containsExactly("San Francisco", "Austin", "Dallas-Fort Worth");
  }

  @Test
  void an_invalid_entry_gets_an_error_in_its_place_and_affects_no_other() {
    Phone.Reply reply =
        phone.send(
            batch(
                airport("SFO"),
                "7",
                "{\"query\": \"{ nope }\"}",
                "{\"query\": \"{\"}",
                "{\"variables\": {}}",
                "[" + airport("SFO") + "]",
                "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
                    .formatted("0".repeat(64)),
                airport("ZZZ"),
                airport("AUS")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .extracting(entry -> entry.at("/errors/0/extensions/code").asText())
        .containsExactly(
            "",
            "BAD_REQUEST",
            "GRAPHQL_VALIDATION_FAILED",
            "GRAPHQL_PARSE_FAILED",
            "BAD_REQUEST",
            "BAD_REQUEST",
            "PERSISTED_QUERY_NOT_FOUND",
            "NOT_FOUND",
            "");
    assertThat(reply.body().findValuesAsText("city")).containsExactly("San Francisco", "Austin");
  }

  @Test
  void queries_of_a_batch_share_reads_and_each_counts_its_own_items()
      throws JsonProcessingException {
    Phone single = LayoverBench.shared().stranger(Map.of()); // an instance with an empty cache
    Phone.Reply alone = single.send(FLIGHT);
    JsonNode one = lines(alone).getFirst();

    Phone batching = LayoverBench.shared().stranger(Map.of("BATCH_LIMIT", "10"));
    Phone.Reply reply = batching.send(batch(FLIGHT, FLIGHT, FLIGHT));
    List<JsonNode> lines = lines(reply);

    assertThat(lines).extracting(line -> line.get("entry").asInt()).containsExactly(0, 1, 2);
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.get("items")).isEqualTo(one.get("items"));
          assertThat(line.get("trips")).isEqualTo(one.get("trips"));
        });
    // the airport is read once for all three: each counts its own query and a third of that read
    double query = 0.5; // read units of an index query of less than 4 KB
    double airport = one.get("readUnits").asDouble() - query;
    assertThat(lines.stream().mapToDouble(line -> line.get("readUnits").asDouble() - query).sum())
        .isCloseTo(airport, within(0.01));
  }

  private static List<JsonNode> lines(Phone.Reply reply) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    return LayoverBench.shared().logged(reply.requestId()).stream()
        .map(line -> {
          try {
            return json.readTree(line);
          } catch (JsonProcessingException notJson) {
            throw new AssertionError(line, notJson);
          }
        })
        .toList();
  }

  private static String mutation(String field, String flight, String selection) {
    return "{\"query\": \"mutation { %s(input: {requestId: \\\"%s\\\", flightId: \\\"%s\\\"}) { %s } }\"}"
        .formatted(field, UUID.randomUUID(), flight, selection);
  }

  @Test
  void mutations_of_a_batch_run_in_order_and_see_earlier_writes() {
    Phone traveller =
        LayoverBench.phoneOf("traveller-2")
            .reaching(LayoverBench.shared().handler(Map.of("BATCH_LIMIT", "10")));
    String flight = "Flight:RQ157-2026-01-19";
    Supplier<String> follow =
        () -> mutation("followFlight", flight, "follow { flight { followed } }");
    Supplier<String> unfollow = () -> mutation("unfollowFlight", flight, "flight { followed }");

    Phone.Reply reply =
        traveller.send(
            batch(
                follow.get(),
                unfollow.get(),
                airport("SFO"),
                follow.get(),
                unfollow.get(),
                follow.get(),
                unfollow.get()));

    assertThat(reply.body().findValuesAsText("followed"))
        .containsExactly("true", "false", "true", "false", "true", "false");
    assertThat(reply.body().at("/2/data/airport/city").asText()).isEqualTo("San Francisco");
  }

  @Test
  void a_failed_store_call_affects_only_the_entries_that_need_it() {
    Wire failing =
        new Wire() {
          @Override
          protected void beforeSending(String operation, JsonNode request) {
            if (!operation.equals("Query")) {
              throw new IllegalStateException("The table does not answer.");
            }
          }
        };
    TestBench bench = LayoverBench.shared();
    Phone broken = phone.reaching(bench.handler(Map.of("BATCH_LIMIT", "10"), failing.client()));

    Phone.Reply reply =
        broken.send(
            batch(
                "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
                    .formatted("2".repeat(64)),
                FLIGHT,
                "{\"query\": \"{ departures(airport: \\\"DFW\\\", first: 1) { edges { node { number } } } }\"}",
                airport("SFO")));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .extracting(entry -> entry.at("/errors/0/extensions/code").asText())
        .containsExactly(
            "INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR", "", "INTERNAL_SERVER_ERROR");
    assertThat(reply.body().at("/1/data/departures/edges")).hasSize(1);
    assertThat(reply.body().at("/2/data/departures/edges/0/node/number").asText()).isNotEmpty();
    assertThat(reply.body().at("/0").has("data")).isFalse();
    assertThat(bench.logged(reply.requestId()))
        .anyMatch(line -> line.contains("finding a document"));
  }

  @Test
  void batches_are_refused_unless_they_are_configured() {
    Phone.Reply reply = LayoverBench.stranger().send(batch(airport("SFO")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
    assertThat(reply.message()).contains("Batches are disabled");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, 100})
  void an_empty_or_too_large_batch_is_refused_as_a_whole(int entries) {
    Phone.Reply reply =
        phone.send(
            batch(Collections.nCopies(entries, "{\"query\":\"{a}\"}").toArray(String[]::new)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isEqualTo("A batch must have 1 to 10 requests, not %d.", entries);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11", "-1", "many", ""})
  void an_invalid_batch_limit_prevents_the_start(String limit) {
    assertThatThrownBy(() -> LayoverBench.shared().settings(Map.of("BATCH_LIMIT", limit)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BATCH_LIMIT");
  }
}
