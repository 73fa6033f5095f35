package dev.screenful.screens;

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
 * An example of a screen being opened, in {@code NAME.example.json} beside it.
 *
 * @param caller who opens it, null for someone not signed in
 * @param variables with which
 */
public record ScreenExample(@Nullable String caller, Map<String, @Nullable Object> variables) {

  /**
   * The example of a screen; one without variables, by someone not signed in, where there is none.
   *
   * @param values what stands for a name in braces, such as {@code {tomorrow}}: examples that name
   *     a day or something that was made on a day could not stay the same text. {@code {requestId}}
   *     is the screen's own as long as these are the same
   * @throws IllegalStateException where it can't be read
   */
  @SuppressWarnings(
      "unchecked") // of JSON objects; what the variables hold is checked against the document
  public static ScreenExample of(Screen screen, Map<String, String> values) {
    Path file = screen.file().resolveSibling(screen.name() + ".example.json");
    if (!Files.exists(file)) {
      return new ScreenExample(null, Map.of());
    }
    try {
      String text = Files.readString(file);
      String made = screen.name() + new TreeMap<>(values);
      text =
          text.replace(
              "{requestId}",
              UUID.nameUUIDFromBytes(made.getBytes(StandardCharsets.UTF_8)).toString());
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
              + " holds an object with 'variables' and, where the screen is for someone signed in, 'caller'.");
    } catch (MalformedJson malformed) {
      throw new IllegalStateException(file + ": " + malformed.getMessage(), malformed);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }
}
