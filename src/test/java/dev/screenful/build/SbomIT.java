package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import dev.screenful.kit.Sbom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of deployed libraries that {@code mvn package} writes to {@code target/sbom.json}. */
final class SbomIT {

  private static final Path LIBRARIES = Path.of("target/function/lib");

  /** SPDX ids. None of them asks to publish the source of the app that the library is part of. */
  private static final Set<String> ALLOWED_LICENCES =
      Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0");

  @BeforeEach
  void needSbom() {
    RequiredTools.needSbom();
  }

  @Test
  void the_sbom_lists_each_deployed_jar_by_version_and_hash_and_nothing_else()
      throws IOException, GeneralSecurityException {
    Map<String, String> listed =
        Sbom.read().stream()
            .collect(
                Collectors.toMap(
                    library -> library.name() + "-" + library.version() + ".jar",
                    Sbom.Library::sha256));

    Map<String, String> deployed = new HashMap<>();
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      for (Path jar : jars.toList()) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        deployed.put(jar.getFileName().toString(), HexFormat.of().formatHex(hash));
      }
    }

    assertThat(listed).isNotEmpty().isEqualTo(deployed);
  }

  @Test
  void each_deployed_library_has_an_allowed_licence() throws IOException {
    for (Sbom.Library library : Sbom.read()) {
      List<String> licences = library.licences();
      assertThat(licences).as("the licences of %s", library.name()).isNotEmpty();
      assertThat(ALLOWED_LICENCES)
          .as("%s. Read the licence, then allow it here, or do without the library", library.name())
          .containsAll(licences);
    }
  }
}
