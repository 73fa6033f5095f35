package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.ResolvedTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The environments of {@code samconfig.toml} set parameters that the template accepts. */
final class SamConfigTest {

  /** The overrides of each environment. */
  private static Map<String, Map<String, String>> environments() throws IOException {
    String config = Files.readString(Path.of("samconfig.toml"));
    Map<String, Map<String, String>> environments = new HashMap<>();
    Pattern.compile(
            "\\[(\\w+)\\.deploy\\.parameters](.*?)parameter_overrides = \\[(.*?)\n]",
            Pattern.DOTALL)
        .matcher(config)
        .results()
        .forEach(environment ->
            environments.put(
                environment.group(1),
                Pattern.compile("(?m)^ *\"(\\w+)=([^\"]*)\",$")
                    .matcher(environment.group(3))
                    .results()
                    .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)))));
    return environments;
  }

  @Test
  void the_template_accepts_the_parameters_of_both_environments() throws IOException {
    assertThat(environments().keySet()).containsExactlyInAnyOrder("dev", "prod");
    for (Map<String, String> overrides : environments().values()) {
      assertThat(overrides).isNotEmpty();
      assertThat(new ResolvedTemplate(overrides).refusals()).isEmpty();
    }
  }

  @Test
  void production_is_protected_and_deployed_gradually() throws IOException {
    Map<String, String> production = environments().get("prod");
    assertThat(production).containsEntry("Deployment", "Canary10Percent5Minutes");
    assertThat(production)
        .doesNotContainKeys("Alarms", "DeletionProtection", "Safelist"); // on by default
  }
}
