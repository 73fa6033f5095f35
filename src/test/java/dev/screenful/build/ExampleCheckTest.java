package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build checks the example of each screen, without the app and its data. */
final class ExampleCheckTest {

  @TempDir private Path schema;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "query Q { a }                          |                             |",
        "query Q($id: ID) { a(id: $id) }        |                             |",
        "query Q($id: ID! = 1) { a(id: $id) }   | {\"variables\": {}}         |",
        "query Q($id: ID!) { a(id: $id) }       | {\"variables\": {\"id\": \"{x}\"}} |",
        "query Q($id: ID!) { a(id: $id) }       |                             | does not exist. Create it with values for [id].",
        "query Q($id: ID!) { a(id: $id) }       | {\"variables\": {}}         | lacks the required variables [id].",
        "query Q($id: ID!) { a(id: $id) }       | {\"variables\": {\"id\": null}} | lacks the required variables [id].",
        "query Q($id: ID) { a(id: $id) }        | {\"variables\": {\"ID\": 1}} | : The screen has no variable 'ID'. Its variables are [id].",
        "query Q { a }                          | {                           | : The JSON is malformed",
        "query Q { a }                          | {\"variables\": []}         | must be an object with 'variables'",
      })
  void an_example_that_does_not_fit_its_screen_fails_the_build_with_its_file(
      String document, @Nullable String example, @Nullable String error) throws IOException {
    Files.writeString(schema.resolve("app.graphqls"), "type Query { a(id: ID): String }");
    Path screens = Files.createDirectories(schema.resolve("screens"));
    Files.writeString(screens.resolve("Q.graphql"), document);
    if (example != null) {
      Files.writeString(screens.resolve("Q.example.json"), example);
    }

    List<SchemaFinding> findings = SchemaCheck.findings(schema);

    if (error == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings)
          .singleElement()
          .satisfies(found -> {
            assertThat(found.isError()).isTrue();
            assertThat(found.text())
                .startsWith(screens.resolve("Q.example.json").toString())
                .contains(error);
          });
    }
  }
}
