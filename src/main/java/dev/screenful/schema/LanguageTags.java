package dev.screenful.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import java.util.Locale;

/**
 * {@code Locale} as a language tag (BCP 47). The library takes every string, and turns a form that
 * it does not know, such as {@code en_GB} of Swift, into {@code und} without an error.
 */
final class LanguageTags implements Coercing<Object, Object> {

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return switch (input) {
      case Locale parsed -> parsed;
      case String tag when !tag.isEmpty() -> new Locale.Builder().setLanguageTag(tag).build();
      default -> throw new CoercingParseValueException();
    };
  }

  @Override
  public Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    if (input instanceof StringValue tag) {
      return parseValue(String.valueOf(tag.getValue()), context, locale);
    }
    throw new CoercingParseLiteralException();
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    return ((Locale) parseValue(value, context, locale)).toLanguageTag();
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return StringValue.of(serialize(input, context, locale).toString());
  }
}
