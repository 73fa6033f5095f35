package dev.layover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The progress of the sample data import. */
final class ProgressBarTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void in_a_terminal_a_bar_grows_on_one_line() {
    ProgressBar bar = new ProgressBar(out, true);

    bar.report(25, 1000);
    bar.report(500, 1000);
    bar.report(475, 1000); // a late report of another thread
    bar.report(1000, 1000);

    assertThat(shown().split("\r"))
        .containsExactly(
            "",
            "Loading sample data [#%s] 25 of 1,000 items".formatted(" ".repeat(39)),
            "Loading sample data [%s%s] 500 of 1,000 items"
                .formatted("#".repeat(20), " ".repeat(20)),
            "Loading sample data [%s] 1,000 of 1,000 items\n".formatted("#".repeat(40)));
  }

  @Test
  void without_a_terminal_progress_is_one_line() {
    ProgressBar bar = new ProgressBar(out, false);

    bar.report(500, 1000);
    bar.report(1000, 1000);

    assertThat(shown()).isEqualToNormalizingNewlines("Loading sample data ...\n");
  }
}
