package dev.screenful.screens;

import dev.screenful.compact.TextFile;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An example of opening a screen, from the file {@code NAME.example.json} beside it. Names in
 * braces, such as {@code {tomorrow}}, are placeholders, so that an example can refer to the current
 * day.
 *
 * @param file the file, which may not exist
 * @param caller the caller; null for an anonymous one
 * @param variables the variables
 */
public record ScreenExample(
    Path file, @Nullable String caller, Map<String, @Nullable Object> variables) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

  /**
   * The example of a screen with its placeholders. Without a file, it is anonymous and has no
   * variables.
   *
   * @throws IllegalStateException if the file is malformed
   */
  public static ScreenExample of(Screen screen) {
    Path file = file(screen);
    return Files.exists(file) ? parsed(file, text(file)) : new ScreenExample(file, null, Map.of());
  }

  /**
   * The example of a screen, with values in place of placeholders.
   *
   * @param values the values by name. {@code {requestId}} is replaced by an id that depends on the
   *     screen and these values
   * @throws IllegalStateException if the file is malformed, or contains another placeholder; the
   *     message names file and line
   */
  public static ScreenExample of(Screen screen, Map<String, String> values) {
    Path file = file(screen);
    if (!Files.exists(file)) {
      return new ScreenExample(file, null, Map.of());
    }
    Map<String, String> all = new TreeMap<>(values);
    all.put("requestId", requestId(screen, values));
    String text = text(file);
    String filled =
        PLACEHOLDER
            .matcher(text)
            .replaceAll(found -> {
              String value = all.get(found.group(1));
              if (value == null) {
                throw new IllegalStateException(
                    "%s:%d: The placeholder %s is unknown. Use one of %s, or add it to the app's values for examples."
                        .formatted(file, line(text, found.start()), found.group(), all.keySet()));
              }
              return Matcher.quoteReplacement(value);
            });
    return parsed(file, filled);
  }

  private static Path file(Screen screen) {
    return screen.file().resolveSibling(screen.name() + ".example.json");
  }

  private static String requestId(Screen screen, Map<String, String> values) {
    String seed = screen.name() + new TreeMap<>(values);
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String text(Path file) {
    try {
      return TextFile.read(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  private static long line(String text, int position) {
    return text.substring(0, position).lines().count();
  }

  @SuppressWarnings(
      "unchecked") // names in JSON objects are strings; validation checks the variables
  private static ScreenExample parsed(Path file, String text) {
    try {
      if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> opened
          && opened.get("variables") instanceof Map<?, ?> variables) {
        return new ScreenExample(
            file,
            opened.get("caller") instanceof String caller ? caller : null,
            (Map<String, @Nullable Object>) variables);
      }
      throw new IllegalStateException(
          file
              + " must be an object with 'variables' and, for a screen of a signed-in caller, 'caller'.");
    } catch (MalformedJson malformed) {
      throw new IllegalStateException(file + ": " + malformed.getMessage(), malformed);
    }
  }
}
