package dev.screenful.document;

import graphql.language.Directive;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import java.util.Set;
import java.util.stream.Collectors;

/** The variables of a screen that may be logged, marked by {@code @logged}. */
public final class LoggedVariables {

  private static final String DIRECTIVE = "logged";

  private LoggedVariables() {}

  /** The names of a document's logged variables. */
  public static Set<String> of(ParsedDocument parsed) {
    return parsed.document().getDefinitionsOfType(OperationDefinition.class).stream()
        .flatMap(operation -> operation.getVariableDefinitions().stream())
        .filter(variable -> variable.hasDirective(DIRECTIVE))
        .map(VariableDefinition::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a directive is a well-formed {@code @logged}. */
  static boolean matches(Directive directive) {
    return directive.getName().equals(DIRECTIVE) && directive.getArguments().isEmpty();
  }
}
