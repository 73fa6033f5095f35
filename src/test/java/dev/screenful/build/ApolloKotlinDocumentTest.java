package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.apollographql.apollo.compiler.ApolloCompiler;
import com.apollographql.apollo.compiler.CodegenSchemaOptions;
import com.apollographql.apollo.compiler.InputFile;
import com.apollographql.apollo.compiler.OptionsKt;
import com.apollographql.apollo.compiler.TargetLanguage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.crypto.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are printed exactly as Apollo Kotlin's compiler prints them. */
final class ApolloKotlinDocumentTest {

  private static final String SDL =
      """
      directive @budget(bytes: Int!) on QUERY | MUTATION
      directive @logged on VARIABLE_DEFINITION
      directive @tag(name: String) on FIELD | INLINE_FRAGMENT | FRAGMENT_SPREAD | FRAGMENT_DEFINITION
      type Query { thing(in: In, texts: [String!], level: Level, n: Float): Thing node: Node }
      type Mutation { write(in: In!): Thing }
      interface Node { id: ID! }
      type Thing implements Node { id: ID! name: String next: Thing }
      type Other implements Node { id: ID! size: Int }
      enum Level { LOW HIGH }
      input In { text: String, nested: In, list: [Int!] }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query Q { thing { id } }",
        "# a comment\nquery   Q  { t: thing { i: id , name } }",
        "query Q { thing { __typename id } }",
        "query Q($text: String! @logged, $in: In = {text: \"a\", list: [1, 2]}, $n: Float! = 1.50) @budget(bytes: 1) { thing(in: $in, texts: [$text, \"b\"], n: $n) { id } }",
        "query Q { thing(in: {text: \"quote \\\" slash / \\\\ line \\n tab \\t  two spaces é\", nested: {list: []}}, level: HIGH, texts: null) { id } }",
        "mutation M($in: In!) @budget(bytes: 1) { write(in: $in) { id } }",
        "query Q { node { id ... on Thing { name next { id } } ... on Other @tag(name: \"x\") { size } } }",
        "query Q { node { id __typename ... on Thing { __typename name } } }",
        "query Q { ...Root } fragment Root on Query { node { id } }",
        "query Q($yes: Boolean!) { thing { id ... on Thing @include(if: $yes) { name } ... on Thing { next { id } } } }",
        "query Q { thing { ...B ...A @tag } } fragment A on Thing { id ...C } fragment B on Thing @tag { name } fragment C on Thing { next { id ...B } }",
        "query Q($yes: Boolean!) { thing @skip(if: $yes) { name @include(if: $yes) @tag id } }",
      })
  void a_document_is_printed_as_the_compiler_does(String document) throws IOException {
    JsonNode output = compiled(document);

    String text = ApolloKotlinDocument.of(document);
    assertThat(text).isEqualTo(output.elements().next().get("source").asText());
    assertThat(Sha256.hex(text)).isEqualTo(output.fieldNames().next());
  }

  /** The compiler's operation output for a document, with the options of its Gradle plugin. */
  private JsonNode compiled(String document) throws IOException {
    Path schema = Files.writeString(folder.resolve("schema.graphqls"), SDL);
    Path screen = Files.writeString(folder.resolve("Q.graphql"), document);
    Path output = folder.resolve("operations.json");
    ApolloCompiler.INSTANCE.buildSchemaAndOperationsSources(
        List.of(new InputFile(schema.toFile(), "schema.graphqls")),
        List.of(new InputFile(screen.toFile(), "Q.graphql")),
        new CodegenSchemaOptions(),
        OptionsKt.buildIrOptions(null, null, null, null, null, null, null, null, null, null),
        OptionsKt.buildCodegenOptions(
            TargetLanguage.JAVA,
            null,
            null,
            null,
            "operationOutput",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "test",
            null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        output.toFile());
    return new ObjectMapper().readTree(output.toFile());
  }

  @Test
  void the_operation_output_of_the_build_is_the_compilers() throws IOException {
    ObjectMapper json = new ObjectMapper();

    assertThat(json.readTree(Path.of("target/clients/operation-output.json").toFile()))
        .isEqualTo(json.readTree(Path.of("target/generated-test-sources/apollo.json").toFile()))
        .isNotEmpty();
  }
}
