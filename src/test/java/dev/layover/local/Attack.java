package dev.layover.local;

import dev.screenful.screens.DocumentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public record Attack(String file, String name, List<Step> steps) {

  private static final Path FOLDER = Path.of("src/test/resources/attacks");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("«(\\w+)(?: ([^»|]*))?(?:\\|([^»]*))?»");

  /** One request. */
  public record Step(Map<String, @Nullable Object> fields) {

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
    public Step expected() {
      return new Step(object("expect"));
    }

    /** This step, with what its placeholders stand for. */
    public Step filled(Map<String, String> values) {
      return new Step(fill(fields, values));
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
          Step whole = new Step(texts((Map<?, ?>) one));
          attacks.add(
              new Attack(file.getFileName().toString(), whole.text("name", "?"), steps(whole)));
        }
      }
      return attacks;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Step> steps(Step whole) {
    return whole.get("steps") instanceof List<?> steps
        ? steps.stream().map(step -> new Step(texts((Map<?, ?>) step))).toList()
        : List.of(whole);
  }

  private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(name.toString(), value));
    return texts;
  }

  private static Map<String, @Nullable Object> fill(Map<?, ?> fields, Map<String, String> values) {
    Map<String, @Nullable Object> filled = new LinkedHashMap<>();
    fields.forEach((name, value) -> filled.put(name.toString(), fill(value, values)));
    return filled;
  }

  private static @Nullable Object fill(@Nullable Object value, Map<String, String> values) {
    return switch (value) {
      case String text -> fill(text, values);
      case Map<?, ?> map -> fill(map, values);
      case List<?> list -> list.stream().map(entry -> fill(entry, values)).toList();
      case null -> null;
      default -> value;
    };
  }

  private static String fill(String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(filling(found, values)));
  }

  /** A function's name and its arguments, as groups of the placeholder's match. */
  private static String filling(MatchResult found, Map<String, String> values) {
    String name = String.valueOf(found.group(1));
    String argument = String.valueOf(found.group(2)).strip();
    String rest = String.valueOf(found.group(3));
    return switch (name) {
      case "repeat" ->
          IntStream.range(0, Integer.parseInt(argument))
              .mapToObj(n -> rest.replace("#", Integer.toString(n)))
              .collect(Collectors.joining());
      case "hash" -> DocumentHash.of(rest);
      case "uuid" -> UUID.randomUUID().toString();
      case "control" -> Character.toString(Integer.parseInt(argument, 16));
      default -> {
        if (!values.containsKey(name)) {
          throw new IllegalArgumentException("Nothing is known of «" + name + "».");
        }
        yield changed(String.valueOf(values.get(name)), argument);
      }
    };
  }

  private static String changed(String value, String how) {
    UnaryOperator<String> change =
        switch (how) {
          case "null", "" -> UnaryOperator.identity();
          case "cut" -> text -> text.substring(0, text.length() - 4);
          case "turned" -> text -> new StringBuilder(text).reverse().toString();
          case "twice" -> text -> text + text;
          default -> throw new IllegalArgumentException("Nothing is changed by " + how + ".");
        };
    return change.apply(value);
  }
}
