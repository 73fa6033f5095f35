package dev.screenful.build;

import dev.screenful.document.ParsedDocument;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.AstPrinter;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A screen's document as Apollo Kotlin 5 sends it with the default options of its Gradle plugin:
 * with {@code __typename} first in each selection set that contains a fragment, without the
 * directives of variables, and in one line. Its hash is the operation's id in the app, so each
 * space counts.
 */
final class ApolloKotlinDocument {

  private static final String TYPENAME = "__typename";

  private final Map<String, FragmentDefinition> fragments;

  private ApolloKotlinDocument(Map<String, FragmentDefinition> fragments) {
    this.fragments = fragments;
  }

  /** The text of a document with one operation. */
  static String of(String document) {
    Document parsed = ParsedDocument.of(document).document();
    return new ApolloKotlinDocument(
            parsed.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(
                    Collectors.toMap(
                        FragmentDefinition::getName, fragment -> fragment, (one, same) -> one)))
        .text(parsed.getDefinitionsOfType(OperationDefinition.class).getFirst());
  }

  private String text(OperationDefinition operation) {
    Set<FragmentDefinition> used = new LinkedHashSet<>();
    use(operation.getSelectionSet(), used, new HashSet<>());
    List<String> definitions = new ArrayList<>();
    definitions.add(definition(operation));
    used.forEach(fragment -> definitions.add(definition(fragment)));
    return String.join("\n", definitions).stripTrailing().replaceAll("\\s *", " ");
  }

  /**
   * Adds the fragments that a selection set uses, each after those that it uses. The document may
   * still be invalid: unknown fragments and cycles are left to its validation.
   */
  private void use(@Nullable SelectionSet set, Set<FragmentDefinition> used, Set<String> visited) {
    for (Selection<?> selection : set == null ? List.<Selection<?>>of() : selections(set)) {
      switch (selection) {
        case Field field -> use(field.getSelectionSet(), used, visited);
        case InlineFragment inline -> use(inline.getSelectionSet(), used, visited);
        case FragmentSpread spread -> {
          FragmentDefinition fragment = fragments.get(spread.getName());
          if (fragment != null && visited.add(spread.getName())) {
            use(fragment.getSelectionSet(), used, visited);
            used.add(fragment);
          }
        }
        default -> throw new IllegalArgumentException("Unknown selection: " + selection);
      }
    }
  }

  @SuppressWarnings("unchecked") // graphql-java returns a list of raw types
  private static List<Selection<?>> selections(SelectionSet set) {
    return (List<Selection<?>>) (List<?>) set.getSelections();
  }

  private static String definition(OperationDefinition operation) {
    List<VariableDefinition> variables = operation.getVariableDefinitions();
    return operation.getOperation().name().toLowerCase(Locale.ROOT)
        + (operation.getName() == null ? "" : " " + operation.getName())
        + (variables.isEmpty()
            ? ""
            : "(" + joined(variables, ApolloKotlinDocument::variable, ", ") + ")")
        + directives(operation.getDirectives())
        + block(operation.getSelectionSet());
  }

  private static String definition(FragmentDefinition fragment) {
    return "fragment %s on %s".formatted(fragment.getName(), fragment.getTypeCondition().getName())
        + directives(fragment.getDirectives())
        + block(fragment.getSelectionSet());
  }

  private static String variable(VariableDefinition variable) {
    Value<?> value = variable.getDefaultValue();
    return "$"
        + variable.getName()
        + ": "
        + AstPrinter.printAstCompact(variable.getType())
        + (value == null ? "" : " = " + value(value) + " ");
  }

  private static String block(SelectionSet set) {
    List<Selection<?>> selections = selections(set);
    boolean hasFragments = selections.stream().anyMatch(selection -> !(selection instanceof Field));
    Stream<Selection<?>> kept =
        selections.stream()
            .filter(selection ->
                !hasFragments
                    || !(selection instanceof Field field)
                    || !field.getName().equals(TYPENAME));
    return " {\n"
        + (hasFragments ? TYPENAME + "\n" : "")
        + kept.map(ApolloKotlinDocument::selection).collect(Collectors.joining())
        + "}\n";
  }

  private static String selection(Selection<?> selection) {
    return switch (selection) {
      case Field field ->
          (field.getAlias() == null ? "" : field.getAlias() + ": ")
              + field.getName()
              + arguments(field.getArguments())
              + directives(field.getDirectives())
              + (field.getSelectionSet() == null ? "\n" : block(field.getSelectionSet()));
      case InlineFragment inline ->
          "..."
              + (inline.getTypeCondition() == null
                  ? ""
                  : " on " + inline.getTypeCondition().getName())
              + directives(inline.getDirectives())
              + block(inline.getSelectionSet());
      case FragmentSpread spread ->
          "..." + spread.getName() + directives(spread.getDirectives()) + "\n";
      default -> throw new IllegalArgumentException("Unknown selection: " + selection);
    };
  }

  private static String directives(List<Directive> directives) {
    return joined(
        directives,
        directive -> " @" + directive.getName() + arguments(directive.getArguments()),
        "");
  }

  private static String arguments(List<Argument> arguments) {
    return arguments.isEmpty()
        ? ""
        : "("
            + joined(
                arguments, argument -> argument.getName() + ": " + value(argument.getValue()), ", ")
            + ")";
  }

  private static String value(Value<?> value) {
    return switch (value) {
      case ArrayValue list ->
          "[" + joined(list.getValues(), ApolloKotlinDocument::value, ",") + "]";
      case ObjectValue object ->
          "{\n"
              + joined(
                  object.getObjectFields(),
                  field -> field.getName() + ": " + value(field.getValue()),
                  "\n")
              + "\n}\n";
      default -> AstPrinter.printAstCompact(value);
    };
  }

  private static <T> String joined(
      List<? extends T> parts, Function<T, String> printed, String separator) {
    return parts.stream().map(printed).collect(Collectors.joining(separator));
  }
}
