package dev.screenful.build;

import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates a screen: a valid document that selects all scalar fields below one field of {@code
 * Query} or {@code Mutation}, and an example beside it. A field such as {@code Subscription.flight}
 * makes a live screen.
 */
public final class NewScreen {

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");

  /** How the names of live fields begin: fields of {@code Query} have the same ones. */
  private static final String LIVE = "Subscription.";

  private static final Set<String> NUMBERS =
      Set.of("Int", "Float", "PositiveInt", "NonNegativeInt", "Long", "BigDecimal");

  private final GraphQLSchema schema;

  private NewScreen(GraphQLSchema schema) {
    this.schema = schema;
  }

  /**
   * Creates a screen.
   *
   * @param arguments the schema folder, the screen's name, and its first field
   */
  public static void main(String[] arguments) throws IOException {
    try {
      System.out.println(
          write(
              Path.of(arguments[0]),
              arguments.length > 1 ? arguments[1] : "",
              arguments.length > 2 ? arguments[2] : ""));
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
    }
  }

  /** Writes the files, and returns the next steps. */
  static String write(Path schemaFolder, String name, String field) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The screen's name must be letters and digits after a capital letter, as in -Dscreen=TripSummary, not '%s'."
              .formatted(name));
    }
    Path document = schemaFolder.resolve("screens").resolve(name + ".graphql");
    if (Files.exists(document)) {
      throw new IllegalArgumentException(document + " already exists.");
    }
    NewScreen screen = new NewScreen(ClientSchema.of(schemaFolder).schema());
    String text = screen.document(name, field);
    Files.writeString(document, text);
    Path example = document.resolveSibling(name + ".example.json");
    Files.writeString(example, screen.example(field, usualCaller(schemaFolder)));
    return """
    %s selects all scalar fields of '%s'. Keep those that the screen shows, and add objects.
    %s sets the caller and the variables. Fill in the values; the other examples show how.
    Then open the screen in GraphiQL (?screen=%s), set @budget to its cost, and approve its response:
    mvn test -Dtest=ScreensTest -Dapprove\
    """
        .formatted(document, field, example, name);
  }

  private String document(String name, String fieldName) {
    GraphQLFieldDefinition field = field(fieldName);
    boolean mutation =
        schema.getMutationType() != null
            && schema.getMutationType().getFieldDefinition(fieldName) != null;
    String variables =
        joined(field, argument -> "$%s: %s".formatted(argument.getName(), print(argument)));
    String arguments =
        joined(field, argument -> "%s: $%s".formatted(argument.getName(), argument.getName()));
    return """
    # The purpose of the screen, in one sentence.
    %s %s%s @budget(bytes: 2000, reads: 20, trips: 5) {
      %s%s%s
    }
    """
        .formatted(
            fieldName.startsWith(LIVE) ? "subscription" : mutation ? "mutation" : "query",
            name,
            variables,
            field.getName(),
            arguments,
            selection(GraphQLTypeUtil.unwrapAllAs(field.getType()), "  ", mutation));
  }

  private GraphQLFieldDefinition field(String name) {
    return roots()
        .flatMap(root -> root.getFieldDefinitions().stream())
        .filter(field -> field.getName().equals(name))
        .findFirst()
        .or(() -> live().filter(field -> (LIVE + field.getName()).equals(name)).findFirst())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "The field must be one of Query or Mutation, as in -Dfield=%s, not '%s'. The fields are %s."
                    .formatted(fieldNames().getFirst(), name, String.join(", ", fieldNames()))));
  }

  private Stream<GraphQLObjectType> roots() {
    return Stream.of(
            Optional.ofNullable(schema.getQueryType()),
            Optional.ofNullable(schema.getMutationType()))
        .flatMap(Optional::stream);
  }

  private List<String> fieldNames() {
    Stream<String> names =
        roots()
            .flatMap(root -> root.getFieldDefinitions().stream())
            .map(GraphQLFieldDefinition::getName)
            .sorted();
    return Stream.concat(names, live().map(field -> LIVE + field.getName()).sorted()).toList();
  }

  private Stream<GraphQLFieldDefinition> live() {
    GraphQLObjectType type = schema.getSubscriptionType();
    return type == null ? Stream.empty() : type.getFieldDefinitions().stream();
  }

  /** Required arguments become variables; optional ones are omitted. */
  private static String joined(
      GraphQLFieldDefinition field, Function<GraphQLArgument, String> printed) {
    String all = required(field).map(printed).collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "(" + all + ")";
  }

  private static Stream<GraphQLArgument> required(GraphQLFieldDefinition field) {
    return field.getArguments().stream()
        .filter(argument -> GraphQLTypeUtil.isNonNull(argument.getType()))
        .filter(argument -> !argument.hasSetDefaultValue());
  }

  private static String print(GraphQLArgument argument) {
    return GraphQLTypeUtil.simplePrint(argument.getType());
  }

  private String selection(GraphQLNamedType type, String indent, boolean isPayload) {
    if (type instanceof GraphQLUnionType) {
      return " { __typename }";
    }
    if (!(type instanceof GraphQLFieldsContainer container)) {
      return "";
    }
    String fields =
        container.getFieldDefinitions().stream()
            .filter(field -> required(field).findAny().isEmpty())
            .map(field -> line(field, indent + "  ", isPayload))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    return " {\n" + (fields.isEmpty() ? indent + "  __typename" : fields) + "\n" + indent + "}";
  }

  /**
   * Selects scalar fields, and the parts of pages and payloads. Other objects are left to the app.
   */
  private String line(GraphQLFieldDefinition field, String indent, boolean ofPayload) {
    GraphQLNamedType type = GraphQLTypeUtil.unwrapAllAs(field.getType());
    boolean plain = !(type instanceof GraphQLFieldsContainer || type instanceof GraphQLUnionType);
    if (plain) {
      return indent + field.getName();
    }
    return ofPayload || Set.of("edges", "node", "pageInfo").contains(field.getName())
        ? indent + field.getName() + selection(type, indent, false)
        : "";
  }

  /** The caller that most examples of the folder have; empty if they are anonymous. */
  private static Optional<String> usualCaller(Path schemaFolder) {
    Map<String, Integer> callers = new TreeMap<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      String caller = ScreenExample.of(screen).caller();
      if (caller != null) {
        callers.merge(caller, 1, Integer::sum);
      }
    }
    return callers.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private String example(String fieldName, Optional<String> caller) {
    String variables =
        required(field(fieldName))
            .map(argument -> "\"%s\": %s".formatted(argument.getName(), empty(argument.getType())))
            .collect(Collectors.joining(", "));
    return "{ %s\"variables\": { %s } }\n"
        .formatted(caller.map("\"caller\": \"%s\", "::formatted).orElse(""), variables);
  }

  /** A placeholder for a value; for input objects, with required fields only. */
  private static String empty(GraphQLType type) {
    GraphQLType named = GraphQLTypeUtil.unwrapNonNull(type);
    return switch (named) {
      case GraphQLList list -> "[]";
      case GraphQLInputObjectType input ->
          input.getFieldDefinitions().stream()
              .filter(field -> GraphQLTypeUtil.isNonNull(field.getType()))
              .filter(field -> !field.hasSetDefaultValue())
              .map(field -> "\"%s\": %s".formatted(field.getName(), empty(field.getType())))
              .collect(Collectors.joining(", ", "{ ", " }"));
      case GraphQLEnumType values -> "\"" + values.getValues().getFirst().getName() + "\"";
      case GraphQLScalarType scalar when NUMBERS.contains(scalar.getName()) -> "1";
      case GraphQLScalarType scalar when scalar.getName().equals("Boolean") -> "false";
      default -> "\"\"";
    };
  }
}
