package dev.screenful.schema;

import graphql.scalars.ExtendedScalars;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.idl.ScalarInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The scalars that SDL files may declare with a {@code scalar} line, and the specified ones. */
final class Scalars {

  /**
   * The scalars of the specification. {@code String} and {@code Boolean} are graphql-java's own,
   * because its introspection uses them.
   */
  static final List<GraphQLScalarType> SPECIFIED =
      List.of(
          strict(graphql.Scalars.GraphQLInt, "an integer of 32 bits"),
          strict(graphql.Scalars.GraphQLFloat, "a number"),
          strict(graphql.Scalars.GraphQLID, new StrictId(), "a string or an integer"));

  private static final String DATE = "a date such as 2026-11-25";

  private static final Map<String, GraphQLScalarType> BY_NAME =
      Stream.of(
              strict(
                  ExtendedScalars.DateTime,
                  new DateTimes(),
                  "a date and time with its UTC offset, such as 2026-11-25T07:30:00Z"),
              strict(ExtendedScalars.Date, DATE),
              strict(ExtendedScalars.LocalTime, "a time such as 07:30:00"),
              strict(ExtendedScalars.Url, "a URL such as https://example.com/"),
              strict(ExtendedScalars.UUID, "a UUID"),
              strict(
                  ExtendedScalars.CountryCode,
                  new CountryCodes(),
                  "a country code of two letters, such as US"),
              strict(ExtendedScalars.Currency, "a currency code of three letters, such as EUR"),
              strict(ExtendedScalars.Locale, new LanguageTags(), "a language tag such as en-GB"),
              strict(ExtendedScalars.PositiveInt, "an integer greater than zero"),
              strict(ExtendedScalars.NonNegativeInt, "an integer of zero or more"),
              strict(ExtendedScalars.GraphQLLong, "an integer of 64 bits"),
              strict(ExtendedScalars.GraphQLBigDecimal, "a number"),
              strict(alias("SyncToken", graphql.Scalars.GraphQLString), "a token of a sync"),
              strict(alias("LocalDate", ExtendedScalars.Date), DATE))
          .collect(Collectors.toUnmodifiableMap(GraphQLScalarType::getName, Function.identity()));

  private Scalars() {}

  private static GraphQLScalarType alias(String name, GraphQLScalarType scalar) {
    return ExtendedScalars.newAliasedScalar(name).aliasedScalar(scalar).build();
  }

  private static GraphQLScalarType strict(GraphQLScalarType scalar, String expected) {
    return strict(scalar, scalar.getCoercing(), expected);
  }

  private static GraphQLScalarType strict(
      GraphQLScalarType scalar, Coercing<?, ?> coercing, String expected) {
    return scalar.transform(
        strict -> strict.coercing(new StrictCoercing(scalar.getName(), expected, coercing)));
  }

  /** Whether the specification declares a scalar. */
  static boolean isSpecified(String name) {
    return ScalarInfo.isGraphqlSpecifiedScalar(name);
  }

  /** A scalar of the engine that SDL files may declare; null if there is none. */
  static @Nullable GraphQLScalarType declared(String name) {
    return BY_NAME.get(name);
  }

  /** A scalar that the specification declares. */
  static GraphQLScalarType specified(String name) {
    for (GraphQLScalarType specified : SPECIFIED) {
      if (specified.getName().equals(name)) {
        return specified;
      }
    }
    return name.equals("String") ? graphql.Scalars.GraphQLString : graphql.Scalars.GraphQLBoolean;
  }

  static Set<String> names() {
    return BY_NAME.keySet();
  }
}
