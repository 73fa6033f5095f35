package dev.screenful.schema;

import dev.screenful.json.Excerpt;
import dev.screenful.json.Json;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.AstPrinter;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The coercing of a scalar, with two promises that libraries do not keep: a wrong value fails only
 * its own field, because graphql-java catches no other exceptions; and the error tells clients in
 * words of GraphQL what the scalar expects, and an excerpt of what they sent.
 */
final class StrictCoercing implements Coercing<Object, Object> {

  private final String name;
  private final String expected;
  private final Coercing<Object, Object> coercing;

  /**
   * Guards the coercing of a scalar.
   *
   * @param expected its values in words, such as {@code an integer greater than zero}
   */
  @SuppressWarnings("unchecked") // all coercings convert objects, but declare narrower types
  StrictCoercing(String name, String expected, Coercing<?, ?> coercing) {
    this.name = name;
    this.expected = expected;
    this.coercing = (Coercing<Object, Object>) coercing;
  }

  /** The guarded coercing. */
  Coercing<?, ?> coercing() {
    return coercing;
  }

  @Override
  public @Nullable Object parseValue(Object input, GraphQLContext context, Locale locale) {
    try {
      return coercing.parseValue(input, context, locale);
    } catch (RuntimeException invalid) {
      throw new CoercingParseValueException(
          "Expected %s (%s), but found %s."
              .formatted(name, expected, Excerpt.of(Json.text(input))));
    }
  }

  @Override
  public @Nullable Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    try {
      return coercing.parseLiteral(input, variables, context, locale);
    } catch (RuntimeException invalid) {
      throw new CoercingParseLiteralException( // the message of the argument names the type
          "Expected %s, but found %s."
              .formatted(expected, Excerpt.of(AstPrinter.printAstCompact(input))));
    }
  }

  /** The error is for the log; clients see it masked. */
  @Override
  public @Nullable Object serialize(Object value, GraphQLContext context, Locale locale) {
    try {
      return coercing.serialize(value, context, locale);
    } catch (RuntimeException invalid) {
      throw new CoercingSerializeException(
          "Expected %s (%s), but a resolver or the table has %s."
              .formatted(name, expected, Excerpt.of(value.toString())));
    }
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return coercing.valueToLiteral(input, context, locale);
  }
}
