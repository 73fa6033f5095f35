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
import org.jspecify.annotations.Nullable;

/**
 * An example of opening a screen, from the file {@code NAME.example.json} beside it.
 *
 * @param caller the caller; null for an anonymous one
 * @param variables the variables
 */
public record ScreenExample(@Nullable String caller, Map<String, @Nullable Object> variables) {

  /**
   * The example of a screen. Without a file, it is anonymous and has no variables.
   *
   * @param values replace names in braces, such as {@code {tomorrow}}, so that an example can refer
   *     to the current day. {@code {requestId}} is replaced by an id that depends on the screen and
   *     these values
   * @throws IllegalStateException if the file is malformed
   */
  @SuppressWarnings(
      "unchecked") // names in JSON objects are strings; validation checks the variables
  public static ScreenExample of(Screen screen, Map<String, String> values) {
    Path file = screen.file().resolveSibling(screen.name() + ".example.json");
    if (!Files.exists(file)) {
      return new ScreenExample(null, Map.of());
    }
    try {
      String text = TextFile.read(file);
      String seed = screen.name() + new TreeMap<>(values);
      text =
          text.replace(
              "{requestId}",
              UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("{" + value.getKey() + "}", value.getValue());
      }
      if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> opened
          && opened.get("variables") instanceof Map<?, ?> variables) {
        return new ScreenExample(
            opened.get("caller") instanceof String caller ? caller : null,
            (Map<String, @Nullable Object>) variables);
      }
      throw new IllegalStateException(
          file
              + " must be an object with 'variables' and, for a screen of a signed-in caller, 'caller'.");
    } catch (MalformedJson malformed) {
      throw new IllegalStateException(file + ": " + malformed.getMessage(), malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }
}
