package dev.screenful.schema;

import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.language.Description;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The types of SDL files, without data fetchers. */
public final class SdlTypes {

  private SdlTypes() {}

  /**
   * The types of a schema folder without an app, for the build. They can't be executed: scalars
   * that an app registers accept every value.
   *
   * @throws InvalidSchema listing every mistake
   */
  public static GraphQLSchema of(Path folder) {
    List<String> problems = new ArrayList<>();
    TypeDefinitionRegistry sdl = read(folder, problems);
    GraphQLSchema types = types(sdl, new RegisteredFields(List.of()), problems);
    WiringProblems.refuse(problems);
    return types;
  }

  /**
   * The types of a schema folder for an app.
   *
   * @param problems receives the mistakes that do not keep graphql-java from building the types
   * @throws InvalidSchema listing every mistake, if it can't build them
   */
  static GraphQLSchema of(Path folder, RegisteredFields registered, List<String> problems) {
    TypeDefinitionRegistry sdl = read(folder, problems);
    problems.addAll(WiringProblems.ofScalars(sdl, registered));
    return types(sdl, registered, problems);
  }

  private static TypeDefinitionRegistry read(Path folder, List<String> problems) {
    TypeDefinitionRegistry sdl = new TypeDefinitionRegistry();
    for (SDLDefinition<?> definition :
        UndefinedNames.replaced(SchemaFiles.definitions(folder), problems)) {
      sdl.add(definition).map(first -> again(definition, first)).ifPresent(problems::add);
    }
    return sdl;
  }

  private static String again(SDLDefinition<?> definition, GraphQLError first) {
    String name = definition instanceof NamedNode<?> named ? named.getName() : "schema";
    return "%s: '%s' is defined again; the first definition is in %s."
        .formatted(
            SchemaFiles.at(((Node<?>) definition).getSourceLocation()),
            name,
            SchemaFiles.at(first));
  }

  /** The interfaces and unions. */
  private static List<TypeDefinition<?>> abstractTypes(TypeDefinitionRegistry sdl) {
    List<TypeDefinition<?>> types = new ArrayList<>();
    for (TypeDefinition<?> type : sdl.types().values()) {
      if (type instanceof InterfaceTypeDefinition || type instanceof UnionTypeDefinition) {
        types.add(type);
      }
    }
    return types;
  }

  private static GraphQLSchema types(
      TypeDefinitionRegistry sdl, RegisteredFields registered, List<String> problems) {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .strictMode(false); // strict mode would keep graphql-java's scalars
    Scalars.SPECIFIED.forEach(wiring::scalar);
    wiring.strictMode(true);
    for (ScalarTypeDefinition scalar : sdl.scalars().values()) {
      if (!Scalars.isSpecified(scalar.getName())) {
        wiring.scalar(scalar(scalar, registered.scalar(scalar.getName())));
      }
    }
    for (TypeDefinition<?> type : abstractTypes(sdl)) {
      TypeResolver resolver = registered.typeResolver(type.getName());
      wiring.type(type.getName(), abstractType -> abstractType.typeResolver(resolver));
    }
    try {
      return new SchemaGenerator().makeExecutableSchema(sdl, wiring.build());
    } catch (SchemaProblem problem) {
      for (GraphQLError error : problem.getErrors()) {
        if (!isAboutUndefined(error, sdl)) {
          problems.add(SchemaFiles.line(error));
        }
      }
    } catch (GraphQLException invalid) {
      problems.add(
          invalid instanceof GraphQLError error
              ? SchemaFiles.line(error)
              : "schema: " + String.valueOf(invalid.getMessage()).strip());
    }
    throw new InvalidSchema(problems);
  }

  /** Whether an error only says that a scalar, which stands for an undefined type, is a scalar. */
  private static boolean isAboutUndefined(GraphQLError error, TypeDefinitionRegistry sdl) {
    for (ScalarTypeDefinition scalar : sdl.scalars().values()) {
      if (scalar.getSourceLocation() == null
          && !Scalars.isSpecified(scalar.getName())
          && error.getMessage().contains("'" + scalar.getName() + "'")) {
        return true;
      }
    }
    return false;
  }

  /** The scalar of a definition; its description in the SDL replaces the library's. */
  private static GraphQLScalarType scalar(
      ScalarTypeDefinition definition, @Nullable GraphQLScalarType known) {
    GraphQLScalarType scalar =
        Objects.requireNonNullElseGet(
            known, () -> AppScalar.of(definition.getName(), "any value", UnaryOperator.identity()));
    Description description = definition.getDescription();
    return description == null
        ? scalar
        : scalar.transform(changed -> changed.description(description.getContent()));
  }
}
