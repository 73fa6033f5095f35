package dev.screenful.screens;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A screen of the app: the operation document in {@code NAME.graphql}, and in {@code
 * NAME.example.json} an example of it being opened.
 *
 * @param name the operation's name, which is the file's
 * @param document the operation document
 * @param caller who opens it in the example, null for someone not signed in
 * @param variables the example's variables
 */
public record Screen(
    String name,
    String document,
    @Nullable String caller,
    Map<String, @Nullable Object> variables) {

  private static final String DOCUMENT = ".graphql";

  /** The names of the screens in a folder. */
  public static Set<String> names(Path folder) {
    return documents(folder).stream().map(Screen::name).collect(Collectors.toSet());
  }

  /**
   * The screens of a folder by name.
   *
   * @param values what stands in the examples for a name in braces, such as {@code {tomorrow}}:
   *     examples that name a day or something that was made on a day could not stay the same text
   * @throws IllegalStateException where a screen's example can't be read
   */
  public static List<Screen> folder(Path folder, Map<String, String> values) {
    return documents(folder).stream().map(document -> read(document, values)).toList();
  }

  private static List<Path> documents(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(DOCUMENT)).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "The screens in " + folder.toAbsolutePath() + " can't be read.", unreadable);
    }
  }

  private static String name(Path document) {
    return document.getFileName().toString().replace(DOCUMENT, "");
  }

  @SuppressWarnings(
      "unchecked") // of JSON objects; what the variables hold is checked against the document
  private static Screen read(Path document, Map<String, String> values) {
    String name = name(document);
    Path example = document.resolveSibling(name + ".example.json");
    try {
      String text = Files.exists(example) ? Files.readString(example) : "{\"variables\": {}}";
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("{" + value.getKey() + "}", value.getValue());
      }
      if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> opened
          && opened.get("variables") instanceof Map<?, ?> variables) {
        return new Screen(
            name,
            Files.readString(document),
            opened.get("caller") instanceof String caller ? caller : null,
            (Map<String, @Nullable Object>) variables);
      }
      throw new IllegalStateException(
          example
              + " holds an object with 'variables' and, where the screen is for someone signed in, 'caller'.");
    } catch (MalformedJson malformed) {
      throw new IllegalStateException(example + ": " + malformed.getMessage(), malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(example + " can't be read.", unreadable);
    }
  }
}
