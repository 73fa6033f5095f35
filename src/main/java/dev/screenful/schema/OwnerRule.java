package dev.screenful.schema;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Item;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The owners of a schema's objects, as {@code @owner} declares them. An object of another owner is
 * treated as missing, whichever way the field is answered: by a resolver, a key, an attribute, a
 * mutation's payload or sync. Store classes build keys from the caller's id, so this rule should
 * never remove anything. It is a second defence, for the resolver that forgot to.
 */
public final class OwnerRule {

  private static final String DIRECTIVE = "owner";

  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, Function<Item, String>> typesOf;

  OwnerRule(GraphQLSchema schema, Map<String, Function<Item, String>> typesOf) {
    this.typesOf = typesOf;
    AppSchema.objectTypes(schema)
        .forEach(type ->
            attribute(type).ifPresent(attribute -> attributes.put(type.getName(), attribute)));
  }

  /** The attribute that {@code @owner} names for a type. */
  static Optional<String> attribute(GraphQLObjectType type) {
    GraphQLAppliedDirective owner = type.getAppliedDirective(DIRECTIVE);
    return owner == null
        ? Optional.empty()
        : Optional.of(Objects.requireNonNull(owner.getArgument("field")).getValue());
  }

  /** The attribute with the owner's id of a type; null for a type without owners. */
  @Nullable String attribute(String typeName) {
    return attributes.get(typeName);
  }

  /** The attributes with owners' ids, of all types. An item keeps its owner for life. */
  public Set<String> attributes() {
    return Set.copyOf(attributes.values());
  }

  /** Whether values of a field's type can have owners. */
  public boolean appliesTo(GraphQLOutputType type) {
    GraphQLNamedType named = GraphQLTypeUtil.unwrapAll(type);
    boolean isAbstract = named instanceof GraphQLInterfaceType || named instanceof GraphQLUnionType;
    return !attributes.isEmpty() && (isAbstract || attributes.containsKey(named.getName()));
  }

  /**
   * A field's value without objects of other owners.
   *
   * @param type the type of the field
   * @param caller is asked only if an object has an owner
   * @return the value; null in place of an object of another owner; a list without such objects
   * @throws ClientError {@code NOT_FOUND} if the field is non-null and its object has another owner
   */
  public @Nullable Object visible(
      @Nullable Object value, GraphQLOutputType type, Supplier<Caller> caller) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> visible(optional.orElse(null), type, caller);
      case Iterable<?> list -> visible(list, GraphQLTypeUtil.unwrapAll(type), caller);
      default -> {
        if (isVisible(value, GraphQLTypeUtil.unwrapAll(type), caller)) {
          yield value;
        }
        if (GraphQLTypeUtil.isNonNull(type)) {
          throw new ClientError(ErrorCode.NOT_FOUND, "No object has this id.");
        }
        yield null;
      }
    };
  }

  private List<@Nullable Object> visible(
      Iterable<?> list, GraphQLNamedType type, Supplier<Caller> caller) {
    List<@Nullable Object> visible = new ArrayList<>();
    for (Object entry : list) {
      if (entry instanceof Iterable<?> nested) {
        visible.add(visible(nested, type, caller));
      } else if (entry == null || isVisible(entry, type, caller)) {
        visible.add(entry);
      }
    }
    return visible;
  }

  private boolean isVisible(Object value, GraphQLNamedType type, Supplier<Caller> caller) {
    String attribute = ownerAttribute(value, type);
    if (attribute == null) {
      return true;
    }
    return caller.get() instanceof Caller.Verified verified
        && value instanceof Item item // anything else has an unknown owner
        && verified.id().equals(item.get(attribute));
  }

  private @Nullable String ownerAttribute(Object value, GraphQLNamedType type) {
    if (type instanceof GraphQLObjectType) {
      return attributes.get(type.getName());
    }
    return value instanceof Item item // anything else has no type
        ? attributes.get(Objects.requireNonNull(typesOf.get(type.getName())).apply(item))
        : null;
  }
}
