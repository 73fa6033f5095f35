package dev.screenful.schema;

import graphql.language.Description;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The types of SDL files, without data fetchers. */
public final class SdlTypes {

  private SdlTypes() {}

  /**
   * The types of a schema folder without an app, for the build. They can't be executed.
   *
   * @throws InvalidSchema listing every mistake
   */
  public static GraphQLSchema of(Path folder) {
    TypeDefinitionRegistry sdl = SchemaFiles.read(folder);
    WiringProblems.refuse(WiringProblems.ofScalars(sdl));
    Map<String, TypeResolver> unresolved = new HashMap<>();
    for (TypeDefinition<?> type : WiringProblems.abstractTypes(sdl)) {
      unresolved.put(type.getName(), environment -> null);
    }
    return of(sdl, unresolved);
  }

  /** The types of SDL files, with the type resolvers that an app registered. */
  static GraphQLSchema of(TypeDefinitionRegistry sdl, RegisteredFields registered) {
    WiringProblems.refuse(WiringProblems.ofDefinitions(sdl, registered));
    Map<String, TypeResolver> resolvers = new HashMap<>();
    registered
        .typesOf()
        .forEach((type, typeOf) -> resolvers.put(type, AppSchema.typeResolver(typeOf)));
    return of(sdl, resolvers);
  }

  private static GraphQLSchema of(
      TypeDefinitionRegistry sdl, Map<String, TypeResolver> typeResolvers) {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .strictMode(false); // strict mode would keep graphql-java's scalars
    Scalars.SPECIFIED.forEach(wiring::scalar);
    wiring.strictMode(true);
    for (ScalarTypeDefinition scalar : sdl.scalars().values()) {
      if (Scalars.has(scalar.getName())) {
        wiring.scalar(scalar(scalar));
      }
    }
    typeResolvers.forEach(
        (name, resolver) -> wiring.type(name, abstractType -> abstractType.typeResolver(resolver)));
    try {
      return new SchemaGenerator().makeExecutableSchema(sdl, wiring.build());
    } catch (SchemaProblem problem) {
      throw SchemaFiles.invalid(problem);
    }
  }

  /** The scalar of a definition; its description in the SDL replaces the library's. */
  private static GraphQLScalarType scalar(ScalarTypeDefinition definition) {
    GraphQLScalarType scalar = Scalars.get(definition.getName());
    Description description = definition.getDescription();
    return description == null
        ? scalar
        : scalar.transform(changed -> changed.description(description.getContent()));
  }
}
