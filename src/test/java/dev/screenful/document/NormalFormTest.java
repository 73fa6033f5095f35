package dev.screenful.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.notes.NotesBench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equivalent documents have the same normal form, and different documents have different ones. */
final class NormalFormTest {

  private static String normal(String document) {
    return ParsedDocument.of(document).normalForm();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a(b: 20e0, c: 2e1, d: 1.50) }",
        "query Q($a: F = 8e0) { a(b: [{c: -3e0}]) # a comment\n }",
      })
  void the_stored_text_of_a_registered_document_has_the_same_normal_form(String document) {
    ParsedDocument parsed = ParsedDocument.of(document);

    assertThat(normal(parsed.asKnown().compact())).isEqualTo(parsed.normalForm());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ a }                                  | query { a }",
        "{ a(b: 1, c: 2) }                      | {a(c:2 b:1)}",
        "{ a(b: {c: 1, d: {e: 2, f: 3}}) }      | { a(b: {d: {f: 3, e: 2}, c: 1}) }",
        "query Q($a: Int, $b: Int) { c }        | query Q($b: Int, $a: Int) { c }",
        "{ a { b __typename } }                 | { __typename a { __typename b } }",
        "{ a { ...F } } fragment F on T { b }   | fragment F on T { b __typename } { a { __typename ...F } }",
        "query Q @budget(bytes: 1, reads: 1, trips: 1) { a } | query Q { a }",
        "query Q($a: Int @logged) { b }         | query Q($a: Int) { b }",
        "{ a @skip(if: true) }                  | { a @skip(if:true,) }",
      })
  void equivalent_documents_have_the_same_normal_form(String one, String other) {
    assertThat(normal(one)).isEqualTo(normal(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ a b }                    | { b a }",
        "{ a { b } }                | { a { b c } }",
        "{ a(b: [1, 2]) }           | { a(b: [2, 1]) }",
        "{ a(b: 1) }                | { a(b: \"1\") }",
        "{ a(b: 20) }               | { a(b: 20e0) }",
        "{ a(b: 20) }               | { a(b: 2e1) }",
        "{ a(b: {c: 20}) }          | { a(b: {c: 20.0}) }",
        "{ a }                      | { b: a }",
        "{ a { t: __typename b } }  | { a { b } }",
        "{ a { __typename @skip(if: $c) b } } | { a { b } }",
        "query Q { a }              | query R { a }",
        "query Q { a }              | mutation Q { a }",
        "query Q($a: Int) { b }     | query Q($a: Int!) { b }",
        "query Q($a: Int) { b }     | query Q($a: Int = 1) { b }",
        "{ a { b } }                | { a { b __typename(x: 1) } }",
        "{ a { b } }                | { a { b __typename { x } } }",
        "{ a { b } }                | { a { __typename b __typename } }",
        "{ a { __typename: b } }    | { a { __typename: b __typename } }",
        "{ a { ...F } } fragment F on T { __typename: b } | { a { __typename ...F } } fragment F on T { __typename: b }",
        "subscription S { a }       | subscription S { __typename a }",
        "query Q { a }              | query Q @budget(bytes: $x, reads: 1, trips: 1) { a }",
        "query Q { a }              | query Q @budget(bytes: 2147483648, reads: 1, trips: 1) { a }",
        "query Q { a }              | query Q @budget(bytes: 1, reads: 1, trips: 1, more: 1) { a }",
        "query Q { a }              | query Q @budget(bytes: 1, reads: 1, trips: 1) @budget(bytes: 1, reads: 1, trips: 1) { a }",
        "query Q { a }              | query Q { a } type T { b: Int }",
        "query Q { a }              | query Q { a } fragment F on T { b }",
        "{ a @skip(if: true) }      | { a @include(if: true) }",
        "{ a @x @y }                | { a @y @x }",
        "{ ...F } fragment F on T { b } | { ... on T { b } }",
        "{ a @budget(bytes: 1) }    | { a }",
        "query Q($a: Int) { b }     | query Q($a: Int @logged(x: 1)) { b }",
        "query Q($a: Int) { b }     | query Q($a: Int @logged @logged) { b }",
        "query Q($a: Int) { b }     | query Q($a: Int) @logged { b }",
      })
  void documents_that_differ_have_different_normal_forms(String one, String other) {
    assertThat(normal(one)).isNotEqualTo(normal(other));
  }

  /** Random documents for the schema of Notes. All can be parsed, but some are not valid. */
  private static final class Generator {

    private static final List<String> SCALARS =
        List.of("id", "code", "title", "topic", "rating", "t: __typename", "c: title");

    private final Random random;

    Generator(long seed) {
      random = new Random(seed);
    }

    private <T> T any(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    String document() {
      String roots =
          IntStream.rangeClosed(0, random.nextInt(3))
              .mapToObj(number -> "r" + number + ": " + root())
              .collect(Collectors.joining(any(List.of(" ", ", ", "\n"))));
      return "query Generated { "
          + roots
          + " } fragment F on Notebook { "
          + fields(1)
          + " }"
          + " fragment G on Notebook { ...F }";
    }

    private String root() {
      return any(
          List.of(
              "notebook(code: \""
                  + any(List.of("A1", "B1", "\\u00e9\\n\\\""))
                  + "\") { "
                  + fields(0)
                  + " ...G }",
              "notebooks("
                  + arguments(
                      "filter: {"
                          + arguments(
                              "topic: " + any(List.of("COOKING", "TRAVEL")),
                              "from: \"2025-11-02T08:00:00Z\"")
                          + "}",
                      "first: " + (1 + random.nextInt(3)))
                  + ") { edges { node { "
                  + fields(0)
                  + " } } }",
              "ratedNotebooks("
                  + arguments("topic: COOKING", "near: 2.0e0", "within: 50", "first: 2")
                  + ") { notebook { "
                  + fields(0)
                  + " } distance }"));
    }

    private String arguments(String... all) {
      List<String> shuffled = new ArrayList<>(List.of(all));
      Collections.shuffle(shuffled, random);
      return String.join(any(List.of(", ", " ", ",,")), shuffled);
    }

    private String fields(int depth) {
      List<String> chosen = new ArrayList<>();
      for (int number = random.nextInt(4); number >= 0; number--) {
        chosen.add(any(SCALARS) + any(List.of("", "", " @include(if: true)", " @skip(if: false)")));
      }
      if (depth < 2 && random.nextBoolean()) {
        chosen.add(
            "... on Notebook "
                + any(List.of("", "@include(if: true) "))
                + "{ "
                + fields(depth + 1)
                + " }");
      }
      return String.join(any(List.of(" ", "\n", ", ")), chosen);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ a { __typename b __typename } }",
        "query Q @budget(bytes: 1, reads: 1, trips: 1) @budget(bytes: 1, reads: 1, trips: 1) { a }",
      })
  void the_normal_form_of_a_duplicate_typename_or_budget_is_stable(String document) {
    assertThat(normal(normal(document))).isEqualTo(normal(document));
  }

  @Test
  void comments_and_white_space_do_not_change_the_normal_form() {
    assertThat(normal("# a comment\n{\n\ta(b: [1 2]) # another\n}"))
        .isEqualTo(normal("{ a(b: [1, 2]) }"));
  }

  @Test
  void the_normal_form_is_idempotent_and_gives_the_same_response() {
    Phone phone = NotesBench.stranger();
    int answered = 0;
    for (long seed = 0; seed < 300; seed++) {
      String document = new Generator(seed).document();
      String normal = normal(document);
      assertThat(normal(normal)).as("seed %d: %s", seed, document).isEqualTo(normal);
      assertThat(normal(document.replace("{ ", "{ __typename "))) // as clients do
          .as("seed %d: %s", seed, document)
          .isEqualTo(normal);
      Phone.Reply asWritten = phone.ask(document);
      assertThat(withoutIds(phone.ask(normal)))
          .as("seed %d: %s", seed, document)
          .isEqualTo(withoutIds(asWritten));
      answered += asWritten.body().path("data").isEmpty() ? 0 : 1;
    }
    assertThat(answered).isGreaterThan(100); // the others have conflicting fields
  }

  /** The data and the sorted errors, without request ids and locations, which differ. */
  private static List<String> withoutIds(Phone.Reply reply) {
    List<String> parts = new ArrayList<>(List.of(reply.body().path("data").toString()));
    reply
        .body()
        .path("errors")
        .forEach(error -> parts.add(error.get("path") + error.at("/extensions/code").asText()));
    Collections.sort(parts);
    return parts;
  }
}
