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

/** Compares {@code docs/operations.md} with {@code template.yaml}. */
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

  private static String runbook() throws IOException {
    return Files.readString(Path.of("docs/operations.md"));
  }

  private static String template() throws IOException {
    return Files.readString(Path.of("template.yaml"));
  }

  private static List<MatchResult> sections() throws IOException {
    return SECTION.matcher(runbook()).results().toList();
  }

  /** A section of the second level. */
  private static String section(String heading) throws IOException {
    return matches("(?ms)^## %s\n(.*?)(?=^## |\\z)".formatted(heading), runbook()).getFirst();
  }

  /** A section of the template at its top level. */
  private static String part(String name) throws IOException {
    return matches("(?ms)^%s:\n(.*?)(?=^\\w|\\z)".formatted(name), template()).getFirst();
  }

  @Test
  void each_alarm_links_to_a_section_of_its_own_and_no_section_is_without_an_alarm()
      throws IOException {
    List<String> links = matches("\\$\\{Runbook}#([a-z0-9-]+)", template());

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

  /** {@code sam deploy --guided} asks for the parameters in the order of the template. */
  @Test
  void the_first_deployment_explains_the_prompt_of_each_parameter_in_order() throws IOException {
    assertThat(
            matches(
                "(?m)^\\| `Parameter (\\w+)` \\| \\S",
                section("First deployment, prompt by prompt")))
        .hasSizeGreaterThan(30)
        .isEqualTo(matches("(?m)^  (\\w+):", part("Parameters")));
  }

  @Test
  void what_stays_after_the_stack_is_deleted_is_listed() throws IOException {
    List<String> kept =
        matches("(?m)^  (\\w+):\n(?:   .*\n)*?    DeletionPolicy: Retain$", part("Resources"));

    assertThat(kept).isNotEmpty();
    assertThat(matches("(?m)^\\| `(\\w+)` \\|", section("Leave")))
        .containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  void a_restored_table_gets_each_setting_that_a_restore_leaves_out() throws IOException {
    assertThat(section("Restore the table to a point in time"))
        .contains(
            "AttributeName="
                + matches("TimeToLiveSpecification:\\s+AttributeName: (\\w+)", template())
                    .getFirst(),
            "StreamViewType=" + matches("StreamViewType: (\\w+)", template()).getFirst(),
            "PointInTimeRecoveryEnabled="
                + matches("PointInTimeRecoveryEnabled: (\\w+)", template()).getFirst(),
            "DeletionProtection=on");
  }

  @Test
  void each_parameter_that_a_command_sets_exists() throws IOException {
    List<String> parameters = matches("(?m)^  (\\w+):", part("Parameters"));
    List<String> set =
        matches("--parameter-overrides ([^\n#]+)", runbook()).stream()
            .flatMap(overrides -> matches("(\\w+)=", " " + overrides).stream())
            .toList();

    assertThat(set).hasSizeGreaterThan(5);
    assertThat(parameters).containsAll(set);
  }

  @Test
  void the_table_of_contents_leads_to_sections() throws IOException {
    List<String> anchors =
        Pattern.compile("(?m)^##+ (.+)$")
            .matcher(runbook())
            .results()
            .map(RunbookTest::anchor)
            .toList();

    assertThat(matches("]\\(#([^)]+)\\)", runbook())).hasSizeGreaterThan(9).isSubsetOf(anchors);
    assertThat(matches("(?m)^- \\[(.+)]\\(#", runbook()))
        .isEqualTo(matches("(?m)^## (.+)$", runbook()));
  }
}
