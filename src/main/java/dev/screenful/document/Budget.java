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
 * What a screen may cost, as {@code @budget} on its operation says.
 *
 * @param bytes of the response as JSON, before it is compressed
 * @param reads items that are read in the store
 * @param trips calls to the store
 */
public record Budget(int bytes, int reads, int trips) {

  private static final String DIRECTIVE = "budget";
  private static final List<String> FIGURES = List.of("bytes", "reads", "trips");

  /**
   * The budget of a document's only operation, empty where it has none.
   *
   * @throws IllegalArgumentException with the line where one can't be met
   */
  public static Optional<Budget> of(ParsedDocument parsed) {
    return parsed.document().getDefinitionsOfType(OperationDefinition.class).stream()
        .flatMap(operation -> operation.getDirectives(DIRECTIVE).stream())
        .findFirst()
        .map(Budget::of);
  }

  /** Whether a directive is a budget and nothing else. */
  static boolean isOne(Directive directive) {
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
        "line %d: @budget says '%s' as a whole number, such as @budget(bytes: 2000, reads: 20, trips: 3)."
            .formatted(Objects.requireNonNull(directive.getSourceLocation()).getLine(), name));
  }

  /** What of a cost is over this budget: the figure's name, the figure and what was allowed. */
  public Map<String, String> exceededBy(int bytesSent, int itemsRead, int tripsMade) {
    Map<String, String> over = new LinkedHashMap<>();
    compare("bytes", bytesSent, bytes, over);
    compare("reads", itemsRead, reads, over);
    compare("trips", tripsMade, trips, over);
    return over;
  }

  private static void compare(String name, int is, int allowed, Map<String, String> over) {
    if (is > allowed) {
      over.put(name, is + " of " + allowed);
    }
  }
}
