package dev.screenful.schema;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a repeated mutation runs once, as {@code @once} declares. */
public sealed interface OnceRule {

  /** The field of the argument {@code input} that holds the idempotency key. */
  String REQUEST_ID = "requestId";

  /** {@code @once}: a repeat with the same idempotency key returns the first outcome. */
  record Once() implements OnceRule {}

  /** {@code @once(not:)}: each request runs; the SDL gives the reason. */
  record EachTime() implements OnceRule {}

  /** The field does not have the directive. */
  record Undeclared() implements OnceRule {}

  /** The rule of a field. */
  static OnceRule of(GraphQLFieldDefinition field) {
    GraphQLAppliedDirective once = field.getAppliedDirective("once");
    if (once == null) {
      return new Undeclared();
    }
    boolean not = once.getArgument("not") != null && once.getArgument("not").getValue() != null;
    return not ? new EachTime() : new Once();
  }

  /** The problems of a field with this directive, one line each. */
  static List<String> problems(
      GraphQLFieldDefinition field, boolean isMutation, String at, String name) {
    return switch (of(field)) {
      case Undeclared() when isMutation ->
          List.of(
              "%s: %s needs @once, because clients retry; add '%s: UUID!' to its input, or declare @once(not: \"reason\")."
                  .formatted(at, name, REQUEST_ID));
      case Once() when !isMutation ->
          List.of("%s: %s has @once, but is not a mutation.".formatted(at, name));
      case Once() when !hasRequestId(field) ->
          List.of(
              "%s: %s has @once, but its argument 'input' has no '%s: UUID!'."
                  .formatted(at, name, REQUEST_ID));
      default -> List.of();
    };
  }

  private static boolean hasRequestId(GraphQLFieldDefinition field) {
    GraphQLArgument input = field.getArgument("input");
    return input != null
        && GraphQLTypeUtil.unwrapNonNull(input.getType()) instanceof GraphQLInputObjectType type
        && GraphQLTypeUtil.isNonNull(input.getType())
        && isUuid(type.getFieldDefinition(REQUEST_ID));
  }

  private static boolean isUuid(@Nullable GraphQLInputObjectField field) {
    return field != null && GraphQLTypeUtil.simplePrint(field.getType()).equals("UUID!");
  }
}
