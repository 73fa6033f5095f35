package dev.screenful.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLDirectiveContainer;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * How long a response with a field may be cached, from {@code @cacheControl} on the field or else
 * on its type. The defaults are Apollo Server's: 0 seconds for a field of a root type and for a
 * field that returns an object; no limit of its own for a scalar, which inherits from its parent. A
 * value for which a resolver asks who the caller is makes the response private without any
 * directive.
 *
 * @param maxAge in seconds; null if the field sets no limit
 * @param isPrivate whether the value is for one caller only
 * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/caching">Server-side
 *     caching</a>
 */
public record CacheHint(@Nullable Integer maxAge, boolean isPrivate) {

  /**
   * The hint of a field.
   *
   * @param root whether it belongs to a root operation type
   * @param rule a restricted field is private, whatever the SDL says
   */
  static CacheHint of(GraphQLFieldDefinition field, boolean root, AccessRule rule) {
    GraphQLNamedType type = GraphQLTypeUtil.unwrapAllAs(field.getType());
    boolean object = type instanceof GraphQLCompositeType;
    CacheControl onField = CacheControl.of(field);
    CacheControl onType =
        object && type instanceof GraphQLDirectiveContainer container
            ? CacheControl.of(container)
            : CacheControl.NONE;
    Integer maxAge = onField.maxAge() == null ? onType.maxAge() : onField.maxAge();
    boolean inherits = onField.inherits() || onType.inherits();
    if (maxAge == null && (root || (object && !inherits))) {
      maxAge = 0;
    }
    String scope = onField.scope() == null ? onType.scope() : onField.scope();
    boolean isPrivate = "PRIVATE".equals(scope) || !(rule instanceof AccessRule.Anyone);
    return new CacheHint(maxAge, isPrivate);
  }

  /** Whether the field neither limits nor privatises the response. */
  public boolean isEmpty() {
    return maxAge == null && !isPrivate;
  }

  /** The arguments of one {@code @cacheControl}. */
  private record CacheControl(@Nullable Integer maxAge, @Nullable String scope, boolean inherits) {

    static final CacheControl NONE = new CacheControl(null, null, false);

    static CacheControl of(GraphQLDirectiveContainer element) {
      GraphQLAppliedDirective directive = element.getAppliedDirective("cacheControl");
      return directive == null
          ? NONE
          : new CacheControl(
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
