package dev.screenful.schema;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseValueException;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code ID} as the specification defines it: a string or an integer. graphql-java's own scalar
 * accepts any value, even a list.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-ID.Input-Coercion">Input coercion</a>
 */
final class StrictId implements Coercing<Object, Object> {

  @SuppressWarnings("unchecked") // it converts Object to Object, but is declared with wildcards
  private final Coercing<Object, Object> lax =
      (Coercing<Object, Object>) Scalars.GraphQLID.getCoercing();

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return switch (input) {
      case String text -> text;
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case BigInteger number -> number.toString();
      default -> throw new CoercingParseValueException();
    };
  }

  @Override
  public @Nullable Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    return lax.parseLiteral(input, variables, context, locale);
  }

  @Override
  public @Nullable Object serialize(Object id, GraphQLContext context, Locale locale) {
    return lax.serialize(id, context, locale);
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return lax.valueToLiteral(input, context, locale);
  }
}
