package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scalars and enums: what arguments may contain, what answers show, and what a wrong value does.
 */
final class ScalarsTest {

  private static final List<String> DECLARED =
      List.of(
          "DateTime",
          "Date",
          "LocalDate",
          "LocalTime",
          "Url",
          "UUID",
          "CountryCode",
          "Currency",
          "Locale",
          "PositiveInt",
          "NonNegativeInt",
          "Long",
          "BigDecimal",
          "SyncToken");

  private static final List<String> ALL =
      Stream.concat(
              DECLARED.stream(), Stream.of("Int", "Float", "String", "Boolean", "ID", "Class"))
          .toList();

  private static final String SDL =
      """
      type Query {
        thing: Thing @public(why: "test")
        other: String @public(why: "test")
        %s
      }
      type Thing { %s }
      enum Class { ECONOMY BUSINESS }
      %s
      """
          .formatted(
              lines(
                  ALL,
                  "echoT(value: T): T @public(why: \"test\") keepT(value: T): T @public(why: \"test\")"),
              lines(ALL, "aT: T allT: [T]"),
              lines(DECLARED, "scalar T"));

  private static String lines(List<String> types, String line) {
    return types.stream().map(type -> line.replace("T", type)).collect(Collectors.joining("\n"));
  }

  /** Values of all kinds that an attribute can have, none of which suits all types. */
  private static final List<Object> VALUES =
      List.of(
          "",
          "ZZ",
          "-1",
          "0001-01-01T00:00:00+00:00:01",
          "+12345-01-01T00:00:00Z",
          -1,
          1L << 62,
          new BigDecimal("1e125"),
          new BigDecimal("0.5"),
          true,
          List.of("a", 1),
          Map.of("password", "hunter2"));

  private static Item item = Item.of(new Key("a", "b"), Map.of());

  private static final TinyApp APP =
      new TinyApp(
          SDL,
          fields -> {
            fields.query("thing", call -> item);
            fields.query("other", call -> "fine");
            for (String type : ALL) {
              fields.query("echo" + type, call -> call.arguments().values().get("value"));
              fields.query(
                  "keep" + type,
                  call -> Item.of(new Key("a", "b"), call.arguments().values()).get("value"));
              fields.attributes("Thing", List.of("a" + type, "all" + type));
            }
          });

  private static Phone.Reply ask(String selection, Map<String, Object> attributes) {
    item = Item.of(new Key("a", "b"), attributes);
    return APP.phone().ask("{ thing { %s } other }".formatted(selection));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void a_wrong_value_in_the_table_fails_its_own_field_at_most(int value) {
    for (String type : ALL) {
      Map<String, Object> attributes = new HashMap<>();
      attributes.put("a" + type, VALUES.get(value));
      attributes.put("all" + type, List.of(VALUES.get(value)));

      Phone.Reply reply = ask("a%s all%s".formatted(type, type), attributes);

      assertThat(reply.status()).as(type).isEqualTo(200);
      assertThat(reply.data("/other").asText()).as(type).isEqualTo("fine");
      assertThat(reply.data("/thing").isObject()).as(type).isTrue();
      assertThat(reply.body().toString()).as(type).doesNotContain("hunter2", "Expected");
      reply
          .body()
          .path("errors")
          .forEach(error -> {
            assertThat(error.at("/path/1").asText()).startsWith("a");
            assertThat(error.at("/extensions/code").asText()).isEqualTo("INTERNAL_SERVER_ERROR");
          });
    }
  }

  @Test
  void the_log_says_which_field_has_a_wrong_value_and_what_its_type_expects() {
    Phone.Reply reply = ask("aCountryCode", Map.of("aCountryCode", "ZZ"));

    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(APP.log().lines().filter(line -> line.contains(reply.requestId())))
        .anyMatch(line ->
            line.contains("[thing, aCountryCode]")
                && line.contains("Expected CountryCode (a country code of two letters, such as US)")
                && line.contains("ZZ"));
  }

  @Test
  void kosovo_is_a_country() {
    assertThat(
            ask("aCountryCode", Map.of("aCountryCode", "XK")).data("/thing/aCountryCode").asText())
        .isEqualTo("XK");
    assertThat(
            APP.phone().ask("{ echoCountryCode(value: \"XK\") }").data("/echoCountryCode").asText())
        .isEqualTo("XK");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T07:30:00Z, 2026-11-25T07:30:00Z",
    "2026-11-25T07:30:00.000Z, 2026-11-25T07:30:00Z",
    "2026-11-25T07:30:59.999Z, 2026-11-25T07:30:59Z",
    "2026-11-25T07:30Z, 2026-11-25T07:30:00Z",
    "2026-11-25T07:30:00+05:30, 2026-11-25T07:30:00+05:30"
  })
  void dates_and_times_have_one_form(String value, String shown) {
    assertThat(ask("aDateTime", Map.of("aDateTime", value)).data("/thing/aDateTime").asText())
        .isEqualTo(shown);
    assertThat(
            APP.phone()
                .ask("query ($t: DateTime) { echoDateTime(value: $t) }", Map.of("t", value))
                .data("/echoDateTime")
                .asText())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25T07:30:00+0000",
        "2026-11-25T07:30:00-00:00",
        "2026-11-25 07:30:00Z",
        "+12026-11-25T07:30:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-11-25"
      })
  void another_form_is_refused_with_the_right_one(String value) {
    Phone.Reply reply =
        APP.phone().ask("query ($t: DateTime) { echoDateTime(value: $t) }", Map.of("t", value));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message()).contains("such as 2026-11-25T07:30:00Z", value);
    assertThat(APP.phone().ask("{ echoDateTime(value: \"%s\") }".formatted(value)).message())
        .contains("such as 2026-11-25T07:30:00Z", value);
  }

  @Test
  void a_locale_in_another_form_is_refused_and_never_becomes_another_one() {
    Phone.Reply swift =
        APP.phone().ask("query ($v: Locale) { echoLocale(value: $v) }", Map.of("v", "en_GB"));

    assertThat(swift.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(swift.message()).contains("a language tag such as en-GB", "en_GB");
    assertThat(APP.phone().ask("{ echoLocale(value: \"en-GB\") }").data("/echoLocale").asText())
        .isEqualTo("en-GB");
    assertThat(ask("aLocale", Map.of("aLocale", "en_GB")).code())
        .isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(ask("aLocale", Map.of("aLocale", "de-CH")).data("/thing/aLocale").asText())
        .isEqualTo("de-CH");
  }

  @ParameterizedTest
  @CsvSource({
    "Currency, EUR",
    "Url, https://example.com/",
    "Locale, en-GB",
    "LocalTime, 07:30:00",
    "LocalDate, 2026-11-25",
    "DateTime, 2026-11-25T07:30:00Z",
    "UUID, 0b5e1c7e-5c0b-4f0c-8d8e-0d8c6f0b5a11"
  })
  void an_argument_of_every_scalar_can_be_stored_and_is_shown_as_it_was_sent(
      String type, String value) {
    Phone.Reply reply =
        APP.phone()
            .ask("query ($v: T) { keepT(value: $v) }".replace("T", type), Map.of("v", value));

    assertThat(reply.data("/keep" + type).asText()).isEqualTo(value);
  }

  @Test
  void a_wrong_argument_is_refused_in_words_of_graphql() {
    for (String type : ALL) {
      Phone.Reply literal = APP.phone().ask("{ echo%s(value: {a: [1.5e3]}) }".formatted(type));
      Phone.Reply variable =
          APP.phone()
              .ask(
                  "query ($v: %s) { echo%s(value: $v) }".formatted(type, type),
                  Map.of("v", Map.of("a", List.of(1.5))));

      assertThat(literal.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
      assertThat(variable.code()).isEqualTo("BAD_USER_INPUT");
      for (Phone.Reply reply : List.of(literal, variable)) {
        assertThat(reply.message())
            .as(type)
            .contains(type)
            .doesNotContain("Value{", "AST", "Map", "java", "Validation error");
      }
    }
  }

  @Test
  void an_error_repeats_at_most_64_characters_of_what_a_client_wrote() {
    String long300 = "x".repeat(300);
    for (String type : ALL) {
      Phone.Reply literal = APP.phone().ask("{ echo%s(value: [\"%s\"]) }".formatted(type, long300));
      Phone.Reply variable =
          APP.phone()
              .ask(
                  "query ($v: %s) { echo%s(value: $v) }".formatted(type, type),
                  Map.of("v", List.of(long300)));

      assertThat(literal.body().toString()).doesNotContain("x".repeat(65));
      assertThat(variable.body().toString()).doesNotContain("x".repeat(65));
    }
  }
}
