package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import dev.screenful.screens.Screen;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a document may ask for that is no known screen. */
final class QueryLimitsTest {

  private static final String TOO_COMPLEX = "QUERY_TOO_COMPLEX";

  private final Phone phone = TestBench.stranger();

  private static String repeated(int times, String format) {
    return IntStream.range(0, times)
        .mapToObj(n -> format.replace("N", Integer.toString(n)))
        .collect(Collectors.joining(" "));
  }

  private String code(String document) {
    Phone.Reply reply = phone.ask(document);
    if (reply.code().equals(TOO_COMPLEX)) {
      assertThat(reply.body().has("data")).isFalse();
      assertThat(TestBench.shared().logged(reply.requestId()))
          .anyMatch(line -> line.contains("\"trips\":0"));
    }
    return reply.code();
  }

  @Test
  void root_fields() {
    assertThat(code("{ " + repeated(10, "aN: airport(code: \"SFO\") { code }") + " }"))
        .isEqualTo("no error");
    assertThat(code("{ " + repeated(11, "aN: airport(code: \"SFO\") { code }") + " }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void aliases() {
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(15, "aN: code") + " } }"))
        .isEqualTo("no error");
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(16, "aN: code") + " } }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void fields_and_those_of_fragments_wherever_they_are_spread() {
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(199, "code") + " } }"))
        .isEqualTo("no error");
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(200, "code") + " } }"))
        .isEqualTo(TOO_COMPLEX);
    String doubling =
        IntStream.range(0, 15)
            .mapToObj(n -> "fragment f%d on Airport { ...f%d ...f%d }".formatted(n, n + 1, n + 1))
            .collect(Collectors.joining(" "));
    assertThat(
            code(
                "{ airport(code: \"SFO\") { ...f0 } } "
                    + doubling
                    + " fragment f15 on Airport { code }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void fragments() {
    String chain =
        IntStream.range(0, 25)
            .mapToObj(n -> "fragment f%d on Airport { ...f%d }".formatted(n, n + 1))
            .collect(Collectors.joining(" "));
    assertThat(
            code(
                "{ airport(code: \"SFO\") { ...f0 } } "
                    + chain
                    + " fragment f25 on Airport { code }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void levels_but_not_those_of_introspection() {
    String nested =
        "{ node(id: \"x\") { ".concat("... on Booking { flight { ".repeat(1))
            + "followed".repeat(1)
            + " } } } }";
    assertThat(code(nested)).isEqualTo("no error");
    assertThat(code("{ a { ".concat("a { ".repeat(9)) + "a" + " }".repeat(11)))
        .isEqualTo(TOO_COMPLEX);
    assertThat(
            code(
                "{ __schema { types { fields { args { type { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } }"))
        .isEqualTo("no error");
  }

  @Test
  void directives() {
    assertThat(
            code("{ airport(code: \"SFO\") { " + repeated(20, "code @include(if: true)") + " } }"))
        .isEqualTo("no error");
    assertThat(
            code("{ airport(code: \"SFO\") { " + repeated(21, "code @include(if: true)") + " } }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void mutations() {
    Phone.Reply reply =
        TestBench.phoneOf("staff-1")
            .ask(
                """
                mutation ($requestId: UUID!) {
                  a: followFlight(input: {requestId: $requestId, flightId: "x"}) { __typename }
                  b: followFlight(input: {requestId: $requestId, flightId: "y"}) { __typename }
                }
                """);

    assertThat(reply.code()).isEqualTo(TOO_COMPLEX);
  }

  @Test
  void operations() {
    assertThat(code(repeated(11, "query QN { me { id } }"))).isEqualTo(TOO_COMPLEX);
  }

  @Test
  void tokens() {
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(2000, "code") + " } }"))
        .isEqualTo("GRAPHQL_PARSE_FAILED");
  }

  @Test
  void cost_by_the_sizes_of_lists_also_from_variables() {
    String document =
        "query ($n: Int) { departures(airport: \"DFW\", first: $n) { edges { node { id number gate status airline { id name } origin { id code name city country } destination { id code name city country } } } } }";

    assertThat(phone.ask(document, Map.of("n", 20)).code()).isEqualTo("no error");
    Phone.Reply reply = phone.ask(document, Map.of("n", 50));
    assertThat(reply.code()).isEqualTo(TOO_COMPLEX);
    assertThat(reply.message()).contains("the limit is 1000 fields");
    assertThat(reply.body().has("data")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void invalid_sizes_are_refused(int first) {
    assertThat(
            phone
                .ask(
                    "query ($n: Int) { departures(airport: \"DFW\", first: $n) { edges { node { id } } } }",
                    Map.of("n", first))
                .code())
        .isIn(TOO_COMPLEX, "BAD_USER_INPUT");
  }

  @Test
  void the_amplification_that_was_possible_is_refused_before_it_costs_anything() {
    assertThat(
            code(
                "{ "
                    + repeated(180, "aN: nearbyAirports(latitude: N, longitude: 9) { distanceKm }")
                    + " }"))
        .isIn(TOO_COMPLEX, "GRAPHQL_PARSE_FAILED");
  }

  @Test
  void known_screens_have_budgets_instead() {
    Phone closed = TestBench.shared().stranger(Map.of("SAFELIST", "known-screens"));
    TestBench bench = TestBench.shared();
    for (var screen : Screen.folder(Path.of("schema/screens"))) {
      if (screen.name().equals("AirportBoard")) {
        Map<String, Object> variables =
            Map.of("airport", "DFW", "from", bench.examples().get("now"), "first", 50);
        assertThat(closed.ask(screen.document(), variables).code()).isEqualTo("no error");
      }
    }
  }

  @Test
  void entries_of_lists_in_arguments_and_in_variables() {
    assertThat(code("{ airport(code: [" + repeated(101, "\"N\"") + "]) { code } }"))
        .isEqualTo(TOO_COMPLEX);
    Phone.Reply reply =
        phone.ask(
            "query ($code: ID!) { airport(code: $code) { code } }",
            Map.of("code", Map.of("in", Collections.nCopies(101, "SFO"))));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message()).contains("more than 100 entries");
  }

  @Test
  void answers_tell_browsers_to_guess_nothing_and_to_come_by_https() {
    Phone.Reply reply = phone.ask("{ airport(code: \"SFO\") { code } }");

    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("strict-transport-security")).startsWith("max-age=");
  }
}
