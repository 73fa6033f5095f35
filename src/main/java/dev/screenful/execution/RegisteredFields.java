package dev.screenful.execution;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all resolver classes have registered. */
final class RegisteredFields implements Fields {

  /** How a field is answered when not by an attribute. */
  sealed interface Registration {
    /** Attributes of the source that must have been read. */
    Set<String> needs();
  }

  /** By a resolver. */
  record Resolved(Resolver resolver, Set<String> needs) implements Registration {}

  /** By the item under a key. */
  record Loaded(Function<Call, @Nullable Key> key, Set<String> needs) implements Registration {}

  /** By whether there is an item under a key. */
  record Existing(Function<Call, @Nullable Key> key, Set<String> needs) implements Registration {}

  private final Map<FieldCoordinates, Registration> registrations = new LinkedHashMap<>();
  private final Map<String, Set<String>> attributes = new LinkedHashMap<>();

  /** By a mutation. */
  record Mutating(Mutation mutation, Set<String> needs) implements Registration {}

  /** By what has changed. */
  record Changing(SyncSource sync, Set<String> needs) implements Registration {}

  /** How the objects of a type have ids. */
  private record NodeType(String attribute, NodeKey key) {}

  private final Map<String, NodeType> nodes = new LinkedHashMap<>();
  private final Map<String, Function<Item, String>> typesOf = new LinkedHashMap<>();
  private final Map<String, String> owners = new LinkedHashMap<>();
  private final List<FieldCoordinates> repeated = new ArrayList<>();

  RegisteredFields(Collection<? extends Resolvers> resolvers) {
    resolvers.forEach(resolver -> resolver.register(this));
  }

  @Override
  public void attributes(String type, Collection<String> names) {
    attributes.computeIfAbsent(type, unseen -> new HashSet<>()).addAll(names);
  }

  @Override
  public void query(String field, Resolver resolver) {
    on("Query", field, resolver);
  }

  @Override
  public void mutation(String field, Mutation mutation) {
    add("Mutation", field, new Mutating(mutation, Set.of()));
  }

  @Override
  public void changes(String field, SyncSource sync) {
    attributes("Changes", ChangesResolver.FIELDS);
    add("Query", field, new Changing(sync, Set.of()));
  }

  @Override
  public void on(String type, String field, Resolver resolver, String... needs) {
    add(type, field, new Resolved(resolver, Set.of(needs)));
  }

  @Override
  public void load(String type, String field, String attribute, Function<String, Key> key) {
    Function<Call, @Nullable Key> keyOfCall =
        call -> call.source().has(attribute) ? key.apply(call.source().text(attribute)) : null;
    add(type, field, new Loaded(keyOfCall, Set.of(attribute)));
  }

  @Override
  public void exists(
      String type, String field, Function<Call, @Nullable Key> key, String... needs) {
    add(type, field, new Existing(key, Set.of(needs)));
  }

  @Override
  public void node(String type, String attribute, NodeKey key) {
    on(type, "id", call -> new NodeId(type, call.source().text(attribute)).toString(), attribute);
    if (nodes.isEmpty()) {
      add("Query", "node", new Loaded(this::nodeKey, Set.of()));
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

  /** The id of an item of a type that has ids. */
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
    typesOf.put(abstractType, type);
  }

  private void add(String type, String field, Registration registration) {
    FieldCoordinates coordinates = FieldCoordinates.coordinates(type, field);
    if (registrations.put(coordinates, registration) != null) {
      repeated.add(coordinates);
    }
  }

  Map<FieldCoordinates, Registration> registrations() {
    return registrations;
  }

  /** Fields that were registered more than once. */
  List<FieldCoordinates> repeated() {
    return repeated;
  }

  /** What tells the types of items, by the interface or union that they are of. */
  Map<String, Function<Item, String>> typesOf() {
    return typesOf;
  }

  /** The types whose attributes were named. */
  Set<String> typesWithAttributes() {
    return attributes.keySet();
  }

  /** The attributes that items of a type have. */
  Set<String> attributes(String type) {
    return attributes.getOrDefault(type, Set.of());
  }

  /** The attributes that name owners, of whatever type. */
  Set<String> ownerAttributes() {
    return Set.copyOf(owners.values());
  }

  /** Says which attribute names the owner of items of a type, so that it is always read. */
  void owner(String type, String attribute) {
    owners.put(type, attribute);
  }

  /** The attributes that must be read of an item of a type so that the field can be answered. */
  Set<String> needs(String type, String field) {
    Registration registration = registrations.get(FieldCoordinates.coordinates(type, field));
    Set<String> needs = new HashSet<>();
    if (registration != null) {
      needs.addAll(registration.needs());
    } else if (!field.startsWith("__")) {
      needs.add(field);
    }
    String owner = owners.get(type);
    if (owner != null) {
      needs.add(owner);
    }
    return needs;
  }
}
