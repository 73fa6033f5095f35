package dev.screenful;

import dev.screenful.json.Json;
import dev.screenful.kit.Attack;
import dev.screenful.notes.NotesDevelopment;
import dev.screenful.screens.Screen;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Seeds for fuzzing, besides the files in {@code NAMEInputs}: the screens of Notes, and the
 * requests of the attacks on the project's app in {@code src/test/resources/attacks}.
 */
public final class FuzzSeeds {

  /** Maximum characters of a seed; longer seeds slow fuzzing down and reach no other code. */
  private static final int MAX_LENGTH = 4096;

  private FuzzSeeds() {}

  /** A seed with a name, which reports show. */
  public static Arguments of(String name, String text) {
    return Arguments.of(Named.of(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Seeds that are GraphQL documents. */
  public static Stream<Arguments> documents() {
    return Stream.concat(
        screens().map(screen -> of(screen.name(), screen.document())),
        attacks("query", UnaryOperator.identity()));
  }

  /** Seeds that are events of API Gateway. */
  public static Stream<Arguments> events() {
    return Stream.of(
            screens().map(screen -> of(screen.name(), event(body(screen.document())))),
            attacks("query", text -> event(body(text))),
            attacks("body", FuzzSeeds::event),
            attacks("event", UnaryOperator.identity()))
        .flatMap(seeds -> seeds);
  }

  private static Stream<Screen> screens() {
    return Screen.folder(NotesDevelopment.SCHEMA.resolve("screens")).stream();
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

  /** Seeds from a field of the attacks. */
  private static Stream<Arguments> attacks(String field, UnaryOperator<String> conversion) {
    return Attack.all().stream()
        .flatMap(attack ->
            attack.steps().stream()
                .map(step -> step.filled(UnaryOperator.identity()))
                .filter(step -> step.get(field) instanceof String)
                .filter(step -> step.text(field, "").length() <= MAX_LENGTH)
                .map(step -> of(attack.name(), conversion.apply(step.text(field, "")))));
  }
}
