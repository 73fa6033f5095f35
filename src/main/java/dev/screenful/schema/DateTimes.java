package dev.screenful.schema;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.CoercingSerializeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code DateTime} in one form, {@code 2026-11-25T07:30:00Z}: the library adds milliseconds, which
 * Swift's {@code ISO8601DateFormatter} refuses by default. Fractions of a second are dropped.
 * Arguments may have them, as JavaScript's {@code toISOString()} does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339</a>, whose years have
 *     four digits
 */
final class DateTimes implements Coercing<Object, Object> {

  @SuppressWarnings("unchecked") // it converts objects, but declares narrower types
  private final Coercing<Object, Object> library =
      (Coercing<Object, Object>) (Coercing<?, ?>) ExtendedScalars.DateTime.getCoercing();

  @Override
  public Object parseValue(Object input, GraphQLContext context, Locale locale) {
    return checked(library.parseValue(input, context, locale));
  }

  @Override
  public Object parseLiteral(
      Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
    return checked(library.parseLiteral(input, variables, context, locale));
  }

  @Override
  public Object serialize(Object value, GraphQLContext context, Locale locale) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        checked(library.parseValue(value, context, locale)).truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
    return StringValue.of(serialize(input, context, locale).toString());
  }

  private static OffsetDateTime checked(@Nullable Object parsed) {
    if (parsed instanceof OffsetDateTime time
        && hasFourDigits(time.getYear())
        && hasFourDigits(time.withOffsetSameInstant(ZoneOffset.UTC).getYear())
        && time.getOffset().getTotalSeconds() % 60 == 0) {
      return time;
    }
    throw new CoercingSerializeException(String.valueOf(parsed));
  }

  private static boolean hasFourDigits(int year) {
    return year >= 0 && year <= 9999;
  }
}
