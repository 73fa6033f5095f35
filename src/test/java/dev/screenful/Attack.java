package dev.screenful;

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
 * An attack, as a file of {@code src/test/resources/attacks} has it; {@code README.md} there tells
 * how they are written.
 *
 * @param file where it stands
 * @param steps what is sent, one after the other
 */
public record Attack(String file, String name, List<Part> steps) {

  private static final Path FOLDER = Path.of("src/test/resources/attacks");

  private static final Set<String> SENT =
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
  private static final Set<String> EXPECTED = Set.of("status", "code", "data", "says", "headers");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("«(\\w+)(?: ([^»|]*))?(?:\\|([^»]*))?»");

  /** An object of a case: a request, what is expected of it, or a token. */
  public record Part(Map<String, @Nullable Object> fields) {

    /** A field as it was written, null where there is none. */
    public @Nullable Object get(String field) {
      return fields.get(field);
    }

    /** A text, or what is taken where there is none. */
    public String text(String field, String otherwise) {
      Object value = fields.get(field);
      return value == null ? otherwise : value.toString();
    }

    /** A number, or what is taken where there is none. */
    public int number(String field, int otherwise) {
      return fields.get(field) instanceof Integer number ? number : otherwise;
    }

    /** An object, empty where there is none. */
    public Map<String, @Nullable Object> object(String field) {
      return fields.get(field) instanceof Map<?, ?> map ? texts(map) : new LinkedHashMap<>();
    }

    /** What is to come of it. */
    public Part expected() {
      return new Part(object("expect"));
    }

    /** This step, with what its placeholders stand for. */
    public Part filled(UnaryOperator<String> values) {
      return new Part(fill(fields, values));
    }
  }

  /** All attacks, in the order of their files. */
  public static List<Attack> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Attack> attacks = new ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        Object cases =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        for (Object one : (List<?>) cases) {
          attacks.add(attack(file.getFileName().toString(), texts((Map<?, ?>) one)));
        }
      }
      return attacks;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Attack attack(String file, Map<String, @Nullable Object> fields) {
    String name = String.valueOf(fields.remove("name"));
    Object several = fields.remove("steps");
    List<Part> steps =
        several instanceof List<?> list
            ? list.stream().map(step -> new Part(texts((Map<?, ?>) step))).toList()
            : List.of(new Part(fields));
    if (several != null && !fields.isEmpty()) {
      throw new IllegalStateException(name + " has steps, and more beside them.");
    }
    for (Part step : steps) {
      onlyKnown(name, step, SENT);
      onlyKnown(name, step.expected(), EXPECTED);
    }
    return new Attack(file, name, steps);
  }

  /** What is misspelt would be left out, and expect nothing. */
  private static void onlyKnown(String name, Part part, Set<String> known) {
    if (!known.containsAll(part.fields().keySet())) {
      throw new IllegalStateException(name + " has a field that is none of " + known + ".");
    }
  }

  private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(name.toString(), value));
    return texts;
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
        .replaceAll(found -> Matcher.quoteReplacement(filling(found, values)));
  }

  /** A function's name and its arguments, as groups of the placeholder's match. */
  private static String filling(MatchResult found, UnaryOperator<String> values) {
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

  private static String changed(String value, String how) {
    UnaryOperator<String> change =
        switch (how) {
          case "" -> UnaryOperator.identity();
          case "cut" -> text -> text.substring(0, text.length() - 4);
          case "turned" -> text -> new StringBuilder(text).reverse().toString();
          case "twice" -> text -> text + text;
          default -> throw new IllegalArgumentException("Nothing is changed by " + how + ".");
        };
    return change.apply(value);
  }
}
