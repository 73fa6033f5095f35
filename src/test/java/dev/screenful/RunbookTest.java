package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each alarm of {@code template.yaml} has its section in {@code docs/operations.md}. */
final class RunbookTest {

  private static final Pattern SECTION =
      Pattern.compile("(?ms)^### (Alarm: [^\n]+)\n(.*?)(?=^##|\\z)");

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(MatchResult section) {
    return section
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }

  private static List<MatchResult> sections() throws IOException {
    return SECTION.matcher(Files.readString(Path.of("docs/operations.md"))).results().toList();
  }

  @Test
  void each_alarm_links_to_a_section_of_its_own_and_no_section_is_without_an_alarm()
      throws IOException {
    List<String> links =
        matches("\\$\\{Runbook}#([a-z0-9-]+)", Files.readString(Path.of("template.yaml")));

    assertThat(links).doesNotHaveDuplicates().hasSizeGreaterThan(8);
    assertThat(sections().stream().map(RunbookTest::anchor))
        .containsExactlyInAnyOrderElementsOf(links);
  }

  @Test
  void each_section_says_what_the_alarm_means_where_to_look_and_what_to_do() throws IOException {
    for (MatchResult section : sections()) {
      assertThat(section.group(2))
          .as(section.group(1))
          .containsSubsequence("**Meaning.**", "**First look.**", "**What to do.**");
    }
  }
}
