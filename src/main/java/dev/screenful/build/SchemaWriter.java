package dev.screenful.build;

import graphql.Directives;
import graphql.GraphQLContext;
import graphql.execution.ValuesResolver;
import graphql.introspection.Introspection.DirectiveLocation;
import graphql.language.Value;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import graphql.schema.InputValueWithState;
import graphql.schema.idl.ScalarInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a schema in the form that the function reads; the reader is in the package schema. */
final class SchemaWriter {

  private final BinaryWriter out;
  private final DocumentWriter documents;

  SchemaWriter(BinaryWriter out) {
    this.out = out;
    this.documents = new DocumentWriter(out);
  }

  void schema(GraphQLSchema schema) {
    out.text(schema.getQueryType().getName());
    out.optional(name(schema.getMutationType()), out::text);
    out.optional(name(schema.getSubscriptionType()), out::text);
    out.optional(schema.getDescription(), out::text);
    List<GraphQLNamedType> types = new ArrayList<>();
    for (GraphQLNamedType type : schema.getAllTypesAsList()) {
      if (!type.getName().startsWith("__")) { // graphql-java adds introspection
        types.add(type);
      }
    }
    out.list(types, this::type);
    out.list(schema.getDirectives(), this::directiveDefinition);
    out.list(schema.getSchemaAppliedDirectives(), this::directive);
  }

  private static @Nullable String name(@Nullable GraphQLNamedType type) {
    return type == null ? null : type.getName();
  }

  void type(GraphQLNamedType type) {
    switch (type) {
      case GraphQLObjectType object -> {
        named(0, object);
        out.list(object.getAppliedDirectives(), this::directive);
        out.list(object.getFieldDefinitions(), this::field);
        out.list(object.getInterfaces(), this::reference);
      }
      case GraphQLInterfaceType face -> {
        named(1, face);
        out.list(face.getAppliedDirectives(), this::directive);
        out.list(face.getFieldDefinitions(), this::field);
        out.list(face.getInterfaces(), this::reference);
      }
      case GraphQLUnionType union -> {
        named(2, union);
        out.list(union.getAppliedDirectives(), this::directive);
        out.list(union.getTypes(), this::reference);
      }
      case GraphQLEnumType constants -> {
        named(3, constants);
        out.list(constants.getAppliedDirectives(), this::directive);
        out.list(constants.getValues(), this::enumValue);
      }
      case GraphQLInputObjectType input -> {
        named(4, input);
        out.list(input.getAppliedDirectives(), this::directive);
        out.list(input.getFieldDefinitions(), this::inputField);
      }
      case GraphQLScalarType scalar -> scalar(scalar);
      default -> throw new IllegalArgumentException(type.getName() + " is of an unknown kind.");
    }
  }

  private void named(int kind, GraphQLNamedType type) {
    out.number(kind);
    out.text(type.getName());
    out.optional(type.getDescription(), out::text);
  }

  private void reference(GraphQLNamedOutputType type) {
    out.text(type.getName());
  }

  private void enumValue(GraphQLEnumValueDefinition value) {
    out.text(value.getName());
    out.optional(value.getDescription(), out::text);
    out.optional(value.getDeprecationReason(), out::text);
    out.list(value.getAppliedDirectives(), this::directive);
  }

  private void inputField(GraphQLInputObjectField field) {
    out.text(field.getName());
    out.optional(field.getDescription(), out::text);
    out.optional(field.getDeprecationReason(), out::text);
    wrapped(field.getType());
    out.list(field.getAppliedDirectives(), this::directive);
    value(field.getInputFieldDefaultValue(), field.getType());
  }

  private void scalar(GraphQLScalarType scalar) {
    out.number(5);
    out.text(scalar.getName());
    boolean isSpecified = ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName());
    out.flag(isSpecified);
    if (!isSpecified) {
      out.optional(scalar.getDescription(), out::text);
      out.optional(scalar.getSpecifiedByUrl(), out::text);
      out.list(scalar.getAppliedDirectives(), this::directive);
    }
  }

  private void field(GraphQLFieldDefinition field) {
    out.text(field.getName());
    out.optional(field.getDescription(), out::text);
    out.optional(field.getDeprecationReason(), out::text);
    wrapped(field.getType());
    out.list(field.getAppliedDirectives(), this::directive);
    out.list(field.getArguments(), this::argument);
  }

  private void argument(GraphQLArgument argument) {
    out.text(argument.getName());
    out.optional(argument.getDescription(), out::text);
    out.optional(argument.getDeprecationReason(), out::text);
    wrapped(argument.getType());
    out.list(argument.getAppliedDirectives(), this::directive);
    value(argument.getArgumentDefaultValue(), argument.getType());
  }

  void directiveDefinition(GraphQLDirective directive) {
    out.text(directive.getName());
    boolean isBuiltIn =
        Directives.BUILT_IN_DIRECTIVES.contains(directive); // the SDL may replace it
    out.flag(isBuiltIn);
    if (!isBuiltIn) {
      out.optional(directive.getDescription(), out::text);
      out.flag(directive.isRepeatable());
      out.list(directive.getArguments(), this::argument);
      out.list(directive.validLocations(), this::location);
    }
  }

  private void location(DirectiveLocation location) {
    out.text(location.name());
  }

  private void directive(GraphQLAppliedDirective directive) {
    out.text(directive.getName());
    out.list(directive.getArguments(), this::directiveArgument);
  }

  private void directiveArgument(GraphQLAppliedDirectiveArgument argument) {
    out.text(argument.getName());
    wrapped(argument.getType());
    value(argument.getArgumentValue(), argument.getType());
  }

  /** Writes a value as a literal, if it is set. */
  private void value(InputValueWithState value, GraphQLType type) {
    Value<?> literal =
        value.isNotSet()
            ? null
            : ValuesResolver.valueToLiteral(value, type, GraphQLContext.getDefault(), Locale.ROOT);
    out.optional(literal, documents::value);
  }

  private void wrapped(GraphQLType type) {
    switch (type) {
      case GraphQLList list -> {
        out.number(1);
        wrapped(list.getWrappedType());
      }
      case GraphQLNonNull nonNull -> {
        out.number(2);
        wrapped(nonNull.getWrappedType());
      }
      case GraphQLNamedType named -> {
        out.number(0);
        out.text(named.getName());
      }
      default -> throw new IllegalArgumentException("A type without a name: " + type);
    }
  }
}
