package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks {@code template.yaml} against CloudFormation's rules together with the files of the
 * dashboard, which the rules do not read.
 */
final class DashboardIT {

  private static final Pattern INCLUDE =
      Pattern.compile(
          "Fn::Transform: \\{ Name: AWS::Include, Parameters: \\{ Location: (\\S+) } }");

  @TempDir private Path folder;

  /** The template with the content of the files, as CloudFormation includes them. */
  private Path included(String right, String wrong) throws IOException {
    String template = Files.readString(Path.of("template.yaml"));
    List<String> files =
        INCLUDE.matcher(template).results().map(include -> include.group(1)).toList();
    assertThat(files)
        .containsExactly("target/dashboard/overview.json", "target/dashboard/screens.json");
    String included = INCLUDE.matcher(template).replaceAll(DashboardIT::content);
    assertThat(included).contains(right);
    return Files.writeString(folder.resolve("template.yaml"), included.replace(right, wrong));
  }

  private static String content(MatchResult include) {
    try {
      return Matcher.quoteReplacement(Files.readString(Path.of(String.valueOf(include.group(1)))));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  private RequiredTools.Run validate(String right, String wrong)
      throws IOException, InterruptedException {
    return RequiredTools.node("validate-template.mjs", included(right, wrong).toString());
  }

  @Test
  void the_included_files_are_valid_and_the_check_can_fail()
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    RequiredTools.Run right = validate("${FunctionLogs}", "${FunctionLogs}");
    assertThat(right.exit()).as(right.output()).isZero();

    RequiredTools.Run wrong = validate("${FunctionLogs}", "${MissingLogs}");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.output()).contains("MissingLogs");
  }

  @Test
  void cfn_lint_reports_nothing() throws IOException, InterruptedException {
    RequiredTools.needSam();
    RequiredTools.lint(included("${Api}", "${Api}"));
  }
}
