package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.resolver.Call;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A screen above its budget is served, and a warning in the log shows the exceeded figures and the
 * cost of each field.
 */
final class BudgetTest {

  private static final String SDL =
      """
      directive @budget(bytes: Int!, reads: Int!, trips: Int!) on QUERY | MUTATION
      type Query {
        note: Note @public(why: "test")
        word: String @public(why: "test")
        private: String
      }
      type Note { text: String }
      """;

  private static final String SCREEN = "query Here @budget(%s) { note { text } word }";

  private static final Key KEY = new Key("BUDGET", "NOTE");

  private static Object note(Call call) {
    return Objects.requireNonNull(call.store().get(KEY, Projection.of("text")));
  }

  private static TinyApp app(String budget) {
    new BulkWriter(TinyApp.table())
        .write(List.of(Item.of(KEY, Map.of("text", "Sixteen letters."))));
    return new TinyApp(
        SDL,
        fields -> {
          fields.attributes("Note", List.of("text"));
          fields.query("note", BudgetTest::note);
          fields.query("word", call -> "word");
          fields.query("private", call -> "private");
        },
        Map.of(
            "screens/Here.graphql",
            SCREEN.formatted(budget),
            "screens/Private.graphql",
            "query Private @budget(%s) { private }".formatted(budget)),
        Map.of());
  }

  private static List<String> warnings(TinyApp app) {
    return app.log().lines().filter(line -> line.contains("overBudget")).toList();
  }

  @Test
  void a_screen_within_its_budget_logs_no_warning() {
    TinyApp app = app("bytes: 130, reads: 1, trips: 1");
    Phone.Reply reply = app.phone().ask("query Here { note { text __typename } word }");

    assertThat(reply.data("/note/text").asText()).isEqualTo("Sixteen letters.");
    assertThat(warnings(app)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes: 10, reads: 1, trips: 1",
        "bytes: 130, reads: 0, trips: 1",
        "bytes: 130, reads: 1, trips: 0"
      })
  void a_screen_over_its_budget_is_served_and_logs_a_warning_with_its_name(String budget)
      throws JsonProcessingException {
    TinyApp app = app(budget);
    Phone.Reply reply = app.phone().ask(SCREEN.formatted("bytes: 1000, reads: 1000, trips: 1000"));

    assertThat(reply.data("/word").asText()).isEqualTo("word");
    assertThat(warnings(app)).hasSize(1);
    JsonNode warning = new ObjectMapper().readTree(warnings(app).getFirst());
    assertThat(warning.get("level").asText()).isEqualTo("WARN");
    assertThat(warning.get("requestId").asText()).isEqualTo(reply.requestId());
    assertThat(warning.get("screen").asText()).isEqualTo("Here");
    assertThat(warning.get("over")).hasSize(1);
    assertThat(warning.get("over").elements().next().asText()).matches("\\d+ of \\d+");
    assertThat(warning.at("/fields/note/reads").asInt()).isEqualTo(1);
    assertThat(warning.at("/fields/note/trips").asInt()).isEqualTo(1);
    assertThat(warning.at("/fields/note/bytes").asInt()).isGreaterThan(20);
    assertThat(warning.at("/fields/word/bytes").asInt()).isEqualTo("\"word\"".length());
    assertThat(warning.at("/fields/word/trips").isMissingNode()).isTrue();
  }

  @Test
  void the_lookup_of_a_document_by_hash_does_not_count_towards_the_budget() {
    TinyApp app = app("bytes: 130, reads: 1, trips: 1");
    String document = "query Here { note { text } word }";
    String hash = Sha256.hex(document);
    String persisted =
        "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
            .formatted(hash);
    app.phone().send("{\"query\": \"" + document + "\", " + persisted);
    TinyApp cold = app("bytes: 130, reads: 1, trips: 1");

    assertThat(cold.phone().send("{" + persisted).data("/word").asText()).isEqualTo("word");
    assertThat(warnings(app)).isEmpty();
    assertThat(warnings(cold)).isEmpty();
  }

  @Test
  void an_unknown_document_has_no_budget() {
    TinyApp app = app("bytes: 1, reads: 1, trips: 1");
    app.phone().ask("query Here { word }");

    assertThat(warnings(app)).isEmpty();
  }

  @Test
  void the_text_of_an_error_is_not_counted() {
    TinyApp app = app("bytes: 20, reads: 1, trips: 1");

    assertThat(app.phone().ask("query Private { private }").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(warnings(app)).isEmpty();
  }
}
