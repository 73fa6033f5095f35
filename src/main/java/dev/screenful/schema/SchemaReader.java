package dev.screenful.schema;

import dev.screenful.compact.BinaryReader;
import dev.screenful.compact.DocumentReader;
import graphql.Directives;
import graphql.introspection.Introspection.DirectiveLocation;
import graphql.language.Value;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLAppliedDirectiveArgument;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schema in compact form: the names of the root types, all types, and the definitions of
 * directives. The types are those of the SDL, but without its syntax trees. The build has checked
 * the SDL, so it is not checked again.
 */
final class SchemaReader {

  private SchemaReader() {}

  /**
   * Reads a schema.
   *
   * @param registered the scalars and the type resolvers of the app
   */
  static GraphQLSchema schema(BinaryReader in, RegisteredFields registered) {
    GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
    String query = in.text();
    @Nullable String mutation = in.optional(BinaryReader::text);
    @Nullable String subscription = in.optional(BinaryReader::text);
    @Nullable String description = in.optional(BinaryReader::text);
    Map<String, GraphQLNamedType> types = new LinkedHashMap<>();
    for (GraphQLNamedType type : in.list(type -> type(type, registered))) {
      types.put(type.getName(), type);
      if (type instanceof GraphQLInterfaceType || type instanceof GraphQLUnionType) {
        code.typeResolver(type.getName(), registered.typeResolver(type.getName()));
      }
    }
    GraphQLSchema.FastBuilder schema =
        new GraphQLSchema.FastBuilder(
                code,
                Objects.requireNonNull(root(types, query)),
                root(types, mutation),
                root(types, subscription))
            .addTypes(types.values())
            .additionalDirectives(in.list(SchemaReader::directiveDefinition));
    if (description != null) {
      schema.description(description);
    }
    return schema.withSchemaAppliedDirectives(in.list(SchemaReader::directive)).build();
  }

  private static @Nullable GraphQLObjectType root(
      Map<String, GraphQLNamedType> types, @Nullable String name) {
    return name == null ? null : (GraphQLObjectType) types.get(name);
  }

  private static GraphQLNamedType type(BinaryReader in, RegisteredFields registered) {
    return switch (in.number()) {
      case 0 -> object(in);
      case 1 -> interfaceType(in);
      case 2 -> union(in);
      case 3 -> enumType(in);
      case 4 -> input(in);
      default -> scalar(in, registered);
    };
  }

  private static GraphQLObjectType object(BinaryReader in) {
    GraphQLObjectType.Builder type =
        GraphQLObjectType.newObject()
            .name(in.text())
            .description(in.optional(BinaryReader::text))
            .replaceAppliedDirectives(in.list(SchemaReader::directive))
            .replaceFields(in.list(SchemaReader::field));
    for (GraphQLTypeReference implemented : in.list(SchemaReader::reference)) {
      type.withInterface(implemented);
    }
    return type.build();
  }

  private static GraphQLInterfaceType interfaceType(BinaryReader in) {
    GraphQLInterfaceType.Builder type =
        GraphQLInterfaceType.newInterface()
            .name(in.text())
            .description(in.optional(BinaryReader::text))
            .replaceAppliedDirectives(in.list(SchemaReader::directive))
            .replaceFields(in.list(SchemaReader::field));
    for (GraphQLTypeReference implemented : in.list(SchemaReader::reference)) {
      type.withInterface(implemented);
    }
    return type.build();
  }

  private static GraphQLUnionType union(BinaryReader in) {
    GraphQLUnionType.Builder type =
        GraphQLUnionType.newUnionType()
            .name(in.text())
            .description(in.optional(BinaryReader::text))
            .replaceAppliedDirectives(in.list(SchemaReader::directive));
    for (GraphQLTypeReference member : in.list(SchemaReader::reference)) {
      type.possibleType(member);
    }
    return type.build();
  }

  private static GraphQLEnumType enumType(BinaryReader in) {
    return GraphQLEnumType.newEnum()
        .name(in.text())
        .description(in.optional(BinaryReader::text))
        .replaceAppliedDirectives(in.list(SchemaReader::directive))
        .replaceValues(in.list(SchemaReader::enumValue))
        .build();
  }

  private static GraphQLEnumValueDefinition enumValue(BinaryReader in) {
    String name = in.text();
    return GraphQLEnumValueDefinition.newEnumValueDefinition()
        .name(name)
        .value(name)
        .description(in.optional(BinaryReader::text))
        .deprecationReason(in.optional(BinaryReader::text))
        .replaceAppliedDirectives(in.list(SchemaReader::directive))
        .build();
  }

  private static GraphQLInputObjectType input(BinaryReader in) {
    return GraphQLInputObjectType.newInputObject()
        .name(in.text())
        .description(in.optional(BinaryReader::text))
        .replaceAppliedDirectives(in.list(SchemaReader::directive))
        .replaceFields(in.list(SchemaReader::inputField))
        .build();
  }

  private static GraphQLInputObjectField inputField(BinaryReader in) {
    GraphQLInputObjectField.Builder field =
        GraphQLInputObjectField.newInputObjectField()
            .name(in.text())
            .description(in.optional(BinaryReader::text))
            .deprecate(in.optional(BinaryReader::text))
            .type((GraphQLInputType) wrapped(in))
            .replaceAppliedDirectives(in.list(SchemaReader::directive));
    Value<?> byDefault = in.optional(DocumentReader::value);
    return (byDefault == null ? field : field.defaultValueLiteral(byDefault)).build();
  }

  /** A scalar; the SDL may have changed its description. */
  private static GraphQLScalarType scalar(BinaryReader in, RegisteredFields registered) {
    String name = in.text();
    if (in.flag()) {
      return Scalars.specified(name);
    }
    GraphQLScalarType scalar = registered.scalar(name);
    if (scalar == null) {
      throw new InvalidSchema(List.of(WiringProblems.unknownScalar("schema", name)));
    }
    return scalar.transform(changed ->
        changed
            .description(in.optional(BinaryReader::text))
            .specifiedByUrl(in.optional(BinaryReader::text))
            .replaceAppliedDirectives(in.list(SchemaReader::directive)));
  }

  private static GraphQLFieldDefinition field(BinaryReader in) {
    return GraphQLFieldDefinition.newFieldDefinition()
        .name(in.text())
        .description(in.optional(BinaryReader::text))
        .deprecate(in.optional(BinaryReader::text))
        .type((GraphQLOutputType) wrapped(in))
        .replaceAppliedDirectives(in.list(SchemaReader::directive))
        .arguments(in.list(SchemaReader::argument))
        .build();
  }

  private static GraphQLArgument argument(BinaryReader in) {
    GraphQLArgument.Builder argument =
        GraphQLArgument.newArgument()
            .name(in.text())
            .description(in.optional(BinaryReader::text))
            .deprecate(in.optional(BinaryReader::text))
            .type((GraphQLInputType) wrapped(in))
            .replaceAppliedDirectives(in.list(SchemaReader::directive));
    Value<?> byDefault = in.optional(DocumentReader::value);
    return (byDefault == null ? argument : argument.defaultValueLiteral(byDefault)).build();
  }

  private static GraphQLDirective directiveDefinition(BinaryReader in) {
    String name = in.text();
    if (in.flag()) {
      return Objects.requireNonNull(Directives.BUILT_IN_DIRECTIVES_MAP.get(name), name);
    }
    GraphQLDirective.Builder directive =
        GraphQLDirective.newDirective()
            .name(name)
            .description(in.optional(BinaryReader::text))
            .repeatable(in.flag());
    for (GraphQLArgument argument : in.list(SchemaReader::argument)) {
      directive.argument(argument);
    }
    for (String location : in.list(BinaryReader::text)) {
      directive.validLocation(DirectiveLocation.valueOf(location));
    }
    return directive.build();
  }

  private static GraphQLAppliedDirective directive(BinaryReader in) {
    GraphQLAppliedDirective.Builder directive =
        GraphQLAppliedDirective.newDirective().name(in.text());
    for (GraphQLAppliedDirectiveArgument argument : in.list(SchemaReader::directiveArgument)) {
      directive.argument(argument);
    }
    return directive.build();
  }

  private static GraphQLAppliedDirectiveArgument directiveArgument(BinaryReader in) {
    GraphQLAppliedDirectiveArgument.Builder argument =
        GraphQLAppliedDirectiveArgument.newArgument()
            .name(in.text())
            .type((GraphQLInputType) wrapped(in));
    Value<?> value = in.optional(DocumentReader::value);
    return (value == null ? argument : argument.valueLiteral(value)).build();
  }

  private static GraphQLTypeReference reference(BinaryReader in) {
    return GraphQLTypeReference.typeRef(in.text());
  }

  /** A type by name, in a list or non-null. */
  private static GraphQLType wrapped(BinaryReader in) {
    return switch (in.number()) {
      case 0 -> reference(in);
      case 1 -> GraphQLList.list(wrapped(in));
      default -> GraphQLNonNull.nonNull(wrapped(in));
    };
  }
}
