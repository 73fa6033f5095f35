package dev.screenful.execution;

import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.net.URL;
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

  /** Stands for the default of an argument or input field without one; no value is equal to it. */
  private static final Object NO_DEFAULT = new Object();

  /** The arguments of a field. */
  SortedMap<String, @Nullable Object> arguments(GraphQLFieldDefinition field, Map<?, ?> values) {
    SortedMap<String, @Nullable Object> normal = new TreeMap<>();
    for (GraphQLArgument argument : field.getArguments()) {
      Object byDefault =
          argument.hasSetDefaultValue()
              ? GraphQLArgument.getArgumentDefaultValue(argument)
              : NO_DEFAULT;
      put(argument.getName(), argument.getType(), byDefault, values, normal);
    }
    return normal;
  }

  /** An input object. */
  SortedMap<String, @Nullable Object> object(GraphQLInputObjectType type, Map<?, ?> values) {
    SortedMap<String, @Nullable Object> normal = new TreeMap<>();
    for (GraphQLInputObjectField field : type.getFieldDefinitions()) {
      Object byDefault =
          field.hasSetDefaultValue()
              ? GraphQLInputObjectField.getInputFieldDefaultValue(field)
              : NO_DEFAULT;
      put(field.getName(), field.getType(), byDefault, values, normal);
    }
    return normal;
  }

  private void put(
      String name,
      GraphQLType type,
      @Nullable Object byDefault,
      Map<?, ?> values,
      Map<String, @Nullable Object> normal) {
    Object value = value(type, values.get(name));
    boolean isGiven = value != null || (keepsNull && values.containsKey(name));
    if (isGiven && !Objects.equals(value, value(type, byDefault))) {
      normal.put(name, value);
    }
  }

  /** The value of another scalar; those that an app registered can be any JSON value. */
  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> fields -> {
        SortedMap<String, @Nullable Object> normal = new TreeMap<>();
        fields.forEach((name, field) -> normal.put(name.toString(), json(field)));
        yield normal;
      }
      case List<?> entries -> {
        List<@Nullable Object> normal = new ArrayList<>();
        entries.forEach(entry -> normal.add(json(entry)));
        yield normal;
      }
      case BigDecimal number -> number.stripTrailingZeros();
      case null, default -> value;
    };
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
      case URL url -> url.toString(); // its equals looks up the host
      case null, default -> json(value);
    };
  }
}
