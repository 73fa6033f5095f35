package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.screens.Screen;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invalid input of honest clients: a clear error with a code and no stack trace, and the next
 * request works. {@link AttackTest} has the input of attackers.
 */
final class BadInputTest {

  private static final String AIRPORT = "query ($code: ID!) { airport(code: $code) { name } }";

  private final Phone phone = LayoverBench.stranger();

  @AfterEach
  void the_function_stays_healthy() {
    assertThat(phone.ask(AIRPORT, Map.of("code", "SFO")).data("/airport/name").asText())
        .isEqualTo("San Francisco International Airport");
  }

  private static void assertRefused(Phone.Reply reply, int status, String code) {
    assertThat(reply.body().toString()).doesNotContain("Exception", "\\tat ", "graphql.", "dev.");
    assertThat(reply.code()).as("%s", reply.body()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body().at("/errors/0/extensions/requestId").asText())
        .isEqualTo(reply.requestId());
    assertThat(reply.message()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{ me { id }",
        "query Home",
        "}",
        "{ a(b: \"\\u{110000}\") }",
        "{ a(b: \"\\u{100000000}\") }",
        ""
      })
  void a_document_that_is_not_graphql_is_refused(String document) {
    assertRefused(phone.ask(document), 200, "GRAPHQL_PARSE_FAILED");
    assertRefused(
        phone.with("accept", "application/graphql-response+json").ask(document),
        400,
        "GRAPHQL_PARSE_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subscription S { me @include(if: false) { name } }",
        "{ nope }",
        "{ airport(code: \"SFO\") { nope } }",
        "{ airport { name } }",
        "{ airport(code: \"SFO\") }",
        "{ airport(code: {}) { name } }",
        "{ departures(airport: \"SFO\", first: \"many\") { edges { cursor } } }",
        "query ($code: Nope) { airport(code: $code) { name } }",
        "{ ...missing }",
        "subscription { me { id } flight(id: \"Flight:PQ142-2026-01-16\") { id } }",
      })
  void a_document_that_does_not_match_the_schema_is_refused(String document) {
    assertRefused(phone.ask(document), 200, "GRAPHQL_VALIDATION_FAILED");
    assertRefused(
        phone.with("accept", "application/graphql-response+json").ask(document),
        400,
        "GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void a_variable_with_a_wrong_type_or_a_forbidden_null_is_refused() {
    String first =
        "query ($first: Int) { departures(airport: \"DFW\", first: $first) { edges { cursor } } }";
    for (Object other : List.of(List.of(), Map.of(), true, "1", 1.5, 1L << 40)) {
      assertRefused(phone.ask(first, Map.of("first", other)), 200, "BAD_USER_INPUT");
    }
    String from =
        "query ($from: DateTime) { departures(airport: \"DFW\", from: $from) { edges { cursor } } }";
    for (Object other : List.of("yesterday", "2026-01-15", 7, List.of(1, 2))) {
      assertRefused(phone.ask(from, Map.of("from", other)), 200, "BAD_USER_INPUT");
    }
    for (Object noId : List.of(true, 1.5)) {
      assertRefused(phone.ask(AIRPORT, Map.of("code", noId)), 200, "BAD_USER_INPUT");
    }
    assertRefused(phone.ask(AIRPORT, Map.of("code", 7)), 200, "NOT_FOUND");
    assertRefused(phone.ask(AIRPORT), 200, "BAD_USER_INPUT");
    assertRefused(
        phone.with("accept", "application/graphql-response+json").ask(AIRPORT),
        400,
        "BAD_USER_INPUT");
    assertRefused(
        phone.send("{\"query\": \"%s\", \"variables\": {\"code\": null}}".formatted(AIRPORT)),
        200,
        "BAD_USER_INPUT");
  }

  @Test
  void an_ambiguous_or_unknown_operation_is_refused() {
    String two = "query A { me { id } } query B { me { name } }";
    assertRefused(phone.ask(two), 200, "OPERATION_RESOLUTION_FAILURE");
    assertRefused(
        phone.send("{\"query\": \"%s\", \"operationName\": \"C\"}".formatted(two)),
        200,
        "OPERATION_RESOLUTION_FAILURE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 51, 10_000, Integer.MAX_VALUE})
  void a_page_size_out_of_bounds_is_refused(int first) {
    assertRefused(
        phone.ask(
            "{ departures(airport: \"DFW\", first: %d) { edges { cursor } } }".formatted(first)),
        200,
        "BAD_USER_INPUT");
  }

  @Test
  void a_tampered_cursor_or_one_of_another_list_is_refused() {
    String after =
        "query ($airport: ID!, $after: String) { departures(airport: $airport, first: 1, after: $after) { edges { cursor } } }";
    String cursor =
        phone.ask(after, Map.of("airport", "DFW")).data("/departures/edges/0/cursor").asText();
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);

    assertThat(phone.ask(after, Map.of("airport", "DFW", "after", cursor)).code())
        .isEqualTo("no error");
    for (int place = 0; place < bytes.length; place++) {
      byte[] tampered = bytes.clone();
      tampered[place] ^= 1;
      String other = Base64.getUrlEncoder().withoutPadding().encodeToString(tampered);
      assertRefused(
          phone.ask(after, Map.of("airport", "DFW", "after", other)), 200, "BAD_USER_INPUT");
    }
    assertRefused(
        phone.ask(after, Map.of("airport", "ORD", "after", cursor)), 200, "BAD_USER_INPUT");
    for (String other :
        List.of("", "null", "not base64!", "AAAA", cursor + "A", cursor.substring(1))) {
      assertRefused(
          phone.ask(after, Map.of("airport", "DFW", "after", other)), 200, "BAD_USER_INPUT");
    }
  }

  @Test
  void an_id_that_can_not_be_a_key_is_not_found() {
    for (String id : List.of("", "x".repeat(3000), "é".repeat(1100), "#", "../..")) {
      Phone.Reply none = phone.ask(AIRPORT, Map.of("code", id));
      assertRefused(none, 200, "NOT_FOUND");
      assertThat(none.message()).as("shortens the id").hasSizeLessThanOrEqualTo(300);
      for (String field :
          List.of(
              "flight(id: $id) { id }",
              "seatMap(flightId: $id) { free }",
              "departures(airport: $id) { edges { cursor } }")) {
        assertRefused(
            phone.ask("query ($id: ID!) { " + field + " }", Map.of("id", id)), 200, "NOT_FOUND");
      }
      Phone traveller = LayoverBench.phoneOf("traveller-2");
      for (String field :
          List.of(
              "query ($id: ID!) { booking(id: $id) { id } }",
              "mutation ($requestId: UUID!, $id: ID!) { cancelBooking(input: {requestId: $requestId, bookingId: $id}) { booking { id } } }",
              "mutation ($requestId: UUID!, $id: ID!) { followFlight(input: {requestId: $requestId, flightId: $id}) { follow { followedAt } } }",
              "mutation ($requestId: UUID!, $id: ID!) { bookSeat(input: {requestId: $requestId, flightId: $id, seat: \"1A\"}) { booking { id } } }")) {
        assertRefused(traveller.ask(field, Map.of("id", id)), 200, "NOT_FOUND");
      }
      assertRefused(
          LayoverBench.phoneOf("staff-1")
              .ask(
                  "mutation ($requestId: UUID!, $id: ID!) { updateFlight(input: {requestId: $requestId, flightId: $id, gate: \"A1\"}) { flight { id } } }",
                  Map.of("id", id)),
          200,
          "NOT_FOUND");
    }
    assertThat(
            phone
                .ask(
                    "query ($text: String!) { searchAirports(text: $text) { code } }",
                    Map.of("text", "x".repeat(3000)))
                .data("/searchAirports"))
        .isEmpty();
  }

  @Test
  void a_field_for_travellers_fails_alone_for_an_anonymous_caller() {
    Phone.Reply reply =
        phone.ask("{ booking(id: \"1\") { seat } airport(code: \"SFO\") { code } }");
    assertRefused(reply, 200, "UNAUTHENTICATED");
    assertThat(reply.data("/booking").isNull()).isTrue();
    assertThat(reply.data("/airport/code").asText()).isEqualTo("SFO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"documentId\": \"\\ud800\"}",
        "{\"query\": \"{ me { id } } #\\udc00\"}",
        "{\"query\": \"query ($c: ID!) { airport(code: $c) { code } }\", \"variables\": {\"c\": \"S\\ud83dF\"}}",
        "{\"query\": \"{ me { id } }\", \"operationName\": \"\\udfff\\ud800\"}",
        "{\"query\": \"{ me { id } }\", \"extensions\": {\"a\": [\"\\ud800\"]}}"
      })
  void half_of_a_surrogate_pair_is_no_text(String body) {
    for (Phone any :
        List.of(phone, LayoverBench.shared().stranger(Map.of("SAFELIST", "known-screens")))) {
      Phone.Reply reply = any.send(body);

      assertRefused(reply, 400, "BAD_USER_INPUT");
      assertThat(reply.message()).contains("surrogate pair");
    }
  }

  @Test
  void half_of_a_pair_in_a_name_is_no_json() {
    assertRefused(
        phone.send("{\"query\": \"{ me { id } }\", \"variables\": {\"\\ud83d\": 1}}"),
        400,
        "BAD_REQUEST");
  }

  @Test
  void whole_pairs_are_text_and_half_a_pair_in_a_document_is_a_syntax_error() {
    assertThat(phone.ask(AIRPORT, Map.of("code", "😀")).code()).isEqualTo("NOT_FOUND");
    assertThat(
            phone
                .send("{\"query\": \"{ airport(code: \\\"\\\\ud83d\\\\ude00\\\") { code } }\"}")
                .code())
        .isEqualTo("NOT_FOUND");
    assertThat(phone.send("{\"query\": \"{ airport(code: \\\"\\\\ud83d\\\") { code } }\"}").code())
        .isEqualTo("GRAPHQL_PARSE_FAILED");
  }

  @Test
  void what_an_error_repeats_of_a_request_ends_after_64_characters() {
    String name = "x".repeat(60_000);
    Phone closed = LayoverBench.shared().stranger(Map.of("SAFELIST", "known-screens"));
    String known = Screen.folder(Path.of("schema/screens")).getFirst().document();
    for (Phone.Reply reply :
        List.of(
            closed.send(Phone.json(Map.of("query", known, "operationName", name))),
            phone.send(Phone.json(Map.of("query", "{ me { id } }", "operationName", name))),
            phone.ask("{ me { id } } " + "x".repeat(15_000)),
            phone.ask(AIRPORT, Map.of("code", "x".repeat(4_000))),
            phone.ask("{ airport(code: \"" + "x".repeat(4_000) + "\") { code } }"),
            phone.ask(
                "{ departures(airport: \"DFW\", from: "
                    + "9".repeat(10_000)
                    + ") { edges { cursor } } }"))) {
      assertThat(reply.code()).isNotEqualTo("no error");
      assertThat(reply.bytes()).isLessThan(500);
      assertThat(reply.body().toString()).doesNotContain("x".repeat(65), "9".repeat(65));
    }
  }
}
