package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fragments that several screens share, as the code generators of Apollo's clients expect them. */
final class SharedFragmentsTest {

  private static final String SDL =
      """
      type Query { talk(id: ID!): Talk @public(why: "test") talks: [Talk!] @public(why: "test") }
      type Talk { id: ID! title: String! speaker: Speaker }
      type Speaker { id: ID! name: String! }
      directive @public(why: String!) on FIELD_DEFINITION
      """;

  @TempDir private Path temporary;
  private Path schema = Path.of("");

  @BeforeEach
  void write() throws IOException {
    schema = temporary.resolve("schema");
    Files.createDirectories(schema.resolve("screens"));
    Files.writeString(schema.resolve("app.graphqls"), SDL);
    screen("Talk", "query Talk($id: ID!) {\n  talk(id: $id) { id ...TalkParts }\n}\n");
    screen("Talks", "query Talks {\n  talks { id ...TalkParts }\n}\n");
    example("Talk", "{ \"variables\": { \"id\": \"1\" } }");
    example("Talks", "{ \"variables\": {} }");
    screen(
        "Parts",
        """
        # Shared by screens.
        fragment TalkParts on Talk { id title speaker { id ...SpeakerParts } }
        fragment SpeakerParts on Speaker { id name }
        fragment Unused on Speaker { name }
        """);
  }

  private void screen(String name, String text) throws IOException {
    Files.writeString(schema.resolve("screens/" + name + ".graphql"), text);
  }

  private void example(String name, String text) throws IOException {
    Files.writeString(schema.resolve("screens/" + name + ".example.json"), text);
  }

  private List<String> errors() {
    return SchemaCheck.findings(schema).stream()
        .filter(SchemaFinding::isError)
        .map(SchemaFinding::text)
        .toList();
  }

  @Test
  void a_screen_is_its_operation_and_the_fragments_that_it_uses() {
    assertThat(errors()).isEmpty();
    assertThat(Screen.folder(schema.resolve("screens")))
        .extracting(Screen::name)
        .containsExactly("Talk", "Talks");
    assertThat(Screen.folder(schema.resolve("screens")).getFirst().document())
        .isEqualTo(
            """
            query Talk($id: ID!) {
              talk(id: $id) { id ...TalkParts }
            }

            fragment TalkParts on Talk { id title speaker { id ...SpeakerParts } }

            fragment SpeakerParts on Speaker { id name }
            """);
    assertThat(KnownScreens.of(schema).documents()).hasSize(2);
  }

  @Test
  void a_mistake_in_a_shared_fragment_is_found_once_at_its_place() throws IOException {
    screen(
        "Parts",
        """
        # The parts of talks.

        fragment Unused on Talk { title } fragment TalkParts on Talk {
          id
          ...Title

          nope
        }
        fragment Title on Talk { title }
        """);

    assertThat(errors())
        .satisfiesExactly(error -> assertThat(error).contains("Parts.graphql:7: ", "'nope'"));

    screen("Parts", "\n\nfragment TalkParts on Talk {\n  title\n}\n");

    assertThat(errors())
        .satisfiesExactly(
            error -> assertThat(error).contains("Parts.graphql:3: Select 'id' of 'Talk'"));
  }

  @Test
  void a_fragment_that_two_screens_repeat_is_an_error() throws IOException {
    String own = "\nfragment TalkParts on Talk { id title }\n";
    Files.delete(schema.resolve("screens/Parts.graphql"));
    screen("Talk", "query Talk($id: ID!) { talk(id: $id) { id ...TalkParts } }" + own);
    screen("Talks", "query Talks { talks { id ...TalkParts } }" + own);

    assertThat(errors())
        .singleElement()
        .asString()
        .contains("Talks.graphql: the fragment 'TalkParts' is also in ", "Talk.graphql", "share");
  }

  @Test
  void two_files_with_the_same_shared_fragment_are_an_error() throws IOException {
    screen("More", "fragment TalkParts on Talk { title }");

    assertThatThrownBy(() -> Screen.folder(schema.resolve("screens")))
        .hasMessageContaining("the fragment TalkParts is also in ")
        .hasMessageContaining("More.graphql");
  }

  @Test
  void several_operations_in_one_file_are_an_error_with_advice() throws IOException {
    screen("Two", "query One { talks { id } }\nquery Two { talks { id } }");

    assertThat(errors())
        .singleElement()
        .asString()
        .contains("Two.graphql: a screen must have exactly one named operation, not 2.", "without");
  }

  @Test
  void an_operation_without_a_name_is_an_error_with_advice() throws IOException {
    screen("Two", "{ talks { id } }");

    assertThat(errors())
        .singleElement()
        .asString()
        .contains("Two.graphql: the operation must have a name, for a screen that of its file.");
  }

  @Test
  void an_sdl_that_was_downloaded_from_a_server_can_contain_what_every_schema_has()
      throws IOException {
    String downloaded =
        SDL
            + """
            type __Schema { types: [__Type!]! }
            type __Type { name: String }
            directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
            directive @deprecated(reason: String! = "No longer supported") on FIELD_DEFINITION
            directive @specifiedBy(url: String!) on SCALAR
            """;
    Files.writeString(schema.resolve("app.graphqls"), downloaded);
    Files.createDirectories(schema.resolve("released"));
    Files.writeString(schema.resolve("released/schema.graphqls"), downloaded);

    assertThat(SchemaCheck.findings(schema)).isEmpty();
  }

  @Test
  void a_released_sdl_that_is_not_sdl_is_an_error_with_its_file() throws IOException {
    Files.createDirectories(schema.resolve("released"));
    Files.writeString(schema.resolve("released/schema.graphqls"), "type Query {");

    assertThat(errors())
        .singleElement()
        .asString()
        .contains("schema/released/schema.graphqls:1: this is not valid SDL");
  }
}
