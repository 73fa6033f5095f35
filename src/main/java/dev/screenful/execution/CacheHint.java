package dev.screenful.execution;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a field says of how long an answer with it may be kept, by {@code @cacheControl} on itself
 * or else on its type. As Apollo Server has it: a field of a root type, and any that is an object,
 * says 0 seconds where nothing else is said; a scalar says nothing and goes with its object.
 *
 * @param maxAge in seconds, null where the field says nothing of it
 * @param isPrivate whether its value is for one caller only
 * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/caching">Server-side
 *     caching</a>
 */
record CacheHint(@Nullable Integer maxAge, boolean isPrivate) {

  /**
   * The hint of a field.
   *
   * @param root whether it is one of a root type's
   * @param rule a field that is not for everyone is private, whatever the SDL says; so is a cursor,
   *     which is signed for its caller
   */
  static CacheHint of(
      GraphQLObjectType parent, GraphQLFieldDefinition field, boolean root, AccessRule rule) {
    GraphQLNamedType type = GraphQLTypeUtil.unwrapAllAs(field.getType());
    boolean object = type instanceof GraphQLCompositeType;
    Said onField = Said.of(field);
    Said onType =
        object && type instanceof GraphQLDirectiveContainer container
            ? Said.of(container)
            : Said.NOTHING;
    Integer maxAge = onField.maxAge() == null ? onType.maxAge() : onField.maxAge();
    boolean inherits = onField.inherits() || onType.inherits();
    if (maxAge == null && (root || (object && !inherits))) {
      maxAge = 0;
    }
    String scope = onField.scope() == null ? onType.scope() : onField.scope();
    boolean isPrivate =
        "PRIVATE".equals(scope)
            || !(rule instanceof AccessRule.Anyone)
            || Connection.isCursor(parent.getName(), field.getName());
    return new CacheHint(maxAge, isPrivate);
  }

  boolean saysNothing() {
    return maxAge == null && !isPrivate;
  }

  /** One {@code @cacheControl}. */
  private record Said(@Nullable Integer maxAge, @Nullable String scope, boolean inherits) {

    static final Said NOTHING = new Said(null, null, false);

    static Said of(GraphQLDirectiveContainer element) {
      GraphQLAppliedDirective directive = element.getAppliedDirective("cacheControl");
      return directive == null
          ? NOTHING
          : new Said(
              argument(directive, "maxAge") instanceof Integer seconds ? seconds : null,
              argument(directive, "scope") instanceof String scope ? scope : null,
              Boolean.TRUE.equals(argument(directive, "inheritMaxAge")));
    }

    private static @Nullable Object argument(GraphQLAppliedDirective directive, String name) {
      GraphQLAppliedDirectiveArgument argument = directive.getArgument(name);
      return argument == null ? null : argument.getValue();
    }
  }
}
