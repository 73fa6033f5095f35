package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks {@code template.yaml} against CloudFormation's rules. */
final class TemplateValidationIT {

  private static final Path TEMPLATE = Path.of("template.yaml");

  @Test
  void the_template_is_valid_for_cloudformation_and_the_check_can_fail(@TempDir Path folder)
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    RequiredTools.Run right = RequiredTools.node("validate-template.mjs", TEMPLATE.toString());
    assertThat(right.exit()).as(right.output()).isZero();

    Path wrong = folder.resolve("template.yaml");
    Files.writeString(
        wrong, Files.readString(TEMPLATE).replace("PAY_PER_REQUEST", "PAY_PER_REQUET"));
    assertThat(RequiredTools.node("validate-template.mjs", wrong.toString()).exit()).isEqualTo(1);
  }

  @Test
  void cfn_lint_reports_nothing_if_it_is_installed() throws IOException, InterruptedException {
    if (RequiredTools.onPath("cfn-lint")) {
      RequiredTools.Run lint = RequiredTools.run(List.of("cfn-lint", TEMPLATE.toString()));
      assertThat(lint.exit()).as(lint.output()).isZero();
    }
  }
}
