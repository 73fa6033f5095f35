package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.crypto.Sha256;
import dev.screenful.document.ParsedDocument;
import dev.screenful.notes.NotesBench;
import dev.screenful.notes.NotesDevelopment;
import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.screens.KnownDocument;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.introspection.IntrospectionQueryBuilder.Options;
import graphql.language.Node;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compact form contains the same schema and documents as the files that it is made of. */
final class CompactFormTest {

  /** The schema of the project's app, whatever app that is. */
  private static final Path PROJECT = Path.of("schema");

  private static final Path NOTES = NotesDevelopment.SCHEMA;

  /** Every kind of type, literal and directive, with descriptions and deprecations. */
  private static final String KITCHEN_SINK =
      """
      "The schema." schema @owner(field: "x") { query: Query mutation: Mutation }
      directive @public(why: String!) on FIELD_DEFINITION
      directive @once(not: String) on FIELD_DEFINITION
      "Marks an owner." directive @owner(field: String!) on SCHEMA
      directive @tag("A name." name: String = "none" at: [Level!]! = [LOW, HIGH]) repeatable
        on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM
          | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
      "Ours." scalar UUID @tag(name: "scalar") @specifiedBy(url: "https://example.com/uuid")
      scalar Locale
      "The app's." scalar Money @tag(name: "money") @specifiedBy(url: "https://example.com/money")
      "Read here." type Query @tag @tag(name: "twice") {
        "A thing." thing(
          "An id." id: ID! @tag(name: "argument")
          old: Int = -3 @deprecated(reason: "Use id.")
          float: Float = 1.50
          truth: Boolean = true
          text: String = "with \\"quotes\\" and ü"
          none: String = null
          level: Level = HIGH
          list: [[Int!]!] = [[1, 2], []]
          input: Input = {name: "x", nested: {name: "y"}, numbers: [1]}
          one: One
          price: Money = {amount: 1250, currency: "EUR"}
        ): Thing @public(why: "test")
        things: [Thing!] @public(why: "test") @deprecated
        any: Any @public(why: "test")
        locale: Locale @public(why: "test")
      }
      type Mutation { write: Boolean @once(not: "It only tests.") }
      interface Named { name: String }
      "A thing." interface Thing implements Named @tag { id: ID! name(upper: Boolean = false): String }
      type Book implements Thing & Named { id: ID! name(upper: Boolean = false): String uuid: UUID }
      type Film implements Thing & Named @tag(at: [LOW]) { id: ID! name(upper: Boolean = false): String }
      "Either." union Any @tag = Book | Film
      "How high." enum Level @tag(name: "enum") { "Low." LOW @tag HIGH @deprecated(reason: "Too high.") }
      "An input." input Input @tag { "A name." name: String! = "n" @tag nested: Input numbers: [Int!] = [0] old: Int @deprecated(reason: "old") }
      input One @oneOf { id: ID number: Int }
      extend type Film { length: Int }
      interface Unused { id: ID! }
      """;

  private static final Resolvers KITCHEN =
      fields -> {
        fields.scalar("Money", "an amount", value -> value);
        fields.query("thing", call -> null);
        fields.query("things", call -> null);
        fields.query("any", call -> null);
        fields.query("locale", call -> null);
        fields.mutation("write", (call, transaction) -> Map.of());
        fields.attributes("Book", List.of("id", "name", "uuid"));
        fields.attributes("Film", List.of("id", "name", "length"));
        fields.typeOf("Named", item -> "Book");
        fields.typeOf("Thing", item -> "Book");
        fields.typeOf("Any", item -> "Book");
      };

  /** A schema read from its files, and read from their compact form. */
  private record Both(GraphQLSchema fromFiles, GraphQLSchema fromCompactForm) {
    static Both of(Path files, Path compact, List<Resolvers> resolvers) throws IOException {
      CompactForm.write(files, compact);
      return new Both(
          AppSchema.of(files, resolvers).types(), AppSchema.of(compact, resolvers).types());
    }

    <T> void assertSame(Function<GraphQLSchema, T> part) {
      assertThat(part.apply(fromCompactForm)).isEqualTo(part.apply(fromFiles));
    }
  }

  static Stream<Path> apps() {
    return Stream.of(NOTES, PROJECT);
  }

  private static Both kitchen(Path folder) throws IOException {
    Path files = folder.resolve("schema");
    Files.createDirectories(files.resolve("screens"));
    Files.writeString(files.resolve("app.graphqls"), KITCHEN_SINK);
    return Both.of(files, folder.resolve("compact"), List.of(KITCHEN));
  }

  @ParameterizedTest
  @MethodSource("apps")
  void the_bytes_are_the_same_from_a_checkout_with_windows_line_endings_and_byte_order_marks(
      Path app, @TempDir Path folder) throws IOException {
    Path unix = folder.resolve("unix/schema");
    Path windows = folder.resolve("windows/schema");
    copy(app, unix, text -> text);
    copy(app, windows, text -> "\uFEFF" + text.replace("\n", "\r\n"));
    for (Path schema : List.of(unix, windows)) {
      Release.record(schema, "some-app", "1.0.0-test", "");
    }
    copy(unix.resolve("released"), windows.resolve("released"), text -> "\uFEFF" + text);
    assertThat(Release.record(windows, "some-app", "1.0.0-test", "")).contains("already recorded");

    for (Path schema : List.of(unix, windows)) {
      CompactForm.write(schema, schema.resolveSibling("output"));
      ClientFiles.write(schema, schema.resolveSibling("output"));
      assertThat(SchemaCheck.findings(schema)).noneMatch(SchemaFinding::isError);
      for (Screen screen : Screen.folder(schema.resolve("screens"))) {
        ScreenExample.of(screen); // is well-formed
      }
    }

    for (String file :
        List.of(
            "schema.bin",
            "screens.bin",
            "schema.graphqls",
            "introspection.json",
            "persisted-query-manifest.json",
            "operation-output.json")) {
      assertThat(windows.resolveSibling("output").resolve(file))
          .hasSameBinaryContentAs(unix.resolveSibling("output").resolve(file));
    }
  }

  /** Copies a folder, with changed texts. */
  private static void copy(Path from, Path to, UnaryOperator<String> change) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, change.apply(Files.readString(file)));
      }
    }
  }

  @Test
  void the_schema_of_an_app_is_the_same(@TempDir Path folder) throws IOException {
    assertSame(Both.of(NOTES, folder, NotesBench.shared().app().resolvers()));
  }

  @Test
  void a_schema_with_every_kind_of_type_and_value_is_the_same(@TempDir Path folder)
      throws IOException {
    assertSame(kitchen(folder));
  }

  @Test
  void a_field_that_the_last_release_has_non_null_needs_no_reason_in_both_forms(
      @TempDir Path folder) throws IOException {
    Path files = folder.resolve("schema");
    Files.createDirectories(files.resolve("released"));
    Files.createDirectories(files.resolve("screens"));
    String sdl = "type Query { trips: [Int!]! more: Int! }";
    Files.writeString(files.resolve("app.graphqls"), sdl);
    Path released = files.resolve("released/schema.graphqls");
    Files.writeString(released, sdl);
    Resolvers resolvers =
        fields -> {
          fields.query("trips", call -> List.of());
          fields.query("more", call -> 1);
        };

    assertSame(Both.of(files, folder.resolve("compact"), List.of(resolvers)));

    Files.writeString(released, sdl.replace("more: Int!", "more: Int"));
    CompactForm.write(files, folder.resolve("compact"));
    for (Path form : List.of(files, folder.resolve("compact"))) {
      assertThatThrownBy(() -> AppSchema.of(form, List.of(resolvers)))
          .message()
          .contains("Query.more is loaded separately")
          .doesNotContain("Query.trips");
    }
  }

  private static void assertSame(Both both) {
    both.assertSame(CompactFormTest::printed);
    both.assertSame(CompactFormTest::introspected);
    both.assertSame(CompactFormTest::written);
  }

  private static String printed(GraphQLSchema schema) {
    return new SchemaPrinter(
            SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeSchemaDefinition(true)
                .includeDirectives(true)
                .includeDirectiveDefinitions(true))
        .print(schema);
  }

  private static Map<String, Object> introspected(GraphQLSchema schema) {
    String query =
        IntrospectionQueryBuilder.build(
            Options.defaultOptions()
                .inputValueDeprecation(true)
                .specifiedByUrl(true)
                .isOneOf(true)
                .schemaDescription(true)
                .directiveIsRepeatable(true));
    return GraphQL.newGraphQL(schema)
        .build()
        .execute(ExecutionInput.newExecutionInput(query))
        .toSpecification();
  }

  /** The compact form, with types and directives in the order of their names. */
  private static Map<String, List<Byte>> written(GraphQLSchema schema) {
    Map<String, List<Byte>> parts =
        schema.getAllTypesAsList().stream()
            .filter(type -> !type.getName().startsWith("__"))
            .collect(Collectors.toMap(GraphQLNamedType::getName, CompactFormTest::bytes));
    for (GraphQLDirective directive : schema.getDirectives()) {
      BinaryWriter out = new BinaryWriter();
      new SchemaWriter(out).directiveDefinition(directive);
      parts.put("@" + directive.getName(), list(out));
    }
    return parts;
  }

  private static List<Byte> bytes(GraphQLNamedType type) {
    BinaryWriter out = new BinaryWriter();
    new SchemaWriter(out).type(type);
    return list(out);
  }

  private static List<Byte> list(BinaryWriter out) {
    List<Byte> list = new ArrayList<>();
    for (byte one : out.toByteArray()) {
      list.add(one);
    }
    return list;
  }

  static Stream<String> documents() {
    return Stream.concat(
        apps()
            .flatMap(app -> KnownScreens.of(app).documents().stream())
            .map(KnownDocument::text)
            .flatMap(text -> Stream.of(text, ApolloDocument.of(text).text())),
        Stream.of(
            """
            # A comment.
            query Every($id: ID!, $list: [[Int!]!] = [[1], []] @logged, $in: In = {a: 1.5e3, b: {c: null}})
              @budget(bytes: 1, reads: 2, trips: 3) {
              alias: thing(id: $id, truth: false, level: HIGH, text: "a \\"b\\" \\u00fc", block: ""\"
                  two
                  lines
                ""\", number: -123456789012345678901234567890, float: 20e0) @include(if: true) {
                ... on Book @skip(if: false) { __typename }
                ... @defer(label: "x") { id }
                ...Part @custom(list: [$id, ENUM, {x: $id}])
              }
            }
            mutation Write { write }
            subscription Live { live }
            { anonymous }
            fragment Part on Thing @tag { id ...Part }
            """));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void a_document_has_the_same_syntax_tree_and_locations(String text) {
    ParsedDocument parsed = ParsedDocument.of(text);
    BinaryWriter out = new BinaryWriter();
    new DocumentWriter(out).document(parsed.document());

    assertSame(parsed.document(), ParsedDocument.read(out.toByteArray()).document());
  }

  private static void assertSame(Node<?> expected, Node<?> actual) {
    assertThat(actual.getClass()).isEqualTo(expected.getClass());
    assertThat(actual.isEqualTo(expected)).as("%s is %s", actual, expected).isTrue();
    assertThat(actual.getSourceLocation()).isEqualTo(expected.getSourceLocation());
    assertThat(actual.getChildren()).hasSameSizeAs(expected.getChildren());
    for (int index = 0; index < expected.getChildren().size(); index++) {
      assertSame(expected.getChildren().get(index), actual.getChildren().get(index));
    }
  }

  @ParameterizedTest
  @MethodSource("apps")
  void the_known_documents_are_the_same_and_those_that_clients_send_with_their_ids(
      Path app, @TempDir Path folder) throws IOException {
    CompactForm.write(app, folder);

    Map<String, String> read = described(KnownScreens.of(folder));
    assertThat(read)
        .isEqualTo(described(SentDocuments.of(app)))
        .containsAllEntriesOf(described(KnownScreens.of(app)));
    for (Screen screen : Screen.folder(app.resolve("screens"))) {
      for (String sent :
          List.of(
              ApolloDocument.of(screen.document()).text(),
              ApolloKotlinDocument.of(screen.document()))) {
        assertThat(read.get(sent)).contains(Sha256.hex(sent), "name=" + screen.name());
      }
    }
  }

  private static Map<String, String> described(KnownScreens screens) {
    return screens.documents().stream()
        .collect(
            Collectors.toMap(
                KnownDocument::text,
                document ->
                    "%s %s %s %s"
                        .formatted(
                            document.ids(),
                            document.normalForm(),
                            document.screen(),
                            document.parsed().get().normalForm())));
  }
}
