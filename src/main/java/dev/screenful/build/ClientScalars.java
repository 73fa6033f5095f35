package dev.screenful.build;

import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.ScalarInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The types of a schema's custom scalars in apps, as they are in JSON. Without these, code
 * generators type each of them as unknown.
 *
 * @param names the custom scalars of the schema, sorted
 */
record ClientScalars(List<String> names) {

  /** A type in the three languages. */
  private record Type(String typescript, String kotlin, String swift) {}

  private static final Type TEXT = new Type("string", "String", "String");
  private static final Type OTHER =
      new Type("unknown", "Any", "String"); // of the app's own scalars
  private static final Type INTEGER = new Type("number", "Int", "Int");

  private static final Map<String, Type> NUMBERS =
      Map.of(
          "PositiveInt",
          INTEGER,
          "NonNegativeInt",
          INTEGER,
          "Long",
          new Type("number", "Long", "Int"),
          "BigDecimal",
          new Type("number", "Double", "Double"));

  private static final Set<String> TEXTS =
      Set.of(
          "DateTime",
          "Date",
          "LocalDate",
          "LocalTime",
          "Url",
          "UUID",
          "CountryCode",
          "Currency",
          "Locale",
          "SyncToken");

  static ClientScalars of(GraphQLSchema schema) {
    return new ClientScalars(
        schema.getAllTypesAsList().stream()
            .filter(GraphQLScalarType.class::isInstance)
            .map(GraphQLScalarType.class::cast)
            .filter(scalar -> !ScalarInfo.isGraphqlSpecifiedScalar(scalar.getName()))
            .map(GraphQLScalarType::getName)
            .sorted()
            .toList());
  }

  private static Type type(String name) {
    return TEXTS.contains(name) ? TEXT : NUMBERS.getOrDefault(name, OTHER);
  }

  /** The option {@code scalars} of graphql-codegen, as a module. */
  String typescript() {
    return lines(
        "// The option `scalars` of graphql-codegen.\nexport const scalars = {\n",
        name -> "  %s: \"%s\",\n".formatted(name, type(name).typescript()),
        "} as const;\n");
  }

  /** Lines for the service of Apollo's Gradle plugin. */
  String kotlin() {
    return lines(
        "// Copy these lines into the service of the block apollo in build.gradle.kts.\n",
        name -> "mapScalarToKotlin%s(\"%s\")\n".formatted(type(name).kotlin(), name),
        "");
  }

  /** The type aliases that Apollo iOS generates once, as {@code String}, and does not overwrite. */
  String swift() {
    return lines(
        "// Apollo iOS generates each as String, in a file of its own that you can edit: correct those that differ.\n",
        name -> "typealias %s = %s\n".formatted(name, type(name).swift()),
        "");
  }

  private String lines(String before, Function<String, String> line, String after) {
    return names.stream().map(line).collect(Collectors.joining("", before, after));
  }
}
