package dev.screenful;

import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What fuzzing starts from, besides the files in {@code NAMEInputs}: the screens, and what the
 * attacks of {@code src/test/resources/attacks} send.
 */
public final class Seeds {

  private static final Path ATTACKS = Path.of("src/test/resources/attacks");

  private Seeds() {}

  /** A text to start from; reports show the name. */
  public static Arguments of(String name, String text) {
    return Arguments.of(Named.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** GraphQL documents. */
  public static Stream<Arguments> documents() {
    return Stream.concat(
        screens().map(screen -> of(screen.name(), screen.document())), attacks("query"));
  }

  /** Events of API Gateway. */
  public static Stream<Arguments> events() {
    Stream<Arguments> sent =
        Stream.concat(
            screens().map(screen -> of(screen.name(), event(body(screen.document())))),
            Stream.concat(
                texts("query").map(text -> of("query", event(body(text)))),
                texts("body").map(text -> of("body", event(text)))));
    return Stream.concat(sent, attacks("event"));
  }

  private static Stream<Screen> screens() {
    return Screen.folder(Path.of("schema/screens")).stream();
  }

  private static String body(String document) {
    return Json.text(Map.of("query", document, "variables", Map.of("first", 1)));
  }

  private static String event(String body) {
    return Json.text(
        Map.of(
            "headers",
            Map.of("content-type", "application/json"),
            "requestContext",
            Map.of("requestId", "fuzz", "http", Map.of("method", "POST")),
            "body",
            body));
  }

  private static Stream<Arguments> attacks(String key) {
    return texts(key).map(text -> of(key, text));
  }

  /** All texts that an attack has under a key, however deep. */
  private static Stream<String> texts(String key) {
    try (Stream<Path> files = Files.list(ATTACKS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
          .flatMap(file -> texts(key, yaml(file)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Object yaml(Path file) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  private static Stream<String> texts(String key, @Nullable Object node) {
    return switch (node) {
      case List<?> list -> list.stream().flatMap(entry -> texts(key, entry));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .flatMap(
                  entry ->
                      key.equals(entry.getKey()) && entry.getValue() instanceof String text
                          ? Stream.of(text)
                          : texts(key, entry.getValue()));
      case null -> Stream.empty();
      default -> Stream.empty();
    };
  }
}
