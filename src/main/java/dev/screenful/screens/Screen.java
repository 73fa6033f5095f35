package dev.screenful.screens;

import dev.screenful.compact.TextFile;
import dev.screenful.document.ParsedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A screen of the app: the operation document in {@code NAME.graphql}. A file without operations
 * contains fragments that screens share; the documents of these screens end with them, as clients
 * send them.
 *
 * @param name the name of the operation and of the file
 * @param document the operation document, with the shared fragments that it uses
 * @param file the file
 * @param parts the shared fragments in the document
 */
public record Screen(String name, String document, Path file, List<Part> parts) {

  private static final String DOCUMENT = ".graphql";

  /**
   * A shared fragment in a document.
   *
   * @param fragment its name
   * @param from its first line in the document
   * @param file its file
   * @param line its first line in the file
   */
  public record Part(String fragment, int from, Path file, int line) {}

  /** A screen without shared fragments. */
  public Screen(String name, String document, Path file) {
    this(name, document, file, List.of());
  }

  /** The screens of a folder, sorted by name. A file that is not GraphQL counts as a screen. */
  public static List<Screen> folder(Path folder) {
    List<Screen> screens = new ArrayList<>();
    SharedFragments fragments = new SharedFragments();
    for (Path file : files(folder)) {
      Screen screen =
          new Screen(file.getFileName().toString().replace(DOCUMENT, ""), text(file), file);
      Optional<ParsedDocument> parsed = screen.parsed();
      if (parsed.filter(ParsedDocument::isOnlyFragments).isPresent()) {
        fragments.add(file, screen.document(), parsed.get());
      } else {
        screens.add(screen);
      }
    }
    return screens.stream().map(fragments::addedTo).toList();
  }

  /** The document, if it is GraphQL. Another one is reported when the screen is read. */
  Optional<ParsedDocument> parsed() {
    try {
      return Optional.of(ParsedDocument.of(document));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  /** The place of a line of the document as {@code file:line}. */
  public String at(int line) {
    String at = file + ":" + line;
    for (Part part : parts) {
      if (part.from() <= line) {
        at = part.file() + ":" + (line - part.from() + part.line());
      }
    }
    return at;
  }

  /** The names of the fragments in the screen's own file. */
  public Set<String> ownFragments() {
    Set<String> names = new TreeSet<>(ParsedDocument.of(document).fragmentNames());
    parts.forEach(part -> names.remove(part.fragment()));
    return names;
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
