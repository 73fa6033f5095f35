package dev.screenful.schema;

import dev.screenful.compact.BinaryReader;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** The file of the compact form. */
  public static final String COMPACT = "schema.bin";

  private final GraphQLSchema types;
  private final RegisteredFields registered;
  private final OwnerRule owners;

  /**
   * The SDL, read from its files or from the compact form.
   *
   * @param releasedNonNull the non-null fields of the last release, as {@code Type.field}
   */
  record Sdl(GraphQLSchema types, Set<String> releasedNonNull) {}

  private AppSchema(GraphQLSchema types, RegisteredFields registered) {
    this.types = types;
    this.registered = registered;
    this.owners = new OwnerRule(types, registered.typesOf());
  }

  /**
   * Reads a schema, and checks it against the registrations.
   *
   * @param folder the folder of the {@code *.graphqls} files, or of the compact form that the build
   *     makes of them
   * @param resolvers the classes that answer the fields
   * @throws InvalidSchema listing every mistake
   */
  public static AppSchema of(Path folder, Collection<? extends Resolvers> resolvers) {
    RegisteredFields registered = new RegisteredFields(resolvers);
    List<String> problems = new ArrayList<>();
    Path compact = folder.resolve(COMPACT);
    Sdl sdl =
        Files.exists(compact)
            ? compact(compact, registered)
            : new Sdl(SdlTypes.of(folder, registered, problems), ReleasedSdl.nonNullFields(folder));
    registered.answerSubscriptions(sdl.types());
    problems.addAll(WiringProblems.ofFields(sdl, registered));
    WiringProblems.refuse(problems);
    return new AppSchema(sdl.types(), registered);
  }

  private static Sdl compact(Path file, RegisteredFields registered) {
    try {
      BinaryReader in = new BinaryReader(Files.readAllBytes(file));
      return new Sdl(SchemaReader.schema(in, registered), Set.copyOf(in.list(BinaryReader::text)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read.", unreadable);
    }
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
        CacheHint.of(field, isRoot, access),
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

  /** The type resolver of an interface or union that an app registered. */
  static TypeResolver typeResolver(Function<Item, String> typeOf) {
    return environment -> {
      if (!(environment.getObject() instanceof Item item)) {
        throw unresolved("the resolver did not return an Item or a Map", environment);
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
