package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.Key;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema that can't be served stops the start and says all that is wrong with it, and where. */
final class WiringTest {

  private static final String VALID =
      TinyApp.DIRECTIVES
          + "type Query { thing: Thing }\ntype Thing { id: ID! name: String other: Thing }\n";

  private static void start(Map<String, String> files, Resolvers resolvers) {
    new AppSchema(TinyApp.folder(files), List.of(resolvers));
  }

  private static Resolvers thing() {
    return fields -> {
      fields.query("thing", call -> null);
      fields.attributes("Thing", List.of("id", "name", "otherId"));
      fields.load("Thing", "other", "otherId", id -> new Key(id, id));
    };
  }

  @Test
  void what_is_wired_starts() {
    start(Map.of("app.graphqls", VALID), thing());
  }

  @Test
  void everything_that_is_not_wired_is_listed_at_once_with_its_place() {
    Resolvers wrong =
        fields -> {
          fields.attributes("Thing", List.of("id"));
          fields.attributes("Thnig", List.of("id"));
          fields.typeOf("Nmaed", item -> "Thing");
          fields.query("thing", call -> null);
          fields.query("thing", call -> null);
          fields.query("thign", call -> null);
          fields.on("Thing", "other", call -> null, "otherId");
        };

    assertThatThrownBy(() -> start(Map.of("app.graphqls", VALID), wrong))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/app.graphqls:4: nothing answers Thing.name",
            "Query.thign is registered, but the SDL has no such field",
            "Query.thing is registered more than once",
            "typeOf(\"Nmaed\", ...) is registered, but the SDL has no such interface or union",
            "attributes of 'Thnig' are registered, but the SDL has no such type",
            "Thing.other needs the attribute 'otherId'")
        .doesNotContain("Thing.id");
  }

  @Test
  void a_field_of_a_connection_that_nothing_answers_is_told_too() {
    String things =
        """
        extend type Query { things: ThingConnection }
        type ThingConnection { edges: [ThingEdge!]! totalCount: Int }
        type ThingEdge { node: Thing! weight: Int }
        """;
    assertThatThrownBy(() ->
            start(
                Map.of("a.graphqls", VALID, "b.graphqls", things),
                fields -> {
                  thing().register(fields);
                  fields.query("things", call -> null);
                }))
        .message()
        .contains("nothing answers ThingConnection.totalCount", "nothing answers ThingEdge.weight")
        .doesNotContain("ThingConnection.edges", "ThingEdge.node");
  }

  @Test
  void what_is_read_apart_must_be_nullable_so_that_its_failure_blanks_nothing_else() {
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
            "schema/app.graphqls:3: Query.thing is read apart",
            "schema/app.graphqls:4: Thing.other is read apart",
            "schema/app.graphqls:4: Thing.liked is read apart")
        .doesNotContain("Thing.id");
  }

  @Test
  void an_interface_or_union_whose_types_nothing_tells_is_told_with_its_place() {
    String abstractTypes = "interface Named { name: String }\nunion Some = Thing\n";

    assertThatThrownBy(
            () -> start(Map.of("a.graphqls", VALID, "b.graphqls", abstractTypes), thing()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/b.graphqls:1: nothing tells which type an item of Named is; register typeOf(\"Named\", ...)",
            "schema/b.graphqls:2: nothing tells which type an item of Some is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type Query { a: String                | schema/b.graphqls:1",
        "extend type Query { a: Missing }      | schema/b.graphqls:1",
        "type Thing { a: String }              | schema/a.graphqls:4",
        "scalar Nope                           | schema/b.graphqls:1: there is no scalar 'Nope'",
        "extend type Missing { a: String }     | schema/b.graphqls:1",
        "type Other { a: String @missing }     | schema/b.graphqls:1",
        "extend type Query { thing: Int }      | schema/b.graphqls:1",
      })
  void a_mistake_in_an_sdl_file_is_told_with_file_line_and_reason(String sdl, String told) {
    assertThatThrownBy(() -> start(Map.of("a.graphqls", VALID, "b.graphqls", sdl), thing()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(told);
  }

  @Test
  void files_of_folders_below_are_merged_too() {
    String more = "extend type Query { more: Int }";
    start(
        Map.of("app.graphqls", VALID, "deeper/still/more.graphqls", more),
        fields -> {
          thing().register(fields);
          fields.query("more", call -> 1);
        });
  }

  @Test
  void a_folder_without_sdl_files_is_told() {
    assertThatThrownBy(() -> start(Map.of("readme.md", ""), thing()))
        .message()
        .contains("no .graphqls files");
  }

  @Test
  void settings_name_the_variable_that_is_missing() {
    Map<String, String> all =
        Map.of("LAMBDA_TASK_ROOT", "/var/task", "TABLE_NAME", "t", "CURSOR_SECRET", "s".repeat(32));
    assertThat(Settings.of(all).schemaFolder()).isEqualTo(Path.of("/var/task/schema"));
    assertThat(Settings.of(all).toString()).doesNotContain("sss");
    for (String variable : all.keySet()) {
      Map<String, String> others = new HashMap<>(all);
      others.remove(variable);
      assertThatThrownBy(() -> Settings.of(others)).message().contains(variable);
    }
    Map<String, String> weak = new HashMap<>(all);
    weak.put("CURSOR_SECRET", "short");
    assertThatThrownBy(() -> Settings.of(weak)).message().contains("32");
  }

  private static final String MUTATIONS =
      VALID
          + """
          scalar UUID
          directive @once(not: String) on FIELD_DEFINITION
          type Payload { ok: Boolean }
          input Input { requestId: UUID! }
          input Nameless { id: ID! }
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
  void a_mutation_that_does_not_say_what_happens_when_it_is_sent_twice_stops_the_start() {
    String sdl =
        MUTATIONS
            + """
            type Mutation {
              unsaid(input: Input!): Payload
              nameless(input: Nameless!): Payload @once
              optional(input: Input): Payload @once
              inputless: Payload @once
              said(input: Input!): Payload @once
              harmless: Payload @once(not: "It only counts how often it was called.")
            }
            """;

    assertThatThrownBy(() ->
            start(
                Map.of("app.graphqls", sdl),
                mutations("unsaid", "nameless", "optional", "inputless", "said", "harmless")))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining("Mutation.unsaid does not say @once, and phones ask twice")
        .hasMessageContaining("Mutation.nameless says @once, but its argument 'input' has no")
        .hasMessageContaining("Mutation.optional says @once")
        .hasMessageContaining("Mutation.inputless says @once")
        .message()
        .doesNotContain("Mutation.said", "Mutation.harmless");
  }

  @Test
  void only_mutations_happen_once() {
    String sdl = MUTATIONS.replace("thing: Thing }", "thing: Thing @once }");

    assertThatThrownBy(() -> start(Map.of("app.graphqls", sdl), mutations()))
        .hasMessageContaining("Query.thing says @once, but is no mutation.");
  }

  @Test
  void a_mutation_can_not_be_answered_by_a_resolver_that_has_no_transaction() {
    String sdl = MUTATIONS + "type Mutation { said(input: Input!): Payload @once }";
    Resolvers resolvers =
        fields -> {
          mutations().register(fields);
          fields.on("Mutation", "said", call -> Map.of("ok", true));
        };

    assertThatThrownBy(() -> start(Map.of("app.graphqls", sdl), resolvers))
        .hasMessageContaining("Mutation.said is a mutation; register it by fields.mutation");
  }
}
