package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Item;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose objects of which types are, as {@code @owner} in the SDL says. Whatever a field is answered
 * by (a resolver, a loader, an attribute, a payload, a sync), an object that is not the caller's is
 * taken for one that does not exist. Stores build keys from the caller, so this should never meet
 * anything; it holds where somebody forgot.
 */
final class OwnerRule {

  private static final String DIRECTIVE = "owner";

  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, Function<Item, String>> typesOf;

  /** The rules of a schema. */
  OwnerRule(GraphQLSchema schema, Map<String, Function<Item, String>> typesOf) {
    this.typesOf = typesOf;
    for (GraphQLNamedType type : schema.getAllTypesAsList()) {
      if (type instanceof GraphQLObjectType object) {
        attribute(object).ifPresent(attribute -> attributes.put(object.getName(), attribute));
      }
    }
  }

  /** The attribute that names the owner of objects of a type. */
  static Optional<String> attribute(GraphQLObjectType type) {
    GraphQLAppliedDirective owner = type.getAppliedDirective(DIRECTIVE);
    return owner == null
        ? Optional.empty()
        : Optional.of(Objects.requireNonNull(owner.getArgument("field")).getValue());
  }

  /** The fetcher of a field that returns nothing of other owners. */
  DataFetcher<?> owned(GraphQLNamedType type, boolean isNonNull, DataFetcher<?> fetcher) {
    boolean isAbstract = type instanceof GraphQLInterfaceType || type instanceof GraphQLUnionType;
    if (attributes.isEmpty() || !(isAbstract || attributes.containsKey(type.getName()))) {
      return fetcher;
    }
    return environment -> {
      Object value = fetcher.get(environment);
      return value instanceof CompletionStage<?> later
          ? later.thenApply(found -> own(found, type, isNonNull, environment))
          : own(value, type, isNonNull, environment);
    };
  }

  private @Nullable Object own(
      @Nullable Object value,
      GraphQLNamedType type,
      boolean isNonNull,
      DataFetchingEnvironment environment) {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> own(optional.orElse(null), type, isNonNull, environment);
      case Iterable<?> list -> own(list, type, environment);
      default -> {
        if (isOwn(value, type, environment)) {
          yield value;
        }
        if (isNonNull) {
          throw new ClientError(ErrorCode.NOT_FOUND, "There is nothing of that id.");
        }
        yield null;
      }
    };
  }

  private List<@Nullable Object> own(
      Iterable<?> list, GraphQLNamedType type, DataFetchingEnvironment environment) {
    List<@Nullable Object> own = new ArrayList<>();
    for (Object entry : list) {
      if (entry instanceof Iterable<?> nested) {
        own.add(own(nested, type, environment));
      } else if (entry == null || isOwn(entry, type, environment)) {
        own.add(entry);
      }
    }
    return own;
  }

  private boolean isOwn(Object value, GraphQLNamedType type, DataFetchingEnvironment environment) {
    String attribute = attribute(value, type);
    if (attribute == null) {
      return true;
    }
    Object owner =
        switch (value) {
          case Item item -> item.get(attribute);
          case Map<?, ?> map -> map.get(attribute);
          default -> null; // whose it is can't be told
        };
    return RequestContext.of(environment.getGraphQlContext()).caller()
            instanceof Caller.Verified caller
        && caller.id().equals(owner);
  }

  /** The attribute that names the owner of a value, null where it has none. */
  private @Nullable String attribute(Object value, GraphQLNamedType type) {
    if (type instanceof GraphQLObjectType) {
      return attributes.get(type.getName());
    }
    return value instanceof Item item // nothing else has a type of its own
        ? attributes.get(Objects.requireNonNull(typesOf.get(type.getName())).apply(item))
        : null;
  }
}
