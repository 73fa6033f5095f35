package dev.screenful.screens;

import dev.screenful.compact.TextFile;
import dev.screenful.document.ParsedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A screen of the app: the operation document in {@code NAME.graphql}. A file without operations
 * contains fragments that screens share; the documents of these screens end with them, as clients
 * send them.
 *
 * @param name the name of the operation and of the file
 * @param document the operation document, with the shared fragments that it uses
 * @param file the file
 */
public record Screen(String name, String document, Path file) {

  private static final String DOCUMENT = ".graphql";

  /** The screens of a folder, sorted by name. A file that is not GraphQL counts as a screen. */
  public static List<Screen> folder(Path folder) {
    Map<Path, Optional<ParsedDocument>> operations = new LinkedHashMap<>();
    SharedFragments fragments = new SharedFragments();
    for (Path file : files(folder)) {
      Optional<ParsedDocument> parsed = parsed(text(file));
      if (parsed.isPresent() && parsed.get().isOnlyFragments()) {
        fragments.add(file, parsed.get());
      } else {
        operations.put(file, parsed);
      }
    }
    List<Screen> screens = new ArrayList<>();
    operations.forEach((file, parsed) -> {
      String name = file.getFileName().toString().replace(DOCUMENT, "");
      String own = text(file);
      String document = parsed.map(read -> fragments.addedTo(own, read)).orElse(own);
      screens.add(new Screen(name, document, file));
    });
    return screens;
  }

  private static Optional<ParsedDocument> parsed(String text) {
    try {
      return Optional.of(ParsedDocument.of(text));
    } catch (IllegalArgumentException wrong) { // reported with the screen
      return Optional.empty();
    }
  }

  /**
   * The place of a line of the document as {@code file:line}. A line of a shared fragment is not in
   * the file of the screen.
   */
  public String at(int line) {
    long lines = text(file).lines().count();
    return line <= lines ? file + ":" + line : file + ", in a shared fragment";
  }

  /** The names of the fragments in the screen's own file. */
  public Set<String> ownFragments() {
    return ParsedDocument.of(text(file)).fragments().keySet();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(DOCUMENT)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "The screens in " + folder.toAbsolutePath() + " can't be read.", unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return TextFile.read(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }
}
