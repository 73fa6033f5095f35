package dev.screenful.schema;

import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;

/**
 * Whether a field that is loaded separately may be non-null: if {@code @nonNull} gives a reason, or
 * the SDL of the last release has it non-null. An error in it nulls its parent, and so on up to
 * {@code data}.
 */
final class NonNullRule {

  private static final String DIRECTIVE = "nonNull";

  private NonNullRule() {}

  static boolean isDeclared(GraphQLFieldDefinition field) {
    return field.hasAppliedDirective(DIRECTIVE);
  }

  /**
   * The problems of a field, one line each.
   *
   * @param isLoadedSeparately whether it can fail apart from its parent
   * @param isReleased whether it is non-null in the SDL of the last release
   */
  static List<String> problems(
      GraphQLFieldDefinition field,
      boolean isLoadedSeparately,
      boolean isReleased,
      String at,
      String name) {
    if (!GraphQLTypeUtil.isNonNull(field.getType())) {
      return isDeclared(field)
          ? List.of(
              "%s: %s has @nonNull, but its type is nullable; write %s!, or remove @nonNull."
                  .formatted(at, name, GraphQLTypeUtil.simplePrint(field.getType())))
          : List.of();
    }
    if (isDeclared(field)) {
      return isLoadedSeparately ? List.of() : List.of(withoutEffect(at, name));
    }
    return isLoadedSeparately && !isReleased
        ? List.of(
            "%s: %s is loaded separately and can fail separately; make it nullable, or its failure would null its parent. If apps need it non-null, declare @nonNull(why: \"reason\")."
                .formatted(at, name))
        : List.of();
  }

  /** The problem of a field on which the directive says nothing. */
  static String withoutEffect(String at, String name) {
    return "%s: @nonNull has no effect on %s, only on fields of Query and Mutation, and those that load, loadAll, exists and batch answer; remove it."
        .formatted(at, name);
  }
}
