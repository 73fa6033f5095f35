package dev.screenful.schema;

import dev.screenful.resolver.BatchLoader;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Mutation;
import dev.screenful.resolver.NodeId;
import dev.screenful.resolver.Resolver;
import dev.screenful.resolver.Resolvers;
import dev.screenful.resolver.SyncSource;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All registrations of an app's resolver classes. */
final class RegisteredFields implements Fields {

  /** The fields of the type {@code Changes}, which the engine answers. */
  private static final List<String> CHANGES_FIELDS =
      List.of("changed", "removed", "token", "hasMore");

  /** The ids of a type: the attribute that is unique among its items, and the key of an id. */
  private record NodeType(String attribute, NodeKey key) {}

  private final Map<FieldCoordinates, Registration> registrations = new LinkedHashMap<>();
  private final Map<String, Set<String>> attributes = new LinkedHashMap<>();
  private final Map<String, NodeType> nodes = new LinkedHashMap<>();
  private final Map<String, Function<Item, String>> typesOf = new LinkedHashMap<>();
  private final Map<String, GraphQLScalarType> scalars = new LinkedHashMap<>();
  private final Set<String> repeated = new LinkedHashSet<>();
  private final Collection<? extends Resolvers> resolvers;

  /** The places of registrations, as {@code File.java:line}; null unless they are asked for. */
  private @Nullable Map<String, List<String>> places;

  RegisteredFields(Collection<? extends Resolvers> resolvers) {
    this(resolvers, null);
  }

  private RegisteredFields(
      Collection<? extends Resolvers> resolvers, @Nullable Map<String, List<String>> places) {
    this.resolvers = resolvers;
    this.places = places;
    for (Resolvers each : resolvers) {
      each.register(this);
    }
  }

  /**
   * The places where a field, a type or a scalar was registered, as {@code File.java:line}. A start
   * does not note them: the first mistake has everything registered once more.
   */
  List<String> places(String name) {
    if (places == null) {
      Map<String, List<String>> found = new HashMap<>();
      new RegisteredFields(resolvers, found);
      places = found;
    }
    return places.getOrDefault(name, List.of());
  }

  private void note(String name) {
    if (places != null) {
      places.computeIfAbsent(name, unseen -> new ArrayList<>()).add(caller());
    }
  }

  private static String caller() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> !frame.getClassName().equals(RegisteredFields.class.getName()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("resolvers"));
  }

  @Override
  public void scalar(String name, String expected, UnaryOperator<Object> form) {
    note(name);
    if (scalars.put(name, AppScalar.of(name, expected, form)) != null) {
      repeated.add(name);
    }
  }

  @Override
  public void attributes(String type, Collection<String> names) {
    note(type);
    attributes.computeIfAbsent(type, unseen -> new HashSet<>()).addAll(names);
  }

  @Override
  public void query(String field, Resolver resolver) {
    on("Query", field, resolver);
  }

  @Override
  public void mutation(String field, Mutation mutation) {
    add("Mutation", field, new Registration.ByMutation(mutation, Set.of()));
  }

  @Override
  public void changes(String field, SyncSource sync) {
    attributes("Changes", CHANGES_FIELDS);
    add("Query", field, new Registration.BySync(sync, Set.of()));
  }

  @Override
  public void on(String type, String field, Resolver resolver, String... needs) {
    add(type, field, new Registration.ByResolver(resolver, Set.of(needs)));
  }

  @Override
  public void load(String type, String field, String attribute, Function<String, Key> key) {
    Function<Call, @Nullable Key> keyOfCall =
        call ->
            call.source().known(attribute) == null
                ? null
                : key.apply(call.source().text(attribute));
    add(type, field, new Registration.ByKey(keyOfCall, Set.of(attribute)));
  }

  @Override
  public void loadAll(String type, String field, String attribute, Function<String, Key> key) {
    Function<Call, List<Key>> keysOfCall =
        call -> {
          List<Key> keys = new ArrayList<>();
          switch (call.source().known(attribute)) {
            case Collection<?> values ->
                values.forEach(value -> keys.add(key.apply(String.valueOf(value))));
            case null -> {}
            default ->
                throw new IllegalStateException(
                    "%s.%s is registered with loadAll, but the attribute '%s' is no list."
                        .formatted(type, field, attribute));
          }
          return keys;
        };
    add(type, field, new Registration.ByKeys(keysOfCall, Set.of(attribute)));
  }

  @Override
  public void exists(
      String type, String field, Function<Call, @Nullable Key> key, String... needs) {
    add(type, field, new Registration.ByExistence(key, Set.of(needs)));
  }

  @Override
  @SuppressWarnings("unchecked") // the loader gets only keys that the function has returned
  public <K> void batch(
      String type,
      String field,
      Function<Call, @Nullable K> key,
      BatchLoader<K> loader,
      String... needs) {
    add(type, field, new Registration.ByBatch(key, (BatchLoader<Object>) loader, Set.of(needs)));
  }

  @Override
  public void node(String type, String attribute, NodeKey key) {
    on(type, "id", call -> new NodeId(type, call.source().text(attribute)).toString(), attribute);
    if (nodes.isEmpty()) {
      add("Query", "node", new Registration.ByKey(this::nodeKey, Set.of()));
    }
    nodes.put(type, new NodeType(attribute, key));
  }

  private @Nullable Key nodeKey(Call call) {
    NodeId id = NodeId.parse(call.text("id")).orElse(null);
    if (id == null) {
      return null;
    }
    NodeType type = nodes.get(id.type());
    return type == null ? null : type.key().of(id.local(), call);
  }

  /** The id of an item whose type has ids. */
  String nodeId(Item item) {
    String type =
        Objects.requireNonNull(typesOf.get("Node"), "Register typeOf(\"Node\", ...).").apply(item);
    NodeType node = nodes.get(type);
    if (node == null) {
      throw new IllegalStateException("Register node(\"" + type + "\", ...).");
    }
    return new NodeId(type, item.text(node.attribute())).toString();
  }

  @Override
  public void typeOf(String abstractType, Function<Item, String> type) {
    note(abstractType);
    typesOf.put(abstractType, type);
  }

  private void add(String type, String field, Registration registration) {
    FieldCoordinates coordinates = FieldCoordinates.coordinates(type, field);
    note(type + "." + field);
    if (registrations.put(coordinates, registration) != null) {
      repeated.add(type + "." + field);
    }
  }

  /**
   * Answers each field of {@code Subscription} like the field of the same name in {@code Query},
   * unless another resolver is registered for it.
   */
  void answerSubscriptions(GraphQLSchema schema) {
    GraphQLObjectType subscription = schema.getSubscriptionType();
    if (subscription == null) {
      return;
    }
    for (GraphQLFieldDefinition field : subscription.getFieldDefinitions()) {
      Registration ofQuery =
          registrations.get(FieldCoordinates.coordinates(schema.getQueryType(), field));
      if (ofQuery != null) {
        registrations.putIfAbsent(FieldCoordinates.coordinates(subscription, field), ofQuery);
      }
    }
  }

  Map<FieldCoordinates, Registration> registrations() {
    return registrations;
  }

  /** Fields and scalars that were registered more than once. */
  Set<String> repeated() {
    return repeated;
  }

  /** The scalars that the app registered. */
  Set<String> scalars() {
    return scalars.keySet();
  }

  /** A scalar of the engine or of the app that SDL files may declare; null if there is none. */
  @Nullable GraphQLScalarType scalar(String name) {
    GraphQLScalarType scalar = Scalars.declared(name);
    return scalar == null ? scalars.get(name) : scalar;
  }

  /** The type resolver of an interface or union; one that never finds a type if there is none. */
  TypeResolver typeResolver(String abstractType) {
    Function<Item, String> typeOf = typesOf.get(abstractType);
    return typeOf == null ? environment -> null : AppSchema.typeResolver(typeOf);
  }

  /** Functions that return the type of an item, by interface or union. */
  Map<String, Function<Item, String>> typesOf() {
    return typesOf;
  }

  /** The types with registered attributes. */
  Set<String> typesWithAttributes() {
    return attributes.keySet();
  }

  /** The registered attributes of a type. */
  Set<String> attributes(String type) {
    return attributes.getOrDefault(type, Set.of());
  }

  /** The attributes that a field of a type needs. */
  Set<String> needs(String type, String field) {
    Registration registration = registrations.get(FieldCoordinates.coordinates(type, field));
    if (registration != null) {
      return registration.needs();
    }
    return field.startsWith("__") ? Set.of() : Set.of(field);
  }
}
