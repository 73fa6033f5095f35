package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An invalid schema stops the start, and the message lists all problems with file and line. */
final class WiringTest {

  private static final String VALID =
      TinyApp.DIRECTIVES
          + "type Query { thing: Thing }\ntype Thing { id: ID! name: String other: Thing }\n";

  private static void start(Map<String, String> files, Resolvers resolvers) {
    AppSchema.of(TinyApp.folder(files), List.of(resolvers));
  }

  private static Resolvers thing() {
    return fields -> {
      fields.query("thing", call -> null);
      fields.attributes("Thing", List.of("id", "name", "otherId"));
      fields.load("Thing", "other", "otherId", id -> new Key(id, id));
    };
  }

  @Test
  void a_complete_wiring_starts() {
    start(Map.of("app.graphqls", VALID), thing());
  }

  @Test
  void all_wiring_problems_are_listed_at_once_with_their_lines() {
    Resolvers incomplete =
        fields -> {
          fields.attributes("Thing", List.of("id"));
          fields.attributes("Thnig", List.of("id"));
          fields.typeOf("Nmaed", item -> "Thing");
          fields.query("thing", call -> null);
          fields.query("thing", call -> null);
          fields.query("thign", call -> null);
          fields.on("Thing", "other", call -> null, "otherId");
        };

    assertThatThrownBy(() -> start(Map.of("app.graphqls", VALID), incomplete))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/app.graphqls:4: no resolver answers Thing.name",
            "Query.thign is registered, but the SDL has no such field",
            "Query.thing is registered more than once",
            "typeOf(\"Nmaed\", ...) is registered, but the SDL has no such interface or union",
            "attributes of 'Thnig' are registered, but the SDL has no such type",
            "Thing.other needs the attribute 'otherId'")
        .doesNotContain("Thing.id");
  }

  @Test
  void all_kinds_of_mistakes_are_found_in_one_start() {
    String wrong =
        """
        scalar Nope
        type Things @missing { all: [Thnig!] nope: Nope some: Some! named: Named }
        interface Named { name: String }
        union Some = Thing
        type Thing { id: ID! }
        extend type Query { things(by: Inupt): Things! @publik(why: "test") }
        type Subscription { live: Thing }
        """;

    assertThatThrownBy(() ->
            start(
                Map.of("a.graphqls", VALID, "b.graphqls", wrong),
                fields -> {
                  thing().register(fields);
                  fields.query("things", call -> null);
                  fields.attributes("Things", List.of("all"));
                  fields.query("thingz", call -> null);
                }))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/b.graphqls:1: unknown scalar 'Nope'",
            "schema/b.graphqls:2: there is no directive '@missing'.",
            "schema/b.graphqls:2: there is no type 'Thnig'; did you mean 'Thing'?",
            "schema/b.graphqls:2: no resolver answers Things.nope",
            "schema/b.graphqls:3: no type resolver for Named",
            "schema/b.graphqls:4: no type resolver for Some",
            "schema/b.graphqls:5: 'Thing' is defined again; the first definition is in schema/a.graphqls:4.",
            "schema/b.graphqls:6: there is no type 'Inupt'",
            "schema/b.graphqls:6: there is no directive '@publik'; did you mean 'public'?",
            "schema/b.graphqls:6: Query.things is loaded separately",
            "schema/b.graphqls:7: no resolver answers Subscription.live",
            "Query.thingz is registered, but the SDL has no such field; did you mean 'thing'?");
  }

  @Test
  void every_file_that_is_not_sdl_is_listed() {
    assertThatThrownBy(() ->
            start(
                Map.of(
                    "a.graphqls", VALID,
                    "b.graphqls", "type A {\n  a: Int!!\n}",
                    "c.graphqls", "type B {",
                    "d.graphqls", "query Q { thing { id } }"),
                thing()))
        .message()
        .contains(
            "schema/b.graphqls:2: this is not valid SDL at '!'.",
            "schema/c.graphqls:1: this is not valid SDL",
            "schema/d.graphqls:1: only definitions of types and directives belong in a .graphqls file")
        .doesNotContain("schema/a.graphqls", "offending", "line 1");
  }

  @Test
  void a_wrong_registration_is_reported_with_its_line_and_a_name_that_is_near() {
    assertThatThrownBy(() ->
            start(
                Map.of("app.graphqls", VALID),
                fields -> {
                  thing().register(fields);
                  fields.query("thign", call -> null);
                  fields.on("Thnig", "name", call -> null);
                  fields.on("Thing", "completelyDifferent", call -> null, "nmae");
                  fields.attributes("Ting", List.of("id"));
                  fields.node("Thing", "id", (id, call) -> null);
                }))
        .message()
        .containsPattern(
            "WiringTest.java:\\d+: Query.thign is registered, but the SDL has no such field; did you mean 'thing'\\?")
        .containsPattern(
            "WiringTest.java:\\d+: Thnig.name is registered, but the SDL has no type 'Thnig'; did you mean 'Thing'\\?")
        .containsPattern(
            "WiringTest.java:\\d+: Thing.completelyDifferent is registered, but the SDL has no such field\\.")
        .containsPattern(
            "WiringTest.java:\\d+: Thing.completelyDifferent needs the attribute 'nmae', but no such attribute is registered for 'Thing'; did you mean 'name'\\?")
        .containsPattern(
            "WiringTest.java:\\d+: attributes of 'Ting' are registered, but the SDL has no such type; did you mean 'Thing'\\?")
        .containsPattern("WiringTest.java:\\d+: Query.node is registered, but the SDL has no such")
        .doesNotContain("RegisteredFields");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type Other implements Missing { a: Int } | schema/b.graphqls:1: there is no type 'Missing'.",
        "union Some = Missing                  | schema/b.graphqls:1: there is no type 'Missing'.",
        "schema { query: Querry }              | schema/b.graphqls:1: there is no type 'Querry'; did you mean 'Query'?",
        "interface Has { a: Int } type Lacks implements Has { b: Int } | schema/b.graphqls:1: The object type 'Lacks' does not have a field 'a'",
        "schema { query: Query }  schema { query: Query } | schema/b.graphqls:1: 'schema' is defined again",
        "input In { in: In! } extend type Query { in(in: In): Int } | schema: invalid schema:",
        "extend type Query { in(in: Int = \"x\"): Int } | Invalid default value",
        "extend type Query { a: Int @public }  | schema/b.graphqls:1: 'a' failed to provide a value for the non null argument 'why'",
        "type Twice { a: Int a: Int }          | schema/b.graphqls:1: The type 'Twice' has declared a field with a non unique name 'a'",
        "type Nothing                          | must define one or more fields",
        "directive @public(why: String) on OBJECT | schema/b.graphqls:1: 'public' is defined again; the first definition is in schema/a.graphqls:1.",
        "type Out { a(b: Thing): Int }         | schema/b.graphqls:1: The type 'Thing' is not an input type",
        "scalar Int                            | schema/b.graphqls:1: the scalar 'Int' is built in",
        "scalar UUID scalar UUID               | schema/b.graphqls:1: 'UUID' is defined again",
      })
  void sdl_that_graphql_does_not_allow_stops_the_start(String sdl, String expected) {
    assertThatThrownBy(() -> start(Map.of("a.graphqls", VALID, "b.graphqls", sdl), thing()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(expected)
        .doesNotContain("[@", "null:", "is not present");
  }

  @Test
  void an_unanswered_field_of_a_connection_is_reported_too() {
    String things =
        """
        extend type Query { things: ThingConnection }
        type ThingConnection { edges: [ThingEdge!]! pageInfo: PageInfo! totalCount: Int }
        type ThingEdge { node: Thing! cursor: String! weight: Int }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        """;
    assertThatThrownBy(() ->
            start(
                Map.of("a.graphqls", VALID, "b.graphqls", things),
                fields -> {
                  thing().register(fields);
                  fields.query("things", call -> null);
                }))
        .message()
        .contains(
            "no resolver answers ThingConnection.totalCount",
            "no resolver answers ThingEdge.weight")
        .doesNotContain("ThingConnection.edges", "ThingEdge.node", "PageInfo");
  }

  @Test
  void a_field_that_is_loaded_separately_must_be_nullable() {
    String strict =
        TinyApp.DIRECTIVES
            + "type Query { thing: Thing! }\n"
            + "type Thing { id: ID! name: String other: Thing! liked: Boolean! }\n";

    assertThatThrownBy(() ->
            start(
                Map.of("app.graphqls", strict),
                fields -> {
                  thing().register(fields);
                  fields.exists("Thing", "liked", call -> null);
                }))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/app.graphqls:3: Query.thing is loaded separately",
            "schema/app.graphqls:4: Thing.other is loaded separately",
            "schema/app.graphqls:4: Thing.liked is loaded separately")
        .doesNotContain("Thing.id");
  }

  @Test
  void a_subscription_is_answered_like_the_query_of_its_name() {
    String live = "type Subscription {\n  thing: Thing @public(why: \"test\")\n}\n";

    assertThatCode(() -> start(Map.of("a.graphqls", VALID, "b.graphqls", live), thing()))
        .doesNotThrowAnyException();
  }

  @Test
  void a_subscription_without_an_answer_of_its_own_kind_stops_the_start() {
    String live =
        """
        type Subscription {
          thing(id: ID!): Thing
          nothing: Thing
          written: Thing
          own: Thing
        }
        """;

    assertThatThrownBy(() ->
            start(
                Map.of("a.graphqls", VALID, "b.graphqls", live),
                fields -> {
                  thing().register(fields);
                  fields.on("Subscription", "own", call -> null);
                  fields.mutation("written", (call, transaction) -> null);
                }))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/b.graphqls:2: Subscription.thing is answered like Query.thing, so it must have the same arguments and the same type; it has (id: ID!): Thing instead of (): Thing.",
            "schema/b.graphqls:3: no resolver answers Subscription.nothing",
            "schema/b.graphqls:4: no resolver answers Subscription.written")
        .doesNotContain("Subscription.own");
  }

  @Test
  void an_interface_or_union_without_a_type_resolver_is_reported_with_its_line() {
    String abstractTypes =
        "interface Named { name: String }\nunion Some = Thing\nextend type Thing { named: Named some: Some }\n";

    assertThatThrownBy(
            () -> start(Map.of("a.graphqls", VALID, "b.graphqls", abstractTypes), thing()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/b.graphqls:1: no type resolver for Named; register typeOf(\"Named\", ...)",
            "schema/b.graphqls:2: no type resolver for Some");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type Query { a: String                | schema/b.graphqls:1",
        "extend type Query { a: Missing }      | schema/b.graphqls:1",
        "type Thing { a: String }              | schema/a.graphqls:4",
        "scalar Upload                         | schema/b.graphqls:1: files do not pass through GraphQL, because Lambda accepts at most 6 MB. Apps upload to S3 with a presigned URL (docs/uploads.md)",
        "scalar Nope                           | schema/b.graphqls:1: unknown scalar 'Nope'",
        "extend type Missing { a: String }     | schema/b.graphqls:1",
        "type Other { a: String @missing }     | schema/b.graphqls:1",
        "extend type Query { thing: Int }      | schema/b.graphqls:1",
      })
  void an_error_in_an_sdl_file_is_reported_with_file_line_and_reason(String sdl, String expected) {
    assertThatThrownBy(() -> start(Map.of("a.graphqls", VALID, "b.graphqls", sdl), thing()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(expected);
  }

  @Test
  void sdl_files_in_subfolders_are_merged_too() {
    String more = "extend type Query { more: Int }";
    start(
        Map.of("app.graphqls", VALID, "deeper/still/more.graphqls", more),
        fields -> {
          thing().register(fields);
          fields.query("more", call -> 1);
        });
  }

  @Test
  void a_folder_without_sdl_files_is_reported() {
    assertThatThrownBy(() -> start(Map.of("readme.md", ""), thing()))
        .message()
        .contains("no .graphqls files");
  }

  private static final String MUTATIONS =
      VALID
          + """
          scalar UUID
          directive @once(not: String) on FIELD_DEFINITION
          type Payload { ok: Boolean }
          input Input { requestId: UUID! }
          input Keyless { id: ID! }
          """;

  private static Resolvers mutations(String... fieldNames) {
    return fields -> {
      thing().register(fields);
      fields.attributes("Payload", List.of("ok"));
      for (String name : fieldNames) {
        fields.mutation(name, (call, transaction) -> Map.of("ok", true));
      }
    };
  }

  @Test
  void a_mutation_without_once_or_an_idempotency_key_stops_the_start() {
    String sdl =
        MUTATIONS
            + """
            type Mutation {
              undeclared(input: Input!): Payload
              keyless(input: Keyless!): Payload @once
              optional(input: Input): Payload @once
              inputless: Payload @once
              declared(input: Input!): Payload @once
              harmless: Payload @once(not: "It only counts how often it was called.")
            }
            """;

    assertThatThrownBy(() ->
            start(
                Map.of("app.graphqls", sdl),
                mutations(
                    "undeclared", "keyless", "optional", "inputless", "declared", "harmless")))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining("Mutation.undeclared needs @once, because clients retry")
        .hasMessageContaining("Mutation.keyless has @once, but its argument 'input' has no")
        .hasMessageContaining("Mutation.optional has @once")
        .hasMessageContaining("Mutation.inputless has @once")
        .message()
        .doesNotContain("Mutation.declared", "Mutation.harmless");
  }

  @Test
  void once_on_a_field_of_query_stops_the_start() {
    String sdl = MUTATIONS.replace("thing: Thing }", "thing: Thing @once }");

    assertThatThrownBy(() -> start(Map.of("app.graphqls", sdl), mutations()))
        .hasMessageContaining("Query.thing has @once, but is not a mutation.");
  }

  @Test
  void a_mutation_must_be_registered_with_a_transaction() {
    String sdl = MUTATIONS + "type Mutation { declared(input: Input!): Payload @once }";
    Resolvers resolvers =
        fields -> {
          mutations().register(fields);
          fields.on("Mutation", "declared", call -> Map.of("ok", true));
        };

    assertThatThrownBy(() -> start(Map.of("app.graphqls", sdl), resolvers))
        .hasMessageContaining("Mutation.declared is a mutation; register it with fields.mutation");
  }

  @Test
  void types_that_no_field_returns_need_no_registrations() {
    TinyApp app =
        new TinyApp(
            """
            type Query { a: String @public(why: "test") }
            interface Node { id: ID! }
            union Any = Changes
            type Changes { changed: [Node!]! token: String! }
            """,
            fields -> fields.query("a", call -> "answered"));

    assertThat(app.phone().ask("{ a }").data("/a").asText()).isEqualTo("answered");
  }
}
