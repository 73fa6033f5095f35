package dev.screenful.schema;

import dev.screenful.compact.TextFile;
import graphql.GraphQLError;
import graphql.language.Definition;
import graphql.language.SDLDefinition;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.MultiSourceReader;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code *.graphqls} files below a folder. Each definition keeps its file and line. */
final class SchemaFiles {

  /** This subfolder holds the SDL of released apps, not the SDL that is served. */
  private static final String RELEASED = "released";

  private SchemaFiles() {}

  /**
   * The definitions of all files, in the order of their paths.
   *
   * @throws InvalidSchema with file, line and reason, listing every file that is not valid SDL
   */
  static List<SDLDefinition<?>> definitions(Path folder) {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new InvalidSchema(List.of(folder + ": the folder has no .graphqls files."));
    }
    List<SDLDefinition<?>> definitions = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      definitions.addAll(definitions(file, folder, problems));
    }
    WiringProblems.refuse(problems);
    return definitions;
  }

  /**
   * The definitions of a file, without those that every schema has.
   *
   * @param problems receives the mistakes of the file
   */
  static List<SDLDefinition<?>> definitions(Path file, Path folder, List<String> problems) {
    List<SDLDefinition<?>> definitions = new ArrayList<>();
    try {
      for (Definition<?> definition : parse(file, folder)) {
        if (!(definition instanceof SDLDefinition<?> sdl)) {
          problems.add(
              at(definition.getSourceLocation())
                  + ": only definitions of types and directives belong in a .graphqls file; move operations and fragments to screens/.");
        } else if (!BuiltIn.defines(sdl)) {
          definitions.add(sdl);
        }
      }
    } catch (InvalidSyntaxException wrong) {
      problems.add(unreadable(wrong, name(file, folder)));
    }
    return definitions;
  }

  @SuppressWarnings("unchecked") // declared without a type argument
  private static List<Definition<?>> parse(Path file, Path folder) {
    try {
      return (List<Definition<?>>)
          (List<?>)
              Parser.parse(
                      ParserEnvironment.newParserEnvironment()
                          .document(
                              MultiSourceReader.newMultiSourceReader()
                                  .string(TextFile.read(file), name(file, folder))
                                  .build())
                          .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                          .build())
                  .getDefinitions();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name(file, folder) + " can't be read.", unreadable);
    }
  }

  private static String unreadable(InvalidSyntaxException wrong, String file) {
    String at = wrong.getLocation() == null ? file : at(wrong.getLocation());
    String token = wrong.getOffendingToken();
    return token == null
        ? at + ": this is not valid SDL."
        : "%s: this is not valid SDL at '%s'.".formatted(at, token);
  }

  /** An error as {@code file:line: reason}, without the library's own notes of locations. */
  static String line(GraphQLError error) {
    return at(error) + ": " + withoutLocations(error.getMessage());
  }

  /** The first location of an error. */
  static String at(GraphQLError error) {
    List<SourceLocation> locations = Objects.requireNonNullElse(error.getLocations(), List.of());
    return at(locations.isEmpty() ? null : locations.getFirst());
  }

  /** A message without the likes of {@code [@3:5]}, which name no file. */
  private static String withoutLocations(String message) {
    StringBuilder text = new StringBuilder(message);
    for (int start = text.indexOf(" [@"); start >= 0; start = text.indexOf(" [@")) {
      int end = text.indexOf("]", start);
      text.delete(start, end < 0 ? text.length() : end + 1);
    }
    return text.toString();
  }

  /** A location as {@code file:line}. */
  static String at(@Nullable SourceLocation location) {
    return location == null || location.getSourceName() == null
        ? "schema"
        : location.getSourceName() + ":" + location.getLine();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".graphqls"))
          .filter(file -> !file.startsWith(folder.resolve(RELEASED)))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "The schema folder " + folder.toAbsolutePath() + " can't be read.", unreadable);
    }
  }

  private static String name(Path file, Path folder) {
    return folder.getFileName().resolve(folder.relativize(file)).toString();
  }
}
