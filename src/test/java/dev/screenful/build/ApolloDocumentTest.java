package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are printed exactly as Apollo Client prints them. */
final class ApolloDocumentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a }",
        "query { a }",
        "query Q { a { b } }",
        "{ a { __typename b } }",
        "{ a { b ... on C { d } ...E } } fragment E on F { g { h } }",
        "query Q($a: [Int!]! = [1, 2], $b: In = {x: {y: \"z\\n\\\"\"}}, $c: E = RED @d) @e(f: 1.5) { a }",
        "mutation M { a(b: null, c: true, d: [{e: $f}, {}], g: \"é\") @skip(if: $h) @include(if: true) { i } }",
        "subscription S { a: b }",
        "{ aLongFieldWithMany(arguments: $one, thatDoNot: $two, fitIntoOneLine: $three, of: 80) { a } }",
        "{ aLongFieldWithMany(arguments: $one, thatJust: $two, fitIntoOneLine: $three, o: 80) { a } }",
        "{ l: aLongFieldWithMany(arguments: {a: [1, 2, 3]}, thatDoNot: $two, fitIntoOneLine: $three) @d }",
        "{ a { ... @include(if: $b) { c } ... @defer(label: \"d\") { e { f } } ...G @defer } }",
        "# a comment\nquery   Q ( $a:Int , $b : [ String ] ) { a ( b : $a ) , c }",
      })
  void a_document_is_printed_as_graphql_js_does(String document, @TempDir Path folder)
      throws IOException, InterruptedException {
    RequiredTools.needNode();
    Path file = Files.writeString(folder.resolve("document.graphql"), document);

    assertThat(ApolloDocument.of(document).text())
        .isEqualTo(RequiredTools.node("print.mjs", file.toString()).output());
  }
}
