package dev.screenful.schema;

import graphql.language.Definition;
import graphql.language.DirectiveDefinition;
import graphql.language.TypeDefinition;
import java.util.Set;

/**
 * What every schema has: the types of introspection and the directives of the GraphQL
 * specification. An SDL that a tool has downloaded from a server can contain them; they are read
 * over.
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
