package dev.screenful.build;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.AstPrinter;
import graphql.language.Definition;
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
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints executable documents exactly like graphql-js 16. Apollo Client hashes the output of that
 * printer, and the ids of the manifest must be those hashes. Block strings are printed as plain
 * strings, because graphql-java does not distinguish them; screens use variables instead.
 */
final class GraphqlJsPrinter {

  /** The maximum length of a field with its arguments on one line. */
  private static final int MAX_LINE = 80;

  private GraphqlJsPrinter() {}

  static String print(Document document) {
    return joined(document.getDefinitions(), GraphqlJsPrinter::definition, "\n\n");
  }

  private static String definition(Definition<?> definition) {
    return switch (definition) {
      case OperationDefinition operation -> operation(operation);
      case FragmentDefinition fragment ->
          words(
              "fragment",
              fragment.getName(),
              "on",
              fragment.getTypeCondition().getName(),
              directives(fragment.getDirectives()),
              block(fragment.getSelectionSet()));
      default -> throw new IllegalArgumentException("A screen must not contain type definitions.");
    };
  }

  private static String operation(OperationDefinition operation) {
    String variables = joined(operation.getVariableDefinitions(), GraphqlJsPrinter::variable, ", ");
    String head =
        words(
            operation.getOperation().name().toLowerCase(Locale.ROOT),
            (operation.getName() == null ? "" : operation.getName()) + within("(", variables, ")"),
            directives(operation.getDirectives()));
    return words(head.equals("query") ? "" : head, block(operation.getSelectionSet()));
  }

  private static String variable(VariableDefinition variable) {
    Value<?> value = variable.getDefaultValue();
    return words(
        "$" + variable.getName() + ": " + AstPrinter.printAstCompact(variable.getType()),
        value == null ? "" : "= " + value(value),
        directives(variable.getDirectives()));
  }

  private static String block(@Nullable SelectionSet set) {
    return set == null
        ? ""
        : "{\n" + indented(joined(set.getSelections(), GraphqlJsPrinter::selection, "\n")) + "\n}";
  }

  private static String selection(Selection<?> selection) {
    return switch (selection) {
      case Field field -> field(field);
      case FragmentSpread spread ->
          words("..." + spread.getName(), directives(spread.getDirectives()));
      case InlineFragment fragment ->
          words(
              "...",
              fragment.getTypeCondition() == null
                  ? ""
                  : "on " + fragment.getTypeCondition().getName(),
              directives(fragment.getDirectives()),
              block(fragment.getSelectionSet()));
      default -> throw new IllegalArgumentException("Unknown selection: " + selection);
    };
  }

  private static String field(Field field) {
    String name =
        within("", field.getAlias() == null ? "" : field.getAlias(), ": ") + field.getName();
    String line = name + arguments(field.getArguments());
    if (line.length() > MAX_LINE && !field.getArguments().isEmpty()) {
      line =
          name
              + "(\n"
              + indented(joined(field.getArguments(), GraphqlJsPrinter::argument, "\n"))
              + "\n)";
    }
    return words(line, directives(field.getDirectives()), block(field.getSelectionSet()));
  }

  private static String directives(List<Directive> directives) {
    return joined(
        directives,
        directive -> "@" + directive.getName() + arguments(directive.getArguments()),
        " ");
  }

  private static String arguments(List<Argument> arguments) {
    return within("(", joined(arguments, GraphqlJsPrinter::argument, ", "), ")");
  }

  private static String argument(Argument argument) {
    return argument.getName() + ": " + value(argument.getValue());
  }

  private static String value(Value<?> value) {
    return switch (value) {
      case ArrayValue list -> "[" + joined(list.getValues(), GraphqlJsPrinter::value, ", ") + "]";
      case ObjectValue object ->
          "{"
              + joined(
                  object.getObjectFields(),
                  field -> field.getName() + ": " + value(field.getValue()),
                  ", ")
              + "}";
      default -> AstPrinter.printAstCompact(value);
    };
  }

  private static <T> String joined(
      List<? extends T> parts, Function<T, String> printed, String separator) {
    return parts.stream().map(printed).collect(Collectors.joining(separator));
  }

  private static String words(String... words) {
    return Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String within(String before, String text, String after) {
    return text.isEmpty() ? "" : before + text + after;
  }

  private static String indented(String text) {
    return "  " + text.replace("\n", "\n  ");
  }
}
