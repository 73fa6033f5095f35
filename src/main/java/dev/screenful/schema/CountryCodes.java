package dev.screenful.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import java.util.Locale;

/**
 * {@code CountryCode} with {@code XK} for Kosovo, a user-assigned code of ISO 3166-1 that airlines,
 * banks and Unicode's CLDR use. The library knows only the assigned codes.
 */
final class CountryCodes implements Coercing<Object, Object> {

  private static final String KOSOVO = "XK";

  @SuppressWarnings("unchecked") // it converts objects, but declares narrower types
  private final Coercing<Object, Object> assigned =
      (Coercing<Object, Object>) (Coercing<?, ?>) ExtendedScalars.CountryCode.getCoercing();

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return KOSOVO.equals(input)
        ? KOSOVO
        : String.valueOf(assigned.parseValue(input, context, locale));
  }

  @Override
  public Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    return input instanceof StringValue text && KOSOVO.equals(text.getValue())
        ? KOSOVO
        : String.valueOf(assigned.parseLiteral(input, variables, context, locale));
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    return parseValue(value, context, locale);
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return StringValue.of(input.toString());
  }
}
