package dev.screenful;

import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What fuzzing starts from, besides the files in {@code NAMEInputs}: the screens, and what the
 * attacks of {@code src/test/resources/attacks} send.
 */
public final class FuzzSeeds {

  /** Characters; longer ones slow fuzzing down and teach it nothing. */
  private static final int LONGEST = 4096;

  private FuzzSeeds() {}

  /** A text to start from; reports show the name. */
  public static Arguments of(String name, String text) {
    return Arguments.of(Named.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** GraphQL documents. */
  public static Stream<Arguments> documents() {
    return Stream.concat(
        screens().map(screen -> of(screen.name(), screen.document())),
        attacks("query", UnaryOperator.identity()));
  }

  /** Events of API Gateway. */
  public static Stream<Arguments> events() {
    return Stream.of(
            screens().map(screen -> of(screen.name(), event(body(screen.document())))),
            attacks("query", text -> event(body(text))),
            attacks("body", FuzzSeeds::event),
            attacks("event", UnaryOperator.identity()))
        .flatMap(seeds -> seeds);
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

  /** What the attacks have in a field, as text to start from. */
  private static Stream<Arguments> attacks(String field, UnaryOperator<String> as) {
    return Attack.all().stream()
        .flatMap(attack ->
            attack.steps().stream()
                .map(step -> step.filled(UnaryOperator.identity()))
                .filter(step -> step.get(field) instanceof String)
                .filter(step -> step.text(field, "").length() <= LONGEST)
                .map(step -> of(attack.name(), as.apply(step.text(field, "")))));
  }
}
