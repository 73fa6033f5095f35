package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.notes.NotesBench;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.store.Backfill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kit's tests decide about an app, on cases that the example app lacks. */
final class KitTest {

  @TempDir private Path folder;

  @Test
  void the_access_matrix_has_deprecated_fields_too() {
    List<String> fields = new ArrayList<>();
    for (JsonNode type : AccessMatrixTests.types(NotesBench.shared().stranger())) {
      if (type.get("name").asText().equals("Notebook")) {
        fields.addAll(type.findValuesAsText("name"));
      }
    }

    assertThat(fields).contains("title", "theme");
  }

  /** A function that read the whole table would need a right that the template does not give. */
  @Test
  void a_call_in_any_class_that_a_handler_uses_is_found() throws IOException {
    assertThat(DeployedCalls.onTable(NotesBench.shared().development().function()))
        .contains("dynamodb:Query", "dynamodb:ConditionCheckItem")
        .doesNotContain("dynamodb:Scan");
    assertThat(DeployedCalls.onTable(Backfill.class)).contains("dynamodb:Scan");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "query A { a }                                                       | {}                              | true",
        "mutation A { a }                                                    | {}                              | false",
        "mutation A($requestId: UUID!) { a(input: {requestId: $requestId}) } | {}                              | true",
        "mutation A($input: In!) { a(input: $input) }                        | {\"input\": {\"requestId\": \"1\"}} | true",
        "mutation A($input: In!) { a(input: $input) }                        | {\"input\": {\"text\": \"1\"}}      | false",
      })
  void a_mutation_is_repeated_only_with_an_idempotency_key(
      String document, String variables, boolean canRepeat) throws IOException {
    Path file = folder.resolve("A.graphql");
    Files.writeString(folder.resolve("A.example.json"), "{\"variables\": %s}".formatted(variables));
    Screen screen = new Screen("A", document, file);

    assertThat(ScreensTests.canRepeat(screen, ScreenExample.of(screen))).isEqualTo(canRepeat);
  }
}
