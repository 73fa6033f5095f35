package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    assertThat(validate(folder, "PAY_PER_REQUEST", "PAY_PER_REQUET")).contains("PAY_PER_REQUET");
  }

  /** So both choices of each parameter are checked. */
  @Test
  void a_resource_that_needs_one_of_a_parameter_which_is_off_is_found(@TempDir Path folder)
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    String route = "  MessageRoute:\n    Type: AWS::ApiGatewayV2::Route\n";
    assertThat(validate(folder, route + "    Condition: HasLiveScreens\n", route))
        .contains("MessageRoute: Reference to 'WebSocketApi' which is conditional");
    assertThat(validate(folder, "NEW_AND_OLD_IMAGES", "ALL_IMAGES")).contains("ALL_IMAGES");
    String either = "!If [IsManaged, !Ref ManagedFunction, !Ref CustomFunction]";
    assertThat(validate(folder, either, "!Ref ManagedFunction"))
        .contains("FunctionErrorsAlarm: Reference to 'ManagedFunction' which is conditional");
  }

  /** What the check of a wrong template reports. */
  private static String validate(Path folder, String right, String wrong)
      throws IOException, InterruptedException {
    String template = Files.readString(TEMPLATE);
    assertThat(template).contains(right);
    Path changed = folder.resolve("template.yaml");
    Files.writeString(changed, template.replace(right, wrong));
    RequiredTools.Run run = RequiredTools.node("validate-template.mjs", changed.toString());
    assertThat(run.exit()).as(run.output()).isEqualTo(1);
    return run.output();
  }

  @Test
  void cfn_lint_reports_nothing() throws IOException, InterruptedException {
    RequiredTools.needSam();
    RequiredTools.lint(TEMPLATE);
  }

  /**
   * cfn-lint itself transforms the template for the defaults; only this parameter changes what SAM
   * adds.
   */
  @Test
  void sam_transforms_the_template_and_adds_no_rights_but_those_of_codedeploy(@TempDir Path folder)
      throws IOException, InterruptedException {
    RequiredTools.needSam();
    RequiredTools.Run run =
        RequiredTools.run(
            List.of(
                "python3",
                "src/test/python/transform-template.py",
                TEMPLATE.toString(),
                "Deployment=Canary10Percent5Minutes"));
    assertThat(run.exit()).as(run.output()).isZero();
    JsonNode both = new ObjectMapper().readTree(run.output());
    JsonNode transformed = both.get("transformed");

    Map<String, JsonNode> rights = resources(transformed, "AWS::IAM::");
    JsonNode added = Objects.requireNonNull(rights.remove("CodeDeployServiceRole"));
    assertThat(rights).isEqualTo(resources(both.get("template"), "AWS::IAM::")).isNotEmpty();
    assertThat(added.at("/Properties/ManagedPolicyArns").toString())
        .contains("AWSCodeDeployRoleForLambda");
    assertThat(added.at("/Properties/Policies").isMissingNode()).isTrue();
    assertThat(resources(transformed, "AWS::Lambda::Permission"))
        .isNotEmpty()
        .allSatisfy((name, permission) ->
            assertThat(permission.at("/Properties/Principal").asText())
                .isEqualTo("apigateway.amazonaws.com"));
    Path file = folder.resolve("transformed.json");
    Files.writeString(file, transformed.toString());
    RequiredTools.lint(file);
  }

  private static Map<String, JsonNode> resources(JsonNode template, String type) {
    Map<String, JsonNode> resources = new TreeMap<>();
    template
        .get("Resources")
        .properties()
        .forEach(resource -> {
          if (resource.getValue().get("Type").asText().startsWith(type)) {
            resources.put(resource.getKey(), resource.getValue());
          }
        });
    return resources;
  }
}
