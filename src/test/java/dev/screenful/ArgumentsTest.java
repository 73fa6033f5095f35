package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Arguments;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An input that changes an object: null clears, and a field left out changes nothing. */
final class ArgumentsTest {

  private static final List<String> FIELDS =
      List.of("name", "size", "weight", "at", "day", "code", "words", "kind", "place");

  private static final String SDL =
      """
      scalar DateTime scalar LocalDate scalar UUID
      directive @once(not: String) on FIELD_DEFINITION
      enum Kind { BIG SMALL }
      input PlaceInput { city: String }
      type Place { city: String }
      input ThingInput {
        requestId: UUID
        name: String size: Int weight: Float at: DateTime day: LocalDate code: UUID words: [String!] kind: Kind
        place: PlaceInput
      }
      type Thing {
        name: String size: Int weight: Float at: DateTime day: LocalDate code: UUID words: [String!] kind: Kind
        place: Place
      }
      type Query { none: String }
      type Payload { thing: Thing }
      type Mutation { change(input: ThingInput!): Payload @once(not: "test") @public(why: "test") }
      """;

  private static final Map<String, Object> VALUES =
      Map.of(
          "name", "one",
          "size", 7,
          "weight", 1.5,
          "at", "2026-01-15T08:00:00-06:00",
          "day", "2026-01-15",
          "code", "5b0f6e1c-8d0e-4f4e-9a57-0b7f3a2f6c11",
          "words", List.of("x", "y"),
          "kind", "BIG",
          "place", Map.of("city", "Austin"));

  private final Key key = new Key("THING#" + UUID.randomUUID(), "THING");
  private final Phone phone =
      new TinyApp(
              SDL,
              fields -> {
                fields.attributes("Thing", FIELDS);
                fields.attributes("Place", List.of("city"));
                fields.attributes("Payload", List.of("thing"));
                fields.query("none", call -> null);
                fields.mutation(
                    "change",
                    (call, transaction) -> {
                      Item thing =
                          Objects.requireNonNull(call.store().get(key, Projection.whole()));
                      return Map.of(
                          "thing",
                          transaction.replace(
                              thing, call.input().changes(FIELDS.toArray(String[]::new))));
                    });
              })
          .phone();

  private Phone.Reply change(Map<String, ? extends @Nullable Object> input) {
    return phone.ask(
        "mutation ($input: ThingInput!) { change(input: $input) { thing { name size weight at day code words kind place { city } } } }",
        Map.of("input", input));
  }

  @Test
  void a_long_is_never_cut_to_an_integer() {
    TinyApp app =
        new TinyApp(
            """
            scalar Long
            type Query {
              integer(of: Long!): Int @public(why: "test")
              number(of: Long!): Long @public(why: "test")
            }
            """,
            fields -> {
              fields.query("integer", call -> call.arguments().integer("of"));
              fields.query("number", call -> call.arguments().number("of"));
            });

    Phone.Reply reply = app.phone().ask("{ integer(of: 4294967297) number(of: 4294967297) }");

    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(reply.data("/integer").isNull()).isTrue();
    assertThat(reply.data("/number").asLong()).isEqualTo(4_294_967_297L);
  }

  @Test
  void values_of_all_types_are_set_kept_and_cleared() {
    new BulkWriter(TinyApp.table()).write(List.of(Item.of(key, Map.of())));
    Phone.Reply set = change(VALUES);
    assertThat(set.code()).isEqualTo("no error");
    assertThat(set.data("/change/thing/at").asText()).startsWith("2026-01-15T14:00:00");
    assertThat(set.data("/change/thing/place/city").asText()).isEqualTo("Austin");

    Phone.Reply kept = change(Map.of());
    assertThat(kept.data("/change/thing")).isEqualTo(set.data("/change/thing"));

    for (String field : FIELDS) {
      Map<String, @Nullable Object> none = new HashMap<>();
      none.put(field, null);
      Phone.Reply cleared = change(none);
      assertThat(cleared.data("/change/thing/" + field).isNull()).as(field).isTrue();
    }
  }

  @Test
  void a_list_argument_is_read_as_texts_ids_or_objects() {
    TinyApp app =
        new TinyApp(
            """
            enum Kind { BIG SMALL }
            input Part { name: String! size: Int }
            type Query {
              texts(of: [Kind!]!): String @public(why: "test")
              ids(of: [ID]!): String @public(why: "test")
              objects(of: [Part!]!): String @public(why: "test")
              optional(of: [String]): String @public(why: "test")
            }
            """,
            fields -> {
              fields.query("texts", call -> "" + call.arguments().texts("of"));
              fields.query("ids", call -> "" + call.arguments().ids("of", "Thing"));
              fields.query(
                  "objects",
                  call -> {
                    StringBuilder parts = new StringBuilder();
                    call.arguments()
                        .objects("of")
                        .forEach(part ->
                            parts.append(part.text("name")).append(part.optionalInteger("size")));
                    return parts.toString();
                  });
              fields.query("optional", call -> "" + call.arguments().optionalTexts("of"));
            });
    Map<String, String> expected =
        Map.of(
            "texts(of: [BIG, SMALL])", "[BIG, SMALL]",
            "texts(of: BIG)", "[BIG]",
            "ids(of: [])", "[]",
            "ids(of: [\"Thing:1\", \"Thing:2\"])", "[1, 2]",
            "objects(of: [{name: \"a\", size: 1}, {name: \"b\"}])", "aOptional[1]bOptional.empty",
            "optional", "Optional.empty",
            "optional(of: null)", "Optional.empty",
            "optional(of: [\"a\"])", "Optional[[a]]");
    expected.forEach((field, text) ->
        assertThat(app.phone().ask("{ it: " + field + " }").data("/it").asText())
            .as(field)
            .isEqualTo(text));

    assertThat(app.phone().ask("{ ids(of: [\"Thing:1\", \"Other:2\"]) }").code())
        .isEqualTo("NOT_FOUND");
    for (String field : List.of("ids(of: [null])", "optional(of: [\"a\", null])")) {
      Phone.Reply reply = app.phone().ask("{ " + field + " }");
      assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
      assertThat(reply.message()).isEqualTo("'of' must not contain null.");
    }
  }

  @Test
  void an_optional_object_is_present_only_with_a_value() {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("none", null);
    values.put("place", Map.of("city", "Austin"));
    Arguments arguments = new Arguments(values);

    assertThat(arguments.optionalObject("place").map(place -> place.text("city")))
        .hasValue("Austin");
    assertThat(arguments.optionalObject("none")).isEmpty();
    assertThat(arguments.optionalObject("missing")).isEmpty();
  }
}
