package dev.screenful.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.document.ParsedDocument;
import dev.screenful.kit.PackageTests;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.RuntimeApi;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Notes works, so that a test of the engine that uses it fails only for a fault of the engine. */
final class NotesTest {

  private final TestBench bench = NotesBench.shared();

  @Test
  void each_screen_is_answered_within_its_budget() {
    TestBench fresh = bench.fresh(); // other tests add notes, which a sync reads
    for (Screen screen : fresh.screens()) {
      ScreenExample example = ScreenExample.of(screen, fresh.examples());
      Phone phone = example.caller() == null ? fresh.stranger() : fresh.phoneOf(example.caller());
      boolean isLive = ParsedDocument.of(screen.document()).isSubscription();
      Phone.Reply reply =
          isLive
              ? phone.open(fresh.sockets(), screen.document(), example.variables())
              : phone.ask(screen.document(), example.variables());

      assertThat(reply.code()).as(screen.name()).isEqualTo("no error");
    }
    assertThat(fresh.logged("overBudget")).isEmpty();
  }

  @Test
  void a_note_is_visible_to_its_reader_only() {
    String query = "{ node(id: \"Note:A1.reader-1\") { ... on Note { text } } }";

    assertThat(bench.phoneOf("reader-1").ask(query).data("/node/text").asText())
        .isEqualTo("More cinnamon.");
    assertThat(bench.phoneOf("reader-2").ask(query).data("/node").isNull()).isTrue();
  }

  @Test
  void only_an_editor_closes_a_notebook_and_then_nobody_writes_in_it() {
    String close =
        "mutation ($requestId: UUID!) { closeNotebook(input: {requestId: $requestId, notebookId: \"Notebook:A4\"}) { notebook { closedAt } } }";
    String write =
        "mutation ($requestId: UUID!) { writeNote(input: {requestId: $requestId, notebookId: \"Notebook:A4\", text: \"x\"}) { note { id } } }";

    assertThat(bench.phoneOf("reader-1").ask(close).code()).isEqualTo("FORBIDDEN");
    assertThat(bench.phoneOf("editor-1").ask(close).code()).isEqualTo("no error");
    assertThat(bench.phoneOf("reader-1").ask(write).code()).isEqualTo("NOTEBOOK_CLOSED");
  }

  @Test
  void a_deleted_note_is_removed_by_the_next_sync() {
    Phone phone = bench.phoneOf("editor-1");
    String write =
        "mutation ($requestId: UUID!) { writeNote(input: {requestId: $requestId, notebookId: \"Notebook:B1\", text: \"x\"}) { note { id } } }";
    String id = phone.ask(write).data("/writeNote/note/id").asText();
    String token = phone.ask("{ changes { token } }").data("/changes/token").asText();
    phone.ask(
        "mutation ($requestId: UUID!) { deleteNote(input: {requestId: $requestId, noteId: \"%s\"}) { notebook { id } } }"
            .formatted(id));

    assertThat(
            phone
                .ask("{ changes(since: \"%s\") { removed } }".formatted(token))
                .data("/changes/removed/0")
                .asText())
        .isEqualTo(id);
  }

  @Test
  void a_fresh_bench_has_the_sample_data_and_its_changes_are_its_own() {
    TestBench fresh = bench.fresh();
    String notebook = "{ notebook(code: \"A2\") { title closedAt } }";
    String close =
        "mutation ($requestId: UUID!) { closeNotebook(input: {requestId: $requestId, notebookId: \"Notebook:A2\"}) { notebook { closedAt } } }";

    assertThat(fresh.phoneOf("editor-1").ask(close).code()).isEqualTo("no error");

    assertThat(fresh.stranger().ask(notebook).data("/notebook/closedAt").isNull()).isFalse();
    assertThat(bench.stranger().ask(notebook).data("/notebook/closedAt").isNull()).isTrue();
    assertThat(fresh.stranger().ask(notebook).data("/notebook/title").asText()).isEqualTo("Bread");
  }

  @Test
  void the_function_gets_the_environment_variables_of_the_app() throws IOException {
    try (RuntimeApi api = new RuntimeApi()) {
      assertThat(PackageTests.runtime(bench, api).environment())
          .containsEntry("NOTES_MOOD", "calm")
          .containsEntry("TABLE_NAME", bench.table().name());
    }
  }
}
