package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.notes.NotesDevelopment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new screen is valid for the schema, for any root field. */
final class NewScreenTest {

  @TempDir private Path temporary;
  private Path schema = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    schema = NotesDevelopment.copyTo(temporary.resolve("schema"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node",
        "notebook",
        "notebooks",
        "ratedNotebooks",
        "me",
        "note",
        "changes",
        "writeNote",
        "deleteNote",
        "closeNotebook"
      })
  void a_new_screen_is_valid_and_has_an_example(String field) throws IOException {
    assertThat(NewScreen.write(schema, "Fresh", field)).contains("?screen=Fresh");

    assertThat(SchemaCheck.findings(schema)).isEmpty();
    assertThat(schema.resolve("screens/Fresh.graphql")).content().contains("@budget", field);
    assertThat(schema.resolve("screens/Fresh.example.json")).content().contains("variables");
  }

  @Test
  void a_new_screen_selects_all_scalar_fields() throws IOException {
    NewScreen.write(schema, "Fresh", "note");

    assertThat(schema.resolve("screens/Fresh.graphql"))
        .hasContent(
            """
            # The purpose of the screen, in one sentence.
            query Fresh($id: ID!) @budget(bytes: 2000, reads: 20, trips: 5) {
              note(id: $id) {
                id
                text
                mood
                writtenAt
                version
                length
              }
            }
            """);
  }

  @Test
  void a_field_of_subscription_makes_a_live_screen() throws IOException {
    NewScreen.write(schema, "Fresh", "Subscription.note");

    assertThat(SchemaCheck.findings(schema)).isEmpty();
    assertThat(schema.resolve("screens/Fresh.graphql"))
        .content()
        .contains("subscription Fresh($id: ID!) @budget(", "  note(id: $id) {\n");
    assertThat(schema.resolve("screens/Fresh.example.json")).content().contains("\"id\": \"\"");
  }

  @Test
  void the_example_has_the_usual_caller_of_the_other_examples_or_none() throws IOException {
    NewScreen.write(schema, "Fresh", "me");
    assertThat(schema.resolve("screens/Fresh.example.json"))
        .hasContent("{ \"caller\": \"reader-1\", \"variables\": {  } }");

    try (Stream<Path> examples = Files.list(schema.resolve("screens"))) {
      for (Path example :
          examples.filter(file -> file.toString().endsWith(".example.json")).toList()) {
        Files.delete(example);
      }
    }
    NewScreen.write(schema, "Fresher", "me");
    assertThat(schema.resolve("screens/Fresher.example.json"))
        .hasContent("{ \"variables\": {  } }");
  }

  @Test
  void an_invalid_name_or_field_is_reported_and_writes_no_file() {
    assertThatThrownBy(() -> NewScreen.write(schema, "Fresh", "notes"))
        .hasMessageContaining("not 'notes'. The fields are ")
        .hasMessageContaining(
            "changes, closeNotebook, deleteNote, me, node, note, notebook, notebooks, ratedNotebooks, writeNote, Subscription.me, Subscription.note, Subscription.notebook, Subscription.notebooks.");
    assertThatThrownBy(() -> NewScreen.write(schema, "Notebook", "me"))
        .hasMessageContaining("Notebook.graphql already exists");
    for (String name : new String[] {"", "home", "../X", "A B", "A-B"}) {
      assertThatThrownBy(() -> NewScreen.write(schema, name, "me"))
          .hasMessageContaining("The screen's name must be");
    }
    assertThat(schema.resolve("screens/Fresh.graphql")).doesNotExist();
  }
}
