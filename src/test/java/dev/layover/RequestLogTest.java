package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The log line of a request. */
final class RequestLogTest {

  private static JsonNode line(Phone.Reply reply) throws JsonProcessingException {
    List<String> lines = LayoverBench.shared().logged(reply.requestId());
    assertThat(lines).hasSize(1);
    return new ObjectMapper().readTree(lines.getFirst());
  }

  @Test
  void a_request_writes_one_line_with_caller_operation_and_cost() throws JsonProcessingException {
    Phone.Reply reply =
        LayoverBench.phoneOf("traveller-1")
            .reaching(LayoverBench.shared().handler(Map.of())) // an instance with an empty cache
            .ask(
                "query Hello { airport(code: \"SFO\") { name } departures(airport: \"SFO\", first: 2) { edges { node { id } } } }");

    JsonNode line = line(reply);
    assertThat(line.get("operation").asText()).isEqualTo("Hello");
    assertThat(line.get("caller").asText()).isEqualTo("traveller-1");
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("items").asInt())
        .isEqualTo(4); // an airport, two flights, and a third one to detect a next page
    assertThat(line.get("trips").asInt()).isEqualTo(2);
    assertThat(line.get("bytes").asInt()).isEqualTo(reply.body().toString().length());
    assertThat(line.get("ms").isNumber()).isTrue();
  }

  @Test
  void a_refused_request_is_logged_too() throws JsonProcessingException {
    JsonNode line = line(LayoverBench.stranger().send("not JSON"));
    assertThat(line.get("status").asInt()).isEqualTo(400);
    assertThat(line.get("caller").isNull()).isTrue();
  }

  @Test
  void the_reason_for_a_refused_token_is_logged_but_not_returned() throws JsonProcessingException {
    Phone.Reply reply =
        LayoverBench.stranger().with("authorization", "Basic x").ask("{ me { id } }");
    assertThat(line(reply).get("refused").asText()).contains("not Bearer");
    assertThat(reply.body().toString()).doesNotContain("Bearer");
  }

  @Test
  void the_line_contains_the_clients_name() throws JsonProcessingException {
    JsonNode line =
        line(
            LayoverBench.stranger()
                .with("apollographql-client-name", "layover-ios")
                .with("apollographql-client-version", "2.1.0")
                .ask("{ me { id } }"));

    assertThat(line.get("client").asText()).isEqualTo("layover-ios");
    assertThat(line.get("clientVersion").asText()).isEqualTo("2.1.0");
  }

  @Test
  void a_client_can_neither_forge_a_line_nor_fill_it() throws JsonProcessingException {
    JsonNode line =
        line(
            LayoverBench.stranger()
                .with("apollographql-client-name", "x\"}\n{\"level\":\"ERROR\"")
                .with("apollographql-client-version", "9".repeat(5000))
                .ask("{ me { id } }"));

    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("clientVersion").asText()).hasSize(64);
  }

  @Test
  void a_line_contains_only_variables_that_a_known_screen_marks_as_logged() throws IOException {
    String board = Files.readString(Path.of("schema/screens/AirportBoard.graphql"));
    Map<String, Object> variables =
        Map.of("airport", "SFO", "from", "2026-01-15T14:00:00Z", "after", "a secret place");
    JsonNode known = line(LayoverBench.stranger().ask(board, variables));
    assertThat(known.get("variables").toString()).isEqualTo("{\"airport\":\"SFO\"}");
    assertThat(known.toString()).doesNotContain("secret", "14:00");

    JsonNode longest =
        line(LayoverBench.stranger().ask(board, Map.of("airport", "x\n".repeat(1000))));
    assertThat(longest.at("/variables/airport").asText()).hasSize(64);

    JsonNode strangers =
        line(
            LayoverBench.stranger()
                .ask(
                    "query AirportBoard($airport: ID! @logged) { airport(code: $airport) { code } }",
                    Map.of("airport", "SFO")));
    assertThat(strangers.has("variables")).isFalse();
  }

  @Test
  void metrics_have_names_for_known_screens_and_apps_only() throws JsonProcessingException {
    Phone phone =
        LayoverBench.shared()
            .stranger(
                Map.of("METRICS_NAMESPACE", "Layover", "CLIENTS", "layover-ios/2.1.0,layover-web"));
    String home =
        "query SearchAirports($text: String!) { searchAirports(text: $text, first: 8) { id code name city country } }";

    JsonNode known =
        line(
            phone
                .with("apollographql-client-name", "layover-ios")
                .with("apollographql-client-version", "2.1.0")
                .ask(home, Map.of("text", "san")));
    JsonNode unknown =
        line(
            phone
                .with("apollographql-client-name", "layover-ios")
                .with("apollographql-client-version", "6.6.6")
                .ask("query SearchAirports { me { id } }"));
    JsonNode anyVersion =
        line(
            phone
                .with("apollographql-client-name", "layover-web")
                .ask(home, Map.of("text", "san")));

    Phone.Reply preflight = phone.send("OPTIONS", "");
    assertThat(line(preflight).has("_aws")).isFalse();

    JsonNode directive = known.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.get("Namespace").asText()).isEqualTo("Layover");
    assertThat(directive.get("Dimensions").toString()).isEqualTo("[[\"screen\"],[\"app\"]]");
    assertThat(directive.get("Metrics").findValuesAsText("Name"))
        .containsExactlyInAnyOrder("ms", "bytes", "items", "trips", "readUnits", "writeUnits")
        .allSatisfy(name -> assertThat(known.get(name).isNumber()).isTrue());
    assertThat(known.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    assertThat(known.get("screen").asText()).isEqualTo("SearchAirports");
    assertThat(known.get("app").asText()).isEqualTo("layover-ios/2.1.0");
    assertThat(unknown.get("screen").asText()).isEqualTo("other");
    assertThat(unknown.get("app").asText()).isEqualTo("other");
    assertThat(anyVersion.get("app").asText()).isEqualTo("layover-web");
  }
}
