package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.screens.Screen;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of documents that are not known screens. */
final class QueryLimitsTest {

  private static final String TOO_COMPLEX = "QUERY_TOO_COMPLEX";

  private final Phone phone = LayoverBench.stranger();

  private static String repeated(int times, String format) {
    return IntStream.range(0, times)
        .mapToObj(n -> format.replace("N", Integer.toString(n)))
        .collect(Collectors.joining(" "));
  }

  private String code(String document) {
    Phone.Reply reply = phone.ask(document);
    if (reply.code().equals(TOO_COMPLEX)) {
      assertThat(reply.body().has("data")).isFalse();
      assertThat(LayoverBench.shared().logged(reply.requestId()))
          .anyMatch(line -> line.contains("\"trips\":0"));
    }
    return reply.code();
  }

  @Test
  void root_fields_are_limited() {
    assertThat(code("{ " + repeated(10, "aN: airport(code: \"SFO\") { code }") + " }"))
        .isEqualTo("no error");
    assertThat(code("{ " + repeated(11, "aN: airport(code: \"SFO\") { code }") + " }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void aliases_are_limited() {
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(15, "aN: code") + " } }"))
        .isEqualTo("no error");
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(16, "aN: code") + " } }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void fields_are_limited_and_counted_at_every_fragment_spread() {
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
  void fragments_are_limited() {
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
  void levels_are_limited_except_in_introspection() {
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
  void directives_are_limited() {
    assertThat(
            code("{ airport(code: \"SFO\") { " + repeated(20, "code @include(if: true)") + " } }"))
        .isEqualTo("no error");
    assertThat(
            code("{ airport(code: \"SFO\") { " + repeated(21, "code @include(if: true)") + " } }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @Test
  void a_document_with_two_mutations_is_refused() {
    Phone.Reply reply =
        LayoverBench.phoneOf("staff-1")
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
  void operations_are_limited() {
    assertThat(code(repeated(11, "query QN { me { id } }"))).isEqualTo(TOO_COMPLEX);
  }

  @Test
  void tokens_are_limited() {
    assertThat(code("{ airport(code: \"SFO\") { " + repeated(2000, "code") + " } }"))
        .isEqualTo("GRAPHQL_PARSE_FAILED");
  }

  @Test
  void cost_is_limited_by_list_sizes_including_those_in_variables() {
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
  void aliases_of_an_expensive_field_are_refused_before_they_cost_anything() {
    assertThat(
            code(
                "{ "
                    + repeated(180, "aN: nearbyAirports(latitude: N, longitude: 9) { distanceKm }")
                    + " }"))
        .isIn(TOO_COMPLEX, "GRAPHQL_PARSE_FAILED");
  }

  @Test
  void known_screens_have_budgets_instead_of_limits() {
    Phone closed = LayoverBench.shared().stranger(Map.of("SAFELIST", "known-screens"));
    TestBench bench = LayoverBench.shared();
    for (var screen : Screen.folder(Path.of("schema/screens"))) {
      if (screen.name().equals("AirportBoard")) {
        Map<String, Object> variables =
            Map.of("airport", "DFW", "from", bench.examples().get("now"), "first", 50);
        assertThat(closed.ask(screen.document(), variables).code()).isEqualTo("no error");
      }
    }
  }

  @Test
  void list_entries_in_arguments_and_variables_are_limited() {
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
  void responses_have_nosniff_and_strict_transport_security_headers() {
    Phone.Reply reply = phone.ask("{ airport(code: \"SFO\") { code } }");

    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("strict-transport-security")).startsWith("max-age=");
  }

  @Test
  void introspection_has_limits_of_its_own() {
    assertThat(code("{ __schema { types { " + repeated(490, "name") + " } } }"))
        .isEqualTo("no error");
    assertThat(code("{ __schema { types { " + repeated(500, "name") + " } } }"))
        .isEqualTo(TOO_COMPLEX);
    assertThat(code("{ __type(name: \"A\") { " + "ofType { ".repeat(20) + "name" + " }".repeat(22)))
        .isEqualTo(TOO_COMPLEX);
    assertThat(
            code(
                "{ __typename airport(code: \"SFO\") { __typename "
                    + repeated(199, "code")
                    + " } }"))
        .isEqualTo(TOO_COMPLEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ airport(code: \"SFO\") { NAME: code } }",
        "{ airport(code: \"SFO\") { NAME } }",
        "{ airport(NAME: 1) { code } }",
        "{ airport(code: NAME) { code } }",
        "{ airport(code: {NAME: 1}) { code } }",
        "{ airport(code: \"SFO\") { code @NAME } }",
        "{ airport(code: \"SFO\") { code @include(NAME: true) } }",
        "{ airport(code: \"SFO\") { ... on NAME { code } } }",
        "{ airport(code: $NAME) { code } }",
        "query NAME { airport(code: \"SFO\") { code } }",
        "query ($NAME: ID) { airport(code: \"SFO\") { code } }",
        "query ($a: NAME) { airport(code: \"SFO\") { code } }",
        "query ($a: ID = NAME) { airport(code: \"SFO\") { code } }",
        "{ airport(code: \"SFO\") { ...NAME ...NAME } } fragment NAME on Airport { code }",
        "{ airport(code: \"SFO\") { code } } fragment NAME on Airport { code }"
      })
  void names_are_limited(String document) {
    Phone.Reply reply = phone.ask(document.replace("NAME", "n".repeat(65)));

    assertThat(reply.code()).isEqualTo(TOO_COMPLEX);
    assertThat(reply.message()).contains("characters in a name; the limit is 64");
    assertThat(code(document.replace("NAME", "n".repeat(64)))).isNotEqualTo(TOO_COMPLEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query ($t: ID! = \"TEXT\") { node(id: $t) { id } }",
        "query ($t: [ID] = [[\"TEXT\"]]) { node(id: $t) { id } }",
        "query Q @logged(a: \"TEXT\") { me { id } }",
        "{ me { id @include(if: \"TEXT\") } }",
        "{ me { id } } fragment F on Airport @a(b: {c: \"TEXT\"}) { code }"
      })
  void texts_are_limited_wherever_a_document_has_them(String document) {
    assertThat(code(document.replace("TEXT", "é".repeat(4097)))).isEqualTo(TOO_COMPLEX);
    assertThat(code(document.replace("TEXT", "😀".repeat(4096)))).isNotEqualTo(TOO_COMPLEX);
  }

  @Test
  void names_in_variables_are_limited() {
    Phone.Reply reply =
        phone.ask(
            "query ($code: ID!) { airport(code: $code) { code } }",
            Map.of("code", Map.of("n".repeat(65), 1)));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message()).contains("more than 64 characters");
  }

  @Test
  void a_response_has_at_most_20_errors() {
    Phone.Reply reply = phone.ask("{ me { " + repeated(100, "wrongN") + " } }");

    assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(reply.body().get("errors")).hasSize(20);
  }
}
