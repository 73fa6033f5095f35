package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scalars that an app brings. */
final class AppScalarTest {

  private static final String SDL =
      """
      directive @once(not: String) on FIELD_DEFINITION
      scalar UUID
      "An amount, such as `12.50 EUR`."
      scalar Money
      scalar JSON
      type Query {
        price(of: Money = "1.00 EUR"): Money @public(why: "test")
        noJson: JSON @public(why: "test")
        prices(of: [Money!]): [Money!] @public(why: "test")
        json(value: JSON): JSON @public(why: "test")
        kept(id: ID!): Kept @public(why: "test")
        broken: Kept @public(why: "test")
      }
      type Kept { price: Money json: JSON list: [JSON] }
      input Keep { requestId: UUID! price: Money json: JSON }
      type Mutation { keep(input: Keep!): Kept @once @public(why: "test") }
      """;

  private static final Resolvers RESOLVERS =
      fields -> {
        fields.scalar("Money", "an amount such as 12.50 EUR", value -> money((String) value));
        fields.scalar("JSON", "any JSON", value -> value);
        fields.query("price", call -> call.arguments().text("of"));
        fields.query("noJson", call -> List.of(new Object()));
        fields.query("prices", call -> call.arguments().values().get("of"));
        fields.query("json", call -> call.arguments().values().get("value"));
        fields.query("kept", call -> call.store().get(key(call.text("id")), call.selection()));
        fields.query(
            "broken",
            call ->
                Item.of(
                    key("broken"),
                    Map.of(
                        "price", "free", "json", 1, "list", List.of(Map.of("a", 1), List.of(2)))));
        fields.attributes("Kept", List.of("price", "json", "list"));
        fields.mutation(
            "keep",
            (call, transaction) -> {
              Map<String, @Nullable Object> kept = call.input().changes("price", "json");
              transaction.create(Item.of(key(call.input().text("requestId")), kept));
              return kept;
            });
      };

  /** Amounts are written with two digits. */
  private static String money(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 2 || parts[1].length() != 3) {
      throw new IllegalStateException("password=hunter2");
    }
    return new BigDecimal(parts[0]).setScale(2) + " " + parts[1];
  }

  private static Key key(String id) {
    return new Key("KEPT#" + id, "KEPT");
  }

  private final TinyApp app = new TinyApp(SDL, RESOLVERS);
  private final Phone phone = app.phone();

  @Test
  void a_value_has_one_form_as_literal_variable_default_and_list_entry() {
    assertThat(phone.ask("{ price }").data("/price").asText()).isEqualTo("1.00 EUR");
    assertThat(phone.ask("{ price(of: \"12.5 EUR\") }").data("/price").asText())
        .isEqualTo("12.50 EUR");
    assertThat(
            phone
                .ask("query ($of: Money) { price(of: $of) }", Map.of("of", "12.500 EUR"))
                .data("/price")
                .asText())
        .isEqualTo("12.50 EUR");
    assertThat(phone.ask("{ prices(of: [\"1 EUR\", \"2 EUR\"]) }").data("/prices").toString())
        .isEqualTo("[\"1.00 EUR\",\"2.00 EUR\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.50", "{a: 1}", "true", "[\"1 EUR\"]", "ENUM", "\"free\""})
  void a_wrong_value_is_refused_in_words_and_without_the_apps_exception(String literal) {
    Phone.Reply reply = phone.ask("{ price(of: %s) }".formatted(literal));

    assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(reply.message()).contains("Money", "an amount such as 12.50 EUR");
    assertThat(reply.body().toString()).doesNotContain("hunter2", "ClassCast", "java");
  }

  @Test
  void a_wrong_variable_and_a_wrong_attribute_have_the_codes_of_every_scalar() {
    Phone.Reply variable =
        phone.ask("query ($of: Money) { price(of: $of) }", Map.of("of", "x".repeat(100)));
    Phone.Reply attribute = phone.ask("{ broken { price json list } }");

    assertThat(variable.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(variable.message())
        .contains("Expected Money (an amount such as 12.50 EUR), but found \"xxx");
    assertThat(variable.body().toString()).doesNotContain("hunter2", "x".repeat(65));
    assertThat(attribute.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(attribute.data("/broken").toString())
        .isEqualTo("{\"price\":null,\"json\":1,\"list\":[{\"a\":1},[2]]}");
    assertThat(phone.ask("{ noJson price }").data("/price").asText()).isEqualTo("1.00 EUR");
    assertThat(app.log()).contains("but a resolver or the table has free");
  }

  @Test
  void a_value_can_be_any_json() {
    Map<String, Object> json =
        Map.of("b", List.of(1, 2.5, true, "x", Map.of()), "a", Map.of("deep", 1L << 40));

    assertThat(
            phone
                .ask("query ($v: JSON) { json(value: $v) }", Map.of("v", json))
                .data("/json")
                .toString())
        .contains("\"b\":[1,2.5,true,\"x\",{}]", "\"a\":{\"deep\":1099511627776}");
    assertThat(
            phone
                .ask("{ json(value: {b: [1, 2.5, true, \"x\", null], a: {}}) }")
                .data("/json")
                .toString())
        .isEqualTo("{\"b\":[1,2.5,true,\"x\",null],\"a\":{}}");
    assertThat(phone.ask("query ($v: JSON) { json(value: {a: $v}) }", Map.of("v", 1)).code())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(phone.ask("{ json(value: 1e999999999) }").code())
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }

  @Test
  void a_repeated_mutation_is_recognised_however_the_value_is_written() {
    String id = UUID.randomUUID().toString();
    String first =
        "mutation { keep(input: {requestId: \"%s\", price: \"5 EUR\", json: {a: 1, b: [2.50]}}) { price json } }";
    Phone.Reply kept = phone.ask(first.formatted(id));
    assertThat(kept.data("/keep").toString())
        .isEqualTo("{\"price\":\"5.00 EUR\",\"json\":{\"a\":1,\"b\":[2.5]}}");

    Map<String, Object> json = new TreeMap<>(Comparator.reverseOrder());
    json.put("a", 1);
    json.put("b", List.of(2.5));
    Map<String, Object> input = Map.of("requestId", id, "price", "5.0 EUR", "json", json);
    Phone.Reply repeat =
        phone.ask(
            "mutation ($input: Keep!) { keep(input: $input) { price json } }",
            Map.of("input", input));

    assertThat(repeat.body()).isEqualTo(kept.body());
    assertThat(phone.ask(first.replace("5 EUR", "6 EUR").formatted(id)).code())
        .isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(
            phone.ask("{ kept(id: \"%s\") { price json } }".formatted(id)).data("/kept").toString())
        .contains("\"5.00 EUR\"", "\"a\":1");
  }

  @Test
  void clients_see_its_description() {
    Phone.Reply reply = phone.ask("{ __type(name: \"Money\") { kind description } }");

    assertThat(reply.data("/__type/kind").asText()).isEqualTo("SCALAR");
    assertThat(reply.data("/__type/description").asText())
        .isEqualTo("An amount, such as `12.50 EUR`.");
  }

  @Test
  void a_scalar_that_is_unknown_repeated_or_the_engines_stops_the_start() {
    String sdl = TinyApp.DIRECTIVES + "type Query { a: String }\nscalar Unknown\n";

    assertThatThrownBy(() ->
            AppSchema.of(
                TinyApp.folder(Map.of("app.graphqls", sdl)),
                List.of(fields -> {
                  fields.query("a", call -> null);
                  fields.scalar("Money", "an amount", value -> value);
                  fields.scalar("Money", "an amount", value -> value);
                  fields.scalar("UUID", "a UUID", value -> value);
                  fields.scalar("Int", "an int", value -> value);
                })))
        .message()
        .contains("schema/app.graphqls:4: unknown scalar 'Unknown'; register it with fields.scalar")
        .containsPattern(
            "AppScalarTest.java:\\d+, AppScalarTest.java:\\d+: Money is registered more than once")
        .containsPattern("AppScalarTest.java:\\d+: the scalar 'UUID' is the engine's")
        .containsPattern("AppScalarTest.java:\\d+: the scalar 'Int' is the engine's")
        .contains(
            "the scalar 'Money' is registered, but the SDL does not declare it; add 'scalar Money'.");
  }
}
