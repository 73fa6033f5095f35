package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.Backend;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.kit.TestBench;
import dev.screenful.live.Connections;
import dev.screenful.notes.NotesBench;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The costs on the screens page of the development server. */
final class ScreenOpenerTest {

  private final TestBench bench = NotesBench.shared();

  private ScreenOpener opener(boolean hasConnections) {
    return new ScreenOpener(
        bench.files().resolve("screens"),
        bench.tokens(),
        TestBench.CLOCK,
        (connections, log) ->
            Backend.handler(
                bench.app(),
                bench.settings(),
                bench.tokens().verifier(log),
                bench.table().client(),
                hasConnections ? connections : Connections.none(),
                TestBench.CLOCK,
                log));
  }

  @Test
  void a_live_screen_is_opened_over_a_socket_and_costs_what_one_answer_costs() throws IOException {
    Map<String, MeasuredScreen> measured = opener(true).open(bench.examples());

    MeasuredScreen live = Objects.requireNonNull(measured.get("NotebookLive"));
    assertThat(String.valueOf(live.response())).contains("data", "Apples and pears", "noted=true");
    assertThat(List.of(live.reads(), live.trips())).containsExactly(2, 2);
    assertThat(live.readUnits()).isEqualTo(2.0); // two small items, strongly consistent
    assertThat(measured.keySet())
        .containsExactlyElementsOf(
            Stream.concat(bench.queries().stream(), Stream.of(bench.screen("NotebookLive")))
                .map(Screen::name)
                .sorted()
                .toList());
  }

  @Test
  void a_live_screen_without_an_answer_has_no_costs() throws IOException {
    assertThat(opener(false).open(bench.examples())).doesNotContainKey("NotebookLive");
  }
}
