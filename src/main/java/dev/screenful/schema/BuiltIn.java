package dev.screenful.schema;

import graphql.language.Definition;
import graphql.language.DirectiveDefinition;
import graphql.language.TypeDefinition;
import java.util.Set;

/**
 * The types of introspection and the directives of the GraphQL specification, which every schema
 * has. Tools that download the SDL of a server write them too, so files may define them, without
 * effect.
 */
final class BuiltIn {

  private static final Set<String> DIRECTIVES =
      Set.of("skip", "include", "deprecated", "specifiedBy", "oneOf");

  private BuiltIn() {}

  static boolean defines(Definition<?> definition) {
    return switch (definition) {
      case TypeDefinition<?> type -> type.getName().startsWith("__");
      case DirectiveDefinition directive -> DIRECTIVES.contains(directive.getName());
      default -> false;
    };
  }
}
