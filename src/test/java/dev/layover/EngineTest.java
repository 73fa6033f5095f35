package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine and its tests stay as they are when a team deletes Layover. */
final class EngineTest {

  @Test
  void no_file_of_the_engine_or_of_its_tests_names_layover() throws IOException {
    List<Path> read = new ArrayList<>();
    for (String folder :
        new String[] {
          "src/main/java/dev/screenful",
          "src/main/resources/dev/screenful",
          "src/main/resources/i18n",
          "src/test/java/dev/screenful",
          "src/test/resources/dev/screenful",
          "src/test/resources/notes"
        }) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        read.addAll(files.filter(Files::isRegularFile).toList());
      }
    }

    assertThat(read)
        .hasSizeGreaterThan(250)
        .allSatisfy(file ->
            assertThat(
                    Files.readString(file, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .contains("layover"))
                .as(file.toString())
                .isFalse());
  }
}
