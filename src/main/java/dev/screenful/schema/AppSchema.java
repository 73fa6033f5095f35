package dev.screenful.schema;

import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Item;
import graphql.TypeResolutionEnvironment;
import graphql.execution.UnresolvedTypeException;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.TypeResolver;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.errors.SchemaProblem;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schema of an app: its SDL, checked against the fields that its resolver classes registered.
 * Every field is answered in exactly one way, and every registration belongs to a field.
 */
public final class AppSchema {

  private final GraphQLSchema types;
  private final RegisteredFields registered;
  private final OwnerRule owners;

  /**
   * Reads and checks a schema.
   *
   * @param folder the folder of the {@code *.graphqls} files
   * @param resolvers the classes that answer the fields
   * @throws InvalidSchema listing every mistake
   */
  public AppSchema(Path folder, Collection<? extends Resolvers> resolvers) {
    TypeDefinitionRegistry sdl = SchemaFiles.read(folder);
    this.registered = new RegisteredFields(resolvers);
    WiringProblems.refuse(WiringProblems.ofDefinitions(sdl, registered));
    this.types = types(sdl, registered);
    WiringProblems.refuse(WiringProblems.ofFields(types, registered));
    this.owners = new OwnerRule(types, registered.typesOf());
  }

  /** The types without data fetchers, for validation. */
  public GraphQLSchema types() {
    return types;
  }

  /** The types with a data fetcher for each field of an object type. */
  public GraphQLSchema executable(Function<SchemaField, DataFetcher<?>> fetchers) {
    GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry(types.getCodeRegistry());
    Set<String> roots = roots(types);
    for (GraphQLObjectType type : objectTypes(types)) {
      for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
        code.dataFetcher(
            FieldCoordinates.coordinates(type, field),
            fetchers.apply(field(type, field, roots.contains(type.getName()))));
      }
    }
    return types.transformWithoutTypes(wired -> wired.codeRegistry(code.build()));
  }

  private SchemaField field(GraphQLObjectType type, GraphQLFieldDefinition field, boolean isRoot) {
    AccessRule access = AccessRule.of(field, isRoot);
    return new SchemaField(
        field,
        registered.registrations().get(FieldCoordinates.coordinates(type, field)),
        access,
        CacheHint.of(type, field, isRoot, access),
        OnceRule.of(field));
  }

  /** The projections of selection sets on this schema. */
  public Projections projections() {
    return new Projections(registered, owners);
  }

  /** The owners of the schema's types. */
  public OwnerRule owners() {
    return owners;
  }

  /**
   * The id of an item, as {@code Node.id} shows it.
   *
   * @throws IllegalStateException if no resolver class registered ids for its type
   */
  public String nodeId(Item item) {
    return registered.nodeId(item);
  }

  private static GraphQLSchema types(TypeDefinitionRegistry sdl, RegisteredFields registered) {
    RuntimeWiring.Builder wiring =
        RuntimeWiring.newRuntimeWiring()
            .strictMode(false) // strict mode would keep graphql-java's lenient ID
            .scalar(StrictId.TYPE)
            .strictMode(true);
    sdl.scalars().keySet().stream().filter(Scalars::has).map(Scalars::get).forEach(wiring::scalar);
    registered
        .typesOf()
        .forEach((name, typeOf) ->
            wiring.type(name, abstractType -> abstractType.typeResolver(typeResolver(typeOf))));
    try {
      return new SchemaGenerator().makeExecutableSchema(sdl, wiring.build());
    } catch (SchemaProblem problem) {
      throw SchemaFiles.invalid(problem);
    }
  }

  private static TypeResolver typeResolver(Function<Item, String> typeOf) {
    return environment -> {
      if (!(environment.getObject() instanceof Item item)) {
        throw unresolved("the resolver did not return an Item", environment);
      }
      try {
        return environment.getSchema().getObjectType(typeOf.apply(item));
      } catch (RuntimeException thrown) {
        throw unresolved(thrown.toString(), environment);
      }
    };
  }

  /** Only this exception fails the field; any other one would fail the whole operation. */
  private static UnresolvedTypeException unresolved(
      String why, TypeResolutionEnvironment environment) {
    return new UnresolvedTypeException(
        why, GraphQLTypeUtil.unwrapAllAs(environment.getFieldType()));
  }

  /** The names of the root operation types. */
  static Set<String> roots(GraphQLSchema schema) {
    return Stream.of(schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType())
        .filter(Objects::nonNull)
        .map(GraphQLObjectType::getName)
        .collect(Collectors.toSet());
  }

  /** The object types of the SDL, without those of introspection. */
  static List<GraphQLObjectType> objectTypes(GraphQLSchema schema) {
    return schema.getAllTypesAsList().stream()
        .filter(type -> type instanceof GraphQLObjectType && !type.getName().startsWith("__"))
        .map(GraphQLObjectType.class::cast)
        .toList();
  }
}
