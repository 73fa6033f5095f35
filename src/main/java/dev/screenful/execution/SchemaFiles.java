package dev.screenful.execution;

import graphql.GraphQLError;
import graphql.language.SourceLocation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.MultiSourceReader;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code *.graphqls} files below a folder, merged to one set of type definitions that remember where they stand. */
final class SchemaFiles {

  private SchemaFiles() {}

  /**
   * Reads and merges all files, in the order of their paths.
   *
   * @throws InvalidSchema with file, line and reason where one of them is not SDL or defines what another defined
   */
  static TypeDefinitionRegistry read(Path folder) {
    MultiSourceReader.Builder sources = MultiSourceReader.newMultiSourceReader();
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new InvalidSchema(List.of(folder + ": there are no .graphqls files below this folder."));
    }
    for (Path file : files) {
      sources.string(read(file, folder), name(file, folder));
    }
    try {
      return new SchemaParser().parse(sources.build());
    } catch (SchemaProblem problem) {
      throw new InvalidSchema(problem.getErrors().stream().map(SchemaFiles::line).toList());
    } catch (InvalidSyntaxException syntax) {
      throw new InvalidSchema(List.of(at(syntax.getLocation()) + ": " + syntax.getMessage()));
    }
  }

  /** An error as {@code file:line: reason}. */
  static String line(GraphQLError error) {
    List<SourceLocation> locations = Objects.requireNonNullElse(error.getLocations(), List.of());
    return locations.isEmpty() ? error.getMessage() : at(locations.getFirst()) + ": " + error.getMessage();
  }

  /** A place as {@code file:line}. */
  static String at(@Nullable SourceLocation location) {
    return location == null ? "schema" : location.getSourceName() + ":" + location.getLine();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".graphqls")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The schema folder " + folder.toAbsolutePath() + " can't be read.", unreadable);
    }
  }

  /** Each text ends with a line break, so that a file without one does not run into the next. */
  private static String read(Path file, Path folder) {
    try {
      return Files.readString(file) + "\n";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name(file, folder) + " can't be read.", unreadable);
    }
  }

  private static String name(Path file, Path folder) {
    return folder.getFileName().resolve(folder.relativize(file)).toString();
  }
}
