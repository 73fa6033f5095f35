package dev.screenful.execution;

import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.VariableReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds variables that are null in {@code @skip} or {@code @include}. A nullable variable with a
 * default is valid there, and graphql-java throws a {@link NullPointerException} for its null.
 */
final class NullConditions {

  private static final List<String> CONDITIONS = List.of("skip", "include");

  private final Operation operation;
  private final Set<String> visited = new HashSet<>();

  private NullConditions(Operation operation) {
    this.operation = operation;
  }

  /** The name of the first such variable of an operation. */
  static Optional<String> in(Operation operation, OperationDefinition definition) {
    return operation.variables().values().stream().anyMatch(Objects::isNull)
        ? new NullConditions(operation).below(definition)
        : Optional.empty();
  }

  private Optional<String> below(Node<?> node) {
    Optional<String> found =
        node instanceof DirectivesContainer<?> container ? of(container) : Optional.empty();
    if (found.isEmpty() && node instanceof FragmentSpread spread && visited.add(spread.getName())) {
      found = definition(spread.getName()).flatMap(this::below);
    }
    for (Node<?> child : node.getChildren()) {
      found = found.or(() -> below(child));
    }
    return found;
  }

  private Optional<FragmentDefinition> definition(String fragment) {
    return operation.document().document().getDefinitionsOfType(FragmentDefinition.class).stream()
        .filter(one -> one.getName().equals(fragment))
        .findFirst();
  }

  private Optional<String> of(DirectivesContainer<?> container) {
    return container.getDirectives().stream()
        .filter(directive -> CONDITIONS.contains(directive.getName()))
        .map(NullConditions::variable)
        .flatMap(Optional::stream)
        .filter(this::isNull)
        .findFirst();
  }

  private static Optional<String> variable(Directive directive) {
    return directive.getArgument("if") != null
            && directive.getArgument("if").getValue() instanceof VariableReference variable
        ? Optional.of(variable.getName())
        : Optional.empty();
  }

  private boolean isNull(String variable) {
    Map<String, @Nullable Object> variables = operation.variables();
    return variables.containsKey(variable) && variables.get(variable) == null;
  }
}
