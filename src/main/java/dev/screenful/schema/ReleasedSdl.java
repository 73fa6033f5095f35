package dev.screenful.schema;

import graphql.language.SDLDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnExecutableSchemaGenerator;
import graphql.schema.idl.errors.SchemaProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    List<String> problems = new ArrayList<>();
    TypeDefinitionRegistry sdl = new TypeDefinitionRegistry();
    for (SDLDefinition<?> definition : SchemaFiles.definitions(file, schemaFolder, problems)) {
      sdl.add(definition).map(SchemaFiles::line).ifPresent(problems::add);
    }
    WiringProblems.refuse(problems);
    try {
      return Optional.of(UnExecutableSchemaGenerator.makeUnExecutableSchema(sdl));
    } catch (SchemaProblem wrong) {
      throw new InvalidSchema(wrong.getErrors().stream().map(SchemaFiles::line).toList());
    }
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
