package dev.screenful.execution;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Coerced input in a normal form, which is equal for all ways to write the same input. Values that
 * are equal to their default are left out, so the form stays equal when the SDL gets another
 * argument or input field with a default.
 *
 * @param keepsNull whether a null differs from a value that is left out, as in inputs of mutations
 */
record NormalInput(boolean keepsNull) {

  /** The arguments of a field. */
  SortedMap<String, @Nullable Object> arguments(GraphQLFieldDefinition field, Map<?, ?> values) {
    SortedMap<String, @Nullable Object> normal = new TreeMap<>();
    for (GraphQLArgument argument : field.getArguments()) {
      Object value = value(argument.getType(), values.get(argument.getName()));
      boolean isDefault =
          argument.hasSetDefaultValue()
              && Objects.equals(
                  value,
                  value(argument.getType(), GraphQLArgument.getArgumentDefaultValue(argument)));
      if (!isDefault && isGiven(value, argument.getName(), values)) {
        normal.put(argument.getName(), value);
      }
    }
    return normal;
  }

  /** An input object. */
  SortedMap<String, @Nullable Object> object(GraphQLInputObjectType type, Map<?, ?> values) {
    SortedMap<String, @Nullable Object> normal = new TreeMap<>();
    for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
      Object value = value(field.getType(), values.get(field.getName()));
      boolean isDefault =
          field.hasSetDefaultValue()
              && Objects.equals(
                  value,
                  value(field.getType(), GraphQLInputObjectField.getInputFieldDefaultValue(field)));
      if (!isDefault && isGiven(value, field.getName(), values)) {
        normal.put(field.getName(), value);
      }
    }
    return normal;
  }

  private boolean isGiven(@Nullable Object value, String name, Map<?, ?> values) {
    return value != null || (keepsNull && values.containsKey(name));
  }

  private @Nullable Object value(GraphQLType type, @Nullable Object value) {
    GraphQLType nullable = GraphQLTypeUtil.unwrapNonNull(type);
    return switch (value) {
      case Map<?, ?> fields when nullable instanceof GraphQLInputObjectType object ->
          object(object, fields);
      case List<?> entries when nullable instanceof GraphQLList list -> {
        List<@Nullable Object> normal = new ArrayList<>();
        entries.forEach(entry -> normal.add(value(list.getWrappedType(), entry)));
        yield normal;
      }
      case OffsetDateTime time -> time.withOffsetSameInstant(ZoneOffset.UTC);
      case BigDecimal number -> number.stripTrailingZeros();
      case null, default -> value;
    };
  }
}
