package dev.screenful.schema;

import dev.screenful.compact.TextFile;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.schema.idl.errors.SchemaProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The SDL of the last release, from which the code of released apps was generated. */
public final class ReleasedSdl {

  /** Its file in the schema folder. */
  public static final String FILE = "released/schema.graphqls";

  private ReleasedSdl() {}

  /**
   * The types of the last release; empty if nothing was released. They can't be executed.
   *
   * @throws InvalidSchema if the file is not valid SDL
   */
  public static Optional<GraphQLSchema> types(Path schemaFolder) {
    Path file = schemaFolder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          UnExecutableSchemaGenerator.makeUnExecutableSchema(
              new SchemaParser().buildRegistry(withoutBuiltIn(TextFile.read(file)))));
    } catch (SchemaProblem wrong) {
      throw new InvalidSchema(
          wrong.getErrors().stream().map(error -> file + ": " + error.getMessage()).toList());
    } catch (InvalidSyntaxException wrong) {
      throw new InvalidSchema(List.of(file + ": " + wrong.getMessage()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
  }

  private static Document withoutBuiltIn(String sdl) {
    Document document =
        Parser.parse(
            ParserEnvironment.newParserEnvironment()
                .document(sdl)
                .parserOptions(ParserOptions.getDefaultSdlParserOptions())
                .build());
    return document.transform(changed ->
        changed.definitions(
            document.getDefinitions().stream()
                .filter(definition -> !BuiltIn.defines(definition))
                .toList()));
  }

  /**
   * The non-null fields of the last release, as {@code Type.field}. Released apps can't read null
   * there, so {@link NonNullRule} accepts them.
   */
  public static Set<String> nonNullFields(Path schemaFolder) {
    Set<String> names = new TreeSet<>();
    types(schemaFolder)
        .ifPresent(released -> {
          for (GraphQLObjectType type : AppSchema.objectTypes(released)) {
            for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
              if (GraphQLTypeUtil.isNonNull(field.getType())) {
                names.add(type.getName() + "." + field.getName());
              }
            }
          }
        });
    return names;
  }
}
