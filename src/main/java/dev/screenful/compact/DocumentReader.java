package dev.screenful.compact;

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
import graphql.language.NodeBuilder;
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
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads a document in compact form: the syntax tree that the parser makes of its text, with the
 * locations for error messages, but without comments. Each node is a kind, where several are
 * possible, then its location, then its parts.
 */
public final class DocumentReader {

  private DocumentReader() {}

  /** Reads an executable document. */
  public static Document document(BinaryReader in) {
    Document.Builder document = located(Document.newDocument(), in);
    return document.definitions(in.list(DocumentReader::definition)).build();
  }

  private static <B extends NodeBuilder> B located(B builder, BinaryReader in) {
    int line = in.number();
    int column = in.number();
    if (line > 0) { // some types have no location
      builder.sourceLocation(new SourceLocation(line, column));
    }
    return builder;
  }

  private static Definition definition(BinaryReader in) {
    return in.flag() ? operation(in) : fragment(in);
  }

  private static OperationDefinition operation(BinaryReader in) {
    return located(OperationDefinition.newOperationDefinition(), in)
        .operation(OperationDefinition.Operation.valueOf(in.text()))
        .name(in.optional(BinaryReader::text))
        .variableDefinitions(in.list(DocumentReader::variable))
        .directives(in.list(DocumentReader::directive))
        .selectionSet(selectionSet(in))
        .build();
  }

  private static FragmentDefinition fragment(BinaryReader in) {
    return located(FragmentDefinition.newFragmentDefinition(), in)
        .name(in.text())
        .typeCondition(typeName(in))
        .directives(in.list(DocumentReader::directive))
        .selectionSet(selectionSet(in))
        .build();
  }

  private static VariableDefinition variable(BinaryReader in) {
    return located(VariableDefinition.newVariableDefinition(), in)
        .name(in.text())
        .type(type(in))
        .defaultValue(in.optional(DocumentReader::value))
        .directives(in.list(DocumentReader::directive))
        .build();
  }

  private static SelectionSet selectionSet(BinaryReader in) {
    SelectionSet.Builder set = located(SelectionSet.newSelectionSet(), in);
    return set.selections(in.list(DocumentReader::selection)).build();
  }

  private static Selection selection(BinaryReader in) {
    return switch (in.number()) {
      case 0 ->
          located(Field.newField(), in)
              .alias(in.optional(BinaryReader::text))
              .name(in.text())
              .arguments(in.list(DocumentReader::argument))
              .directives(in.list(DocumentReader::directive))
              .selectionSet(in.optional(DocumentReader::selectionSet))
              .build();
      case 1 ->
          located(InlineFragment.newInlineFragment(), in)
              .typeCondition(in.optional(DocumentReader::typeName))
              .directives(in.list(DocumentReader::directive))
              .selectionSet(selectionSet(in))
              .build();
      default ->
          located(FragmentSpread.newFragmentSpread(), in)
              .name(in.text())
              .directives(in.list(DocumentReader::directive))
              .build();
    };
  }

  private static Argument argument(BinaryReader in) {
    return located(Argument.newArgument(), in).name(in.text()).value(value(in)).build();
  }

  private static Directive directive(BinaryReader in) {
    return located(Directive.newDirective(), in)
        .name(in.text())
        .arguments(in.list(DocumentReader::argument))
        .build();
  }

  private static Type type(BinaryReader in) {
    return switch (in.number()) {
      case 0 -> typeName(in);
      case 1 -> located(ListType.newListType(), in).type(type(in)).build();
      default -> located(NonNullType.newNonNullType(), in).type(type(in)).build();
    };
  }

  private static TypeName typeName(BinaryReader in) {
    return located(TypeName.newTypeName(), in).name(in.text()).build();
  }

  /** Reads a literal. */
  public static Value value(BinaryReader in) {
    return switch (in.number()) {
      case 0 -> located(NullValue.newNullValue(), in).build();
      case 1 -> located(BooleanValue.newBooleanValue(), in).value(in.flag()).build();
      case 2 -> located(IntValue.newIntValue(), in).value(new BigInteger(in.text())).build();
      case 3 -> located(FloatValue.newFloatValue(), in).value(new BigDecimal(in.text())).build();
      case 4 -> located(StringValue.newStringValue(), in).value(in.text()).build();
      case 5 -> located(EnumValue.newEnumValue(), in).name(in.text()).build();
      case 6 -> located(VariableReference.newVariableReference(), in).name(in.text()).build();
      case 7 ->
          located(ArrayValue.newArrayValue(), in).values(in.list(DocumentReader::value)).build();
      default ->
          located(ObjectValue.newObjectValue(), in)
              .objectFields(in.list(DocumentReader::objectField))
              .build();
    };
  }

  private static ObjectField objectField(BinaryReader in) {
    return located(ObjectField.newObjectField(), in).name(in.text()).value(value(in)).build();
  }
}
