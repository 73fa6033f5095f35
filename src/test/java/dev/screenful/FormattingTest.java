package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that google-java-format would not change any source; with {@code -Dformat}, it formats
 * them. This is a test because a plugin would run inside Maven, whose JDK may be too old to parse
 * Java 25.
 */
final class FormattingTest {

  @Test
  void all_sources_are_formatted() throws IOException, FormatterException {
    List<Path> changed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        String formatted = formatted(source);
        if (!formatted.equals(source)) {
          changed.add(file);
          if (System.getProperty("format") != null) {
            Files.writeString(file, formatted);
          }
        }
      }
    }
    if (System.getProperty("format") == null) {
      assertThat(changed)
          .as("To format the sources, run mvn test -Dtest=FormattingTest -Dformat")
          .isEmpty();
    }
  }

  private static String formatted(String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(source), Style.GOOGLE);
    return new Formatter().formatSource(imports);
  }
}
