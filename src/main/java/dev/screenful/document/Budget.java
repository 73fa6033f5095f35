package dev.screenful.document;

import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The maximum cost of a screen, from {@code @budget} on its operation.
 *
 * @param bytes bytes of the JSON response before compression
 * @param reads items read from the store
 * @param trips calls to the store
 */
public record Budget(int bytes, int reads, int trips) {

  private static final String DIRECTIVE = "budget";
  private static final List<String> FIGURES = List.of("bytes", "reads", "trips");

  /**
   * The budget of a document's only operation.
   *
   * @throws IllegalArgumentException with the line, if the directive is malformed
   */
  public static Optional<Budget> of(ParsedDocument parsed) {
    return parsed.document().getDefinitionsOfType(OperationDefinition.class).stream()
        .flatMap(operation -> operation.getDirectives(DIRECTIVE).stream())
        .findFirst()
        .map(Budget::of);
  }

  /** Whether a directive is a well-formed budget. */
  static boolean matches(Directive directive) {
    return directive.getName().equals(DIRECTIVE)
        && directive.getArguments().size() == 3
        && FIGURES.stream()
            .map(directive::getArgument)
            .allMatch(argument -> argument != null && isInt(argument.getValue()));
  }

  private static boolean isInt(Value<?> value) {
    return value instanceof IntValue number && number.getValue().bitLength() < Integer.SIZE;
  }

  private static Budget of(Directive directive) {
    return new Budget(
        positive(directive, "bytes"), positive(directive, "reads"), positive(directive, "trips"));
  }

  private static int positive(Directive directive, String name) {
    Argument argument = directive.getArgument(name);
    if (argument != null
        && argument.getValue() instanceof IntValue number
        && isInt(number)
        && number.getValue().signum() >= 0) {
      return number.getValue().intValue();
    }
    throw new IllegalArgumentException(
        "line %d: '%s' of @budget must be a non-negative integer, as in @budget(bytes: 2000, reads: 20, trips: 3)."
            .formatted(Objects.requireNonNull(directive.getSourceLocation()).getLine(), name));
  }

  /** The exceeded figures by name, each with the actual and the allowed value. */
  public Map<String, String> exceededBy(int bytesSent, int itemsRead, int tripsMade) {
    Map<String, String> over = new LinkedHashMap<>();
    compare("bytes", bytesSent, bytes, over);
    compare("reads", itemsRead, reads, over);
    compare("trips", tripsMade, trips, over);
    return over;
  }

  private static void compare(String name, int actual, int allowed, Map<String, String> over) {
    if (actual > allowed) {
      over.put(name, actual + " of " + allowed);
    }
  }
}
