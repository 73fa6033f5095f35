package dev.screenful.schema;

import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLScalarType;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scalars that SDL files may declare with a {@code scalar} line. */
final class Scalars {

  private static final Map<String, GraphQLScalarType> BY_NAME =
      Stream.of(
              ExtendedScalars.DateTime,
              ExtendedScalars.Date,
              ExtendedScalars.LocalTime,
              ExtendedScalars.Url,
              ExtendedScalars.UUID,
              ExtendedScalars.CountryCode,
              ExtendedScalars.Currency,
              ExtendedScalars.Locale,
              ExtendedScalars.PositiveInt,
              ExtendedScalars.NonNegativeInt,
              ExtendedScalars.GraphQLLong,
              ExtendedScalars.GraphQLBigDecimal,
              ExtendedScalars.newAliasedScalar("SyncToken")
                  .aliasedScalar(graphql.Scalars.GraphQLString)
                  .build(),
              ExtendedScalars.newAliasedScalar("LocalDate")
                  .aliasedScalar(ExtendedScalars.Date)
                  .build())
          .collect(Collectors.toUnmodifiableMap(GraphQLScalarType::getName, Function.identity()));

  private Scalars() {}

  static boolean has(String name) {
    return BY_NAME.containsKey(name);
  }

  static GraphQLScalarType get(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }

  /** The type of a scalar in an SDL file, declared there or by the specification. */
  static GraphQLScalarType named(String name) {
    return switch (name) {
      case "Int" -> graphql.Scalars.GraphQLInt;
      case "Float" -> graphql.Scalars.GraphQLFloat;
      case "String" -> graphql.Scalars.GraphQLString;
      case "Boolean" -> graphql.Scalars.GraphQLBoolean;
      case "ID" -> StrictId.TYPE;
      default -> get(name);
    };
  }

  static Set<String> names() {
    return BY_NAME.keySet();
  }
}
