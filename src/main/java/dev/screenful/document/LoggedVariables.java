package dev.screenful.document;

import graphql.language.Directive;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import java.util.Set;
import java.util.stream.Collectors;

/** Which variables of a screen may be written to the log, as {@code @logged} says. */
public final class LoggedVariables {

  private static final String DIRECTIVE = "logged";

  private LoggedVariables() {}

  /** Their names. */
  public static Set<String> of(ParsedDocument parsed) {
    return parsed.document().getDefinitionsOfType(OperationDefinition.class).stream()
        .flatMap(operation -> operation.getVariableDefinitions().stream())
        .filter(variable -> variable.hasDirective(DIRECTIVE))
        .map(VariableDefinition::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a directive says so and nothing else. */
  static boolean isOne(Directive directive) {
    return directive.getName().equals(DIRECTIVE) && directive.getArguments().isEmpty();
  }
}
