package dev.screenful.screens;

import dev.screenful.compact.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A screen of the app: the operation document in {@code NAME.graphql}.
 *
 * @param name the name of the operation and of the file
 * @param document the operation document
 * @param file the file
 */
public record Screen(String name, String document, Path file) {

  private static final String DOCUMENT = ".graphql";

  /** The screens of a folder, sorted by name. */
  public static List<Screen> folder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(DOCUMENT))
          .sorted()
          .map(Screen::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "The screens in " + folder.toAbsolutePath() + " can't be read.", unreadable);
    }
  }

  private static Screen read(Path file) {
    try {
      String name = file.getFileName().toString().replace(DOCUMENT, "");
      return new Screen(name, TextFile.read(file), file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }
}
