package dev.screenful.execution;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the SDL says of a mutation that is sent twice: {@code @once}. */
sealed interface OnceRule {

  /** It happens once. */
  record HappensOnce() implements OnceRule {}

  /** It happens each time, and the SDL says why that does no harm. */
  record EachTime() implements OnceRule {}

  /** The SDL says nothing. */
  record Unsaid() implements OnceRule {}

  static OnceRule of(GraphQLFieldDefinition field) {
    GraphQLAppliedDirective once = field.getAppliedDirective("once");
    if (once == null) {
      return new Unsaid();
    }
    boolean not = once.getArgument("not") != null && once.getArgument("not").getValue() != null;
    return not ? new EachTime() : new HappensOnce();
  }

  /** What is wrong with a field in this regard. */
  static List<String> problems(
      GraphQLFieldDefinition field, boolean isMutation, String at, String name) {
    return switch (of(field)) {
      case Unsaid() when isMutation ->
          List.of(
              "%s: %s does not say @once, and phones ask twice; give its input a '%s: UUID!', or say @once(not: \"why it does no harm\")."
                  .formatted(at, name, Once.REQUEST_ID));
      case HappensOnce() when !isMutation ->
          List.of("%s: %s says @once, but is no mutation.".formatted(at, name));
      case HappensOnce() when !hasRequestId(field) ->
          List.of(
              "%s: %s says @once, but its argument 'input' has no '%s: UUID!'."
                  .formatted(at, name, Once.REQUEST_ID));
      default -> List.of();
    };
  }

  private static boolean hasRequestId(GraphQLFieldDefinition field) {
    GraphQLArgument input = field.getArgument("input");
    return input != null
        && GraphQLTypeUtil.unwrapNonNull(input.getType()) instanceof GraphQLInputObjectType type
        && GraphQLTypeUtil.isNonNull(input.getType())
        && isUuid(type.getFieldDefinition(Once.REQUEST_ID));
  }

  private static boolean isUuid(@Nullable GraphQLInputObjectField field) {
    return field != null && GraphQLTypeUtil.simplePrint(field.getType()).equals("UUID!");
  }
}
