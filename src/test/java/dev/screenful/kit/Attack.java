package dev.screenful.kit;

import dev.screenful.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * An attack from a file in {@code src/test/resources/attacks}; {@code README.md} there describes
 * the format.
 *
 * @param file the name of its file
 * @param name a sentence that describes it
 * @param steps the requests, in order
 */
public record Attack(String file, String name, List<Part> steps) {

  private static final Path FOLDER = Path.of("src/test/resources/attacks");

  private static final Set<String> REQUEST_FIELDS =
      Set.of(
          "query",
          "variables",
          "operationName",
          "extensions",
          "body",
          "base64",
          "event",
          "caller",
          "token",
          "headers",
          "method",
          "in",
          "within",
          "times",
          "expect");
  private static final Set<String> EXPECTATION_FIELDS =
      Set.of("status", "code", "data", "says", "headers");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("«(\\w+)(?: ([^»|]*))?(?:\\|([^»]*))?»");

  /** An object in a case: a request, its expected response, or a token. */
  public record Part(Map<String, @Nullable Object> fields) {

    /** The value of a field as it is in the file; null if it is absent. */
    public @Nullable Object get(String field) {
      return fields.get(field);
    }

    /** A field as a string, or a default if it is absent. */
    public String text(String field, String defaultValue) {
      Object value = fields.get(field);
      return value == null ? defaultValue : value.toString();
    }

    /** A field as a number, or a default if it is absent or not an integer. */
    public int number(String field, int defaultValue) {
      return fields.get(field) instanceof Integer number ? number : defaultValue;
    }

    /** A field as an object; empty if it is absent. */
    public Map<String, @Nullable Object> object(String field) {
      return fields.get(field) instanceof Map<?, ?> map ? stringKeys(map) : new LinkedHashMap<>();
    }

    /** The expected response. */
    public Part expected() {
      return new Part(object("expect"));
    }

    /** This step with its placeholders replaced by their values. */
    public Part filled(UnaryOperator<String> values) {
      return new Part(fill(fields, values));
    }
  }

  /** All attacks on the project's app, in the order of their file names; it may have none. */
  public static List<Attack> all() {
    if (Files.notExists(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Attack> attacks = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        Object cases =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        for (Object one : (List<?>) cases) {
          attacks.add(attack(file.getFileName().toString(), stringKeys((Map<?, ?>) one)));
        }
      }
      return attacks;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Attack attack(String file, Map<String, @Nullable Object> fields) {
    String name = String.valueOf(fields.remove("name"));
    Object listed = fields.remove("steps");
    List<Part> steps =
        listed instanceof List<?> list
            ? list.stream().map(step -> new Part(stringKeys((Map<?, ?>) step))).toList()
            : List.of(new Part(fields));
    if (listed != null && !fields.isEmpty()) {
      throw new IllegalStateException(
          name + " must have either steps or the fields of one step, not both.");
    }
    for (Part step : steps) {
      requireKnownFields(name, step, REQUEST_FIELDS);
      requireKnownFields(name, step.expected(), EXPECTATION_FIELDS);
    }
    return new Attack(file, name, steps);
  }

  /** Refuses unknown fields, because a misspelt one would be ignored and assert nothing. */
  private static void requireKnownFields(String name, Part part, Set<String> known) {
    if (!known.containsAll(part.fields().keySet())) {
      throw new IllegalStateException(
          name + " must only have the fields " + known + ", not " + part.fields().keySet() + ".");
    }
  }

  private static Map<String, @Nullable Object> stringKeys(Map<?, ?> map) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach((name, value) -> fields.put(name.toString(), value));
    return fields;
  }

  private static Map<String, @Nullable Object> fill(
      Map<?, ?> fields, UnaryOperator<String> values) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>();
    fields.forEach((name, value) -> filled.put(name.toString(), fill(value, values)));
    return filled;
  }

  private static @Nullable Object fill(@Nullable Object value, UnaryOperator<String> values) {
    return switch (value) {
      case String text -> fill(text, values);
      case Map<?, ?> map -> fill(map, values);
      case List<?> list -> list.stream().map(entry -> fill(entry, values)).toList();
      case null -> null;
      default -> value;
    };
  }

  private static String fill(String text, UnaryOperator<String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(placeholderValue(found, values)));
  }

  /** The value of a placeholder: the groups of the match are its name and its arguments. */
  private static String placeholderValue(MatchResult found, UnaryOperator<String> values) {
    String name = String.valueOf(found.group(1));
    String argument = Objects.requireNonNullElse(found.group(2), "").strip();
    String rest = String.valueOf(found.group(3));
    return switch (name) {
      case "repeat" ->
          IntStream.range(0, Integer.parseInt(argument))
              .mapToObj(n -> rest.replace("#", Integer.toString(n)))
              .collect(Collectors.joining());
      case "hash" -> Sha256.hex(rest);
      case "uuid" -> UUID.randomUUID().toString();
      case "control" -> Character.toString(Integer.parseInt(argument, 16));
      default -> changed(values.apply(name), argument);
    };
  }

  private static String changed(String value, String changeName) {
    UnaryOperator<String> change =
        switch (changeName) {
          case "" -> UnaryOperator.identity();
          case "cut" -> text -> text.substring(0, text.length() - 4);
          case "turned" -> text -> new StringBuilder(text).reverse().toString();
          case "twice" -> text -> text + text;
          default ->
              throw new IllegalArgumentException(
                  "The change must be cut, turned or twice, not " + changeName + ".");
        };
    return change.apply(value);
  }
}
