package dev.screenful.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A scalar that an app registered. Its values are JSON values everywhere: in arguments, in the
 * table, in recorded outcomes and in responses. One function brings them all in their form.
 */
public final class AppScalar implements Coercing<Object, Object> {

  /** The maximum exponent of a number, as in variables. */
  private static final int MAX_SCALE = 400;

  private final UnaryOperator<Object> form;

  private AppScalar(UnaryOperator<Object> form) {
    this.form = form;
  }

  /**
   * The type of a scalar.
   *
   * @param expected its values in words, for errors
   * @param form returns a value in its form, and throws if it is none
   */
  static GraphQLScalarType of(String name, String expected, UnaryOperator<Object> form) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .coercing(new StrictCoercing(name, expected, new AppScalar(form)))
        .build();
  }

  /** Whether a type is such a scalar or a list of them: its values can be objects and lists. */
  public static boolean is(GraphQLType type) {
    return GraphQLTypeUtil.unwrapAll(type) instanceof GraphQLScalarType scalar
        && scalar.getCoercing() instanceof StrictCoercing strict
        && strict.coercing() instanceof AppScalar;
  }

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return formed(input);
  }

  @Override
  public Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    Object json = json(input);
    if (json == null) {
      throw new CoercingParseLiteralException();
    }
    return formed(json);
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    return formed(value);
  }

  private Object formed(Object value) {
    Object formed = form.apply(value);
    requireJson(formed);
    return formed;
  }

  /** Anything else could not be written when the whole response is. */
  private static void requireJson(@Nullable Object value) {
    switch (value) {
      case String text -> {}
      case Integer number -> {}
      case Long number -> {}
      case Double number -> {}
      case BigInteger number -> {}
      case BigDecimal number -> {}
      case Boolean flag -> {}
      case List<?> list -> list.forEach(AppScalar::requireJson);
      case Map<?, ?> map -> map.values().forEach(AppScalar::requireJson);
      case null -> {}
      default -> throw new IllegalStateException(value.getClass() + " is not a JSON value.");
    }
  }

  /** A literal as the same JSON value in a variable. */
  private static @Nullable Object json(Value<?> literal) {
    return switch (literal) {
      case StringValue text -> text.getValue();
      case BooleanValue flag -> flag.isValue();
      case IntValue number -> integer(number.getValue());
      case FloatValue number when Math.abs((long) number.getValue().scale()) <= MAX_SCALE ->
          number.getValue();
      case NullValue none -> null;
      case ArrayValue array -> {
        List<@Nullable Object> entries = new ArrayList<>();
        for (Value<?> entry : array.getValues()) {
          entries.add(json(entry));
        }
        yield entries;
      }
      case ObjectValue object -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (ObjectField field : object.getObjectFields()) {
          fields.put(field.getName(), json(field.getValue()));
        }
        yield fields;
      }
      default -> throw new CoercingParseLiteralException(); // an enum value, or a variable in it
    };
  }

  private static Number integer(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return number.intValue();
    }
    return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
  }
}
