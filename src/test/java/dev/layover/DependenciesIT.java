package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import dev.screenful.kit.Sbom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of dependencies, compared with the package. */
final class DependenciesIT {

  private static final Path TABLE = Path.of("docs/decisions/0001-dependencies.md");

  /** A deployed library: its name and its licence. */
  private static final Pattern DEPLOYED =
      Pattern.compile("(?m)^\\| ([^|]+?) \\| yes \\|[^|]+\\| ([^|]+?) \\|$");

  @Test
  void the_table_lists_each_deployed_library_with_its_licence_and_nothing_else()
      throws IOException {
    RequiredTools.needSbom();
    Map<String, String> deployed =
        Sbom.read().stream()
            .collect(
                Collectors.toMap(
                    Sbom.Library::name, library -> String.join(", ", library.licences())));

    Map<String, String> listed =
        DEPLOYED
            .matcher(Files.readString(TABLE))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

    assertThat(listed).isNotEmpty().isEqualTo(deployed);
  }
}
