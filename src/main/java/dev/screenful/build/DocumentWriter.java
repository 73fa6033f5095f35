package dev.screenful.build;

import dev.screenful.compact.DocumentReader;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FloatValue;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;

/** Writes a document for {@link DocumentReader}, which describes its form. */
final class DocumentWriter {

  private final BinaryWriter out;

  DocumentWriter(BinaryWriter out) {
    this.out = out;
  }

  void document(Document document) {
    location(document);
    out.list(document.getDefinitions(), this::definition);
  }

  private void location(Node<?> node) {
    SourceLocation location = node.getSourceLocation();
    out.number(location == null ? 0 : location.getLine());
    out.number(location == null ? 0 : location.getColumn());
  }

  private void definition(Definition<?> definition) {
    switch (definition) {
      case OperationDefinition operation -> {
        out.flag(true);
        location(operation);
        out.text(operation.getOperation().name());
        out.optional(operation.getName(), out::text);
        out.list(operation.getVariableDefinitions(), this::variable);
        out.list(operation.getDirectives(), this::directive);
        selectionSet(operation.getSelectionSet());
      }
      case FragmentDefinition fragment -> {
        out.flag(false);
        location(fragment);
        out.text(fragment.getName());
        typeName(fragment.getTypeCondition());
        out.list(fragment.getDirectives(), this::directive);
        selectionSet(fragment.getSelectionSet());
      }
      default -> throw unknown(definition);
    }
  }

  private static IllegalArgumentException unknown(Node<?> node) {
    return new IllegalArgumentException(
        "The node %s is not part of an executable document."
            .formatted(node.getClass().getSimpleName()));
  }

  private void variable(VariableDefinition variable) {
    location(variable);
    out.text(variable.getName());
    type(variable.getType());
    out.optional(variable.getDefaultValue(), this::value);
    out.list(variable.getDirectives(), this::directive);
  }

  private void selectionSet(SelectionSet set) {
    location(set);
    out.list(set.getSelections(), this::selection);
  }

  private void selection(Selection<?> selection) {
    switch (selection) {
      case Field field -> {
        out.number(0);
        location(field);
        out.optional(field.getAlias(), out::text);
        out.text(field.getName());
        out.list(field.getArguments(), this::argument);
        out.list(field.getDirectives(), this::directive);
        out.optional(field.getSelectionSet(), this::selectionSet);
      }
      case InlineFragment inline -> {
        out.number(1);
        location(inline);
        out.optional(inline.getTypeCondition(), this::typeName);
        out.list(inline.getDirectives(), this::directive);
        selectionSet(inline.getSelectionSet());
      }
      case FragmentSpread spread -> {
        out.number(2);
        location(spread);
        out.text(spread.getName());
        out.list(spread.getDirectives(), this::directive);
      }
      default -> throw unknown(selection);
    }
  }

  private void argument(Argument argument) {
    location(argument);
    out.text(argument.getName());
    value(argument.getValue());
  }

  private void directive(Directive directive) {
    location(directive);
    out.text(directive.getName());
    out.list(directive.getArguments(), this::argument);
  }

  private void type(Type<?> type) {
    switch (type) {
      case TypeName name -> {
        out.number(0);
        typeName(name);
      }
      case ListType list -> {
        out.number(1);
        location(list);
        type(list.getType());
      }
      case NonNullType nonNull -> {
        out.number(2);
        location(nonNull);
        type(nonNull.getType());
      }
      default -> throw unknown(type);
    }
  }

  private void typeName(TypeName name) {
    location(name);
    out.text(name.getName());
  }

  void value(Value<?> value) {
    out.number(kind(value));
    location(value);
    switch (value) {
      case NullValue nothing -> {}
      case BooleanValue truth -> out.flag(truth.isValue());
      case IntValue number -> out.text(number.getValue().toString());
      case FloatValue number -> out.text(number.getValue().toString());
      case StringValue text -> out.text(String.valueOf(text.getValue()));
      case EnumValue constant -> out.text(constant.getName());
      case VariableReference variable -> out.text(variable.getName());
      case ArrayValue list -> out.list(list.getValues(), this::value);
      case ObjectValue object -> out.list(object.getObjectFields(), this::objectField);
      default -> throw unknown(value);
    }
  }

  private static int kind(Value<?> value) {
    return switch (value) {
      case NullValue nothing -> 0;
      case BooleanValue truth -> 1;
      case IntValue number -> 2;
      case FloatValue number -> 3;
      case StringValue text -> 4;
      case EnumValue constant -> 5;
      case VariableReference variable -> 6;
      case ArrayValue list -> 7;
      case ObjectValue object -> 8;
      default -> throw unknown(value);
    };
  }

  private void objectField(ObjectField field) {
    location(field);
    out.text(field.getName());
    value(field.getValue());
  }
}
