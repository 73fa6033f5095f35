package dev.screenful.execution;

import dev.screenful.execution.RegisteredFields.Registration;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.NamedNode;
import graphql.language.Node;
import graphql.language.ScalarTypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the SDL and what was registered for it together, and holds them against each other: every
 * field is answered by exactly one thing, and everything registered answers a field. All that is
 * wrong is found at once.
 */
final class Wiring {

  private Wiring() {}

  /**
   * The schema, with what answers each of its fields.
   *
   * @throws InvalidSchema listing everything that is wrong
   */
  static GraphQLSchema wire(
      TypeDefinitionRegistry types, RegisteredFields registered, DataFetchers fetchers) {
    refuse(unknownScalars(types));
    refuse(unresolvedTypes(types, registered));
    GraphQLSchema schema = schema(types, registered);
    refuse(problems(schema, registered));
    Set<String> roots = roots(schema);
    OwnerRule owners = new OwnerRule(schema, registered.typesOf());
    objectTypes(schema)
        .forEach(type ->
            OwnerRule.attribute(type)
                .ifPresent(attribute -> registered.owner(type.getName(), attribute)));
    GraphQLCodeRegistry.Builder code =
        GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry())
            .defaultDataFetcher(environment -> DataFetchers::attribute);
    for (GraphQLObjectType type : objectTypes(schema)) {
      boolean root = roots.contains(type.getName());
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        FieldCoordinates coordinates = FieldCoordinates.coordinates(type, field);
        Registration registration = registered.registrations().get(coordinates);
        DataFetcher<?> fetcher =
            registration == null
                ? DataFetchers::attribute
                : fetchers.of(registration, OnceRule.of(field) instanceof OnceRule.HappensOnce);
        AccessRule rule = AccessRule.of(field, root);
        CacheHint hint = CacheHint.of(type, field, root, rule);
        DataFetcher<?> owned =
            owners.owned(
                GraphQLTypeUtil.unwrapAll(field.getType()),
                GraphQLTypeUtil.isNonNull(field.getType()),
                fetcher);
        code.dataFetcher(coordinates, DataFetchers.guarded(rule, DataFetchers.hinting(hint, owned)));
      }
    }
    return schema.transformWithoutTypes(wired -> wired.codeRegistry(code.build()));
  }

  private static GraphQLSchema schema(TypeDefinitionRegistry types, RegisteredFields registered) {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .strictMode(false) // which would keep the lax ID
            .scalar(StrictId.TYPE)
            .strictMode(true);
    types.scalars().keySet().stream()
        .filter(Scalars::has)
        .map(Scalars::get)
        .forEach(wiring::scalar);
    registered
        .typesOf()
        .forEach((name, type) ->
            wiring.type(name, abstractType -> abstractType.typeResolver(DataFetchers.type(type))));
    try {
      return new SchemaGenerator().makeExecutableSchema(types, wiring.build());
    } catch (SchemaProblem problem) {
      throw SchemaFiles.invalid(problem);
    }
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSchema(problems);
    }
  }

  private static List<String> unknownScalars(TypeDefinitionRegistry types) {
    List<String> problems = new ArrayList<>();
    for (ScalarTypeDefinition scalar : types.scalars().values()) {
      if (scalar.getSourceLocation() != null && !Scalars.has(scalar.getName())) {
        problems.add(
            "%s: there is no scalar '%s'; there are %s."
                .formatted(
                    at(scalar),
                    scalar.getName(),
                    String.join(", ", Scalars.names().stream().sorted().toList())));
      }
    }
    return problems;
  }

  private static List<String> unresolvedTypes(
      TypeDefinitionRegistry types, RegisteredFields registered) {
    return types.types().values().stream()
        .filter(type ->
            (type instanceof InterfaceTypeDefinition || type instanceof UnionTypeDefinition)
                && !registered.typesOf().containsKey(type.getName()))
        .map(type ->
            "%s: nothing tells which type an item of %s is; register typeOf(\"%s\", ...)."
                .formatted(at(type), type.getName(), type.getName()))
        .toList();
  }

  /** Everything in which schema and registrations differ, a line each; empty where all is wired. */
  private static List<String> problems(GraphQLSchema schema, RegisteredFields registered) {
    List<String> problems = new ArrayList<>();
    Set<String> roots = roots(schema);
    for (GraphQLObjectType type : objectTypes(schema)) {
      boolean root = roots.contains(type.getName());
      OwnerRule.attribute(type)
          .filter(owner -> !registered.attributes(type.getName()).contains(owner))
          .ifPresent(owner ->
              problems.add(
                  "%s says @owner(field: \"%s\"), which is not among the attributes registered for it."
                      .formatted(type.getName(), owner)));
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        FieldCoordinates coordinates = FieldCoordinates.coordinates(type, field);
        Registration how = registered.registrations().get(coordinates);
        unanswered(coordinates, field, how, registered, problems);
        if (!root && field.hasAppliedDirective("public")) {
          problems.add(
              "%s: %s is no field of Query or Mutation, so @public opens nothing; remove it."
                  .formatted(at(field), name(coordinates)));
        }
        blanking(coordinates, field, root, how, problems);
        boolean isMutation = type.equals(schema.getMutationType());
        if (isMutation && how != null && !(how instanceof RegisteredFields.Mutating)) {
          problems.add( // without a transaction, nothing would be committed with the outcome
              "%s: %s is a mutation; register it by fields.mutation."
                  .formatted(at(field), name(coordinates)));
        }
        problems.addAll(OnceRule.problems(field, isMutation, at(field), name(coordinates)));
      }
    }
    registered
        .registrations()
        .forEach((field, how) -> unfounded(schema, field, how, registered, problems));
    for (String type : registered.typesWithAttributes()) {
      if (schema.getObjectType(type) == null) {
        problems.add(
            "attributes of '%s' are registered, but the SDL has no such type.".formatted(type));
      }
    }
    for (String type : registered.typesOf().keySet()) {
      if (!(schema.getType(type) instanceof GraphQLInterfaceType
          || schema.getType(type) instanceof GraphQLUnionType)) {
        problems.add(
            "typeOf(\"%s\", ...) is registered, but the SDL has no such interface or union."
                .formatted(type));
      }
    }
    for (FieldCoordinates field : registered.repeated()) {
      problems.add("%s is registered more than once.".formatted(name(field)));
    }
    return problems;
  }

  private static void unanswered(
      FieldCoordinates coordinates,
      GraphQLFieldDefinition field,
      @Nullable Registration how,
      RegisteredFields registered,
      List<String> problems) {
    String type = coordinates.getTypeName();
    if (how == null
        && !Connection.answers(type, field.getName())
        && !registered.attributes(type).contains(field.getName())) {
      problems.add(
          "%s: nothing answers %s; register a resolver for it, or an attribute of that name on '%s'."
              .formatted(at(field), name(coordinates), type));
    }
  }

  /**
   * An error of a non-null field takes all of its parent with it, and so on up to the root. What is
   * read apart can fail apart, so it must be nullable. A resolver of another type is trusted to
   * know: most only work out what their source has.
   */
  private static void blanking(
      FieldCoordinates coordinates,
      GraphQLFieldDefinition field,
      boolean root,
      @Nullable Registration how,
      List<String> problems) {
    boolean readApart =
        how instanceof RegisteredFields.Loaded
            || how instanceof RegisteredFields.Existing
            || (root && how != null);
    if (readApart && GraphQLTypeUtil.isNonNull(field.getType())) {
      problems.add(
          "%s: %s is read apart from what is around it; make it nullable, or a failure would blank that too."
              .formatted(at(field), name(coordinates)));
    }
  }

  private static void unfounded(
      GraphQLSchema schema,
      FieldCoordinates field,
      Registration how,
      RegisteredFields registered,
      List<String> problems) {
    GraphQLObjectType type = schema.getObjectType(field.getTypeName());
    if (type == null || type.getFieldDefinition(field.getFieldName()) == null) {
      problems.add("%s is registered, but the SDL has no such field.".formatted(name(field)));
    }
    Set<String> attributes = registered.attributes(field.getTypeName());
    for (String need : how.needs()) {
      if (!attributes.contains(need)) {
        problems.add(
            "%s needs the attribute '%s', which is not among those registered for '%s'."
                .formatted(name(field), need, field.getTypeName()));
      }
    }
  }

  private static Set<String> roots(GraphQLSchema schema) {
    return Stream.of(schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType())
        .filter(Objects::nonNull)
        .map(GraphQLObjectType::getName)
        .collect(Collectors.toSet());
  }

  /** The object types that the SDL defines, without those of introspection. */
  private static List<GraphQLObjectType> objectTypes(GraphQLSchema schema) {
    return schema.getAllTypesAsList().stream()
        .filter(type -> type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
        .map(GraphQLObjectType.class::cast)
        .toList();
  }

  private static String name(FieldCoordinates field) {
    return field.getTypeName() + "." + field.getFieldName();
  }

  private static String at(GraphQLFieldDefinition field) {
    return field.getDefinition() == null ? "schema" : at(field.getDefinition());
  }

  private static <T extends Node<?> & NamedNode<?>> String at(T node) {
    return SchemaFiles.at(node.getSourceLocation());
  }
}
