package dev.screenful.schema;

import dev.screenful.compact.TextFile;
import graphql.GraphQLError;
import graphql.language.SourceLocation;
import graphql.parser.MultiSourceReader;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code *.graphqls} files below a folder, merged to one set of type definitions. Each
 * definition keeps its file and line.
 */
public final class SchemaFiles {

  /** This subfolder holds the SDL of released apps, not the SDL that is served. */
  private static final String RELEASED = "released";

  private SchemaFiles() {}

  /**
   * Reads and merges all files, in the order of their paths.
   *
   * @throws InvalidSchema with file, line and reason, if a file is not valid SDL or defines a type
   *     again
   */
  public static TypeDefinitionRegistry read(Path folder) {
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new InvalidSchema(List.of(folder + ": the folder has no .graphqls files."));
    }
    TypeDefinitionRegistry types = new TypeDefinitionRegistry();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        types.merge(parse(file, folder));
      } catch (SchemaProblem problem) {
        problem.getErrors().forEach(error -> problems.add(line(error)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidSchema(problems);
    }
    return types;
  }

  private static TypeDefinitionRegistry parse(Path file, Path folder) {
    try {
      return new SchemaParser()
          .parse(
              MultiSourceReader.newMultiSourceReader()
                  .string(TextFile.read(file), name(file, folder))
                  .build());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name(file, folder) + " can't be read.", unreadable);
    }
  }

  /** The errors of type definitions as an exception. */
  public static InvalidSchema invalid(SchemaProblem problem) {
    return new InvalidSchema(problem.getErrors().stream().map(SchemaFiles::line).toList());
  }

  /** An error as {@code file:line: reason}. */
  static String line(GraphQLError error) {
    List<SourceLocation> locations = Objects.requireNonNullElse(error.getLocations(), List.of());
    return locations.isEmpty()
        ? error.getMessage()
        : at(locations.getFirst()) + ": " + error.getMessage();
  }

  /** A location as {@code file:line}. */
  static String at(@Nullable SourceLocation location) {
    return location == null ? "schema" : location.getSourceName() + ":" + location.getLine();
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
