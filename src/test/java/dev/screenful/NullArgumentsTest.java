package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that are valid by their variable's type, but not where the variable is used. */
final class NullArgumentsTest {

  private static final String SDL =
      """
      type Query {
        list(first: Int! = 3): [String] @public(why: "test")
        page(first: Int = 3): NumberConnection @public(why: "test")
        either(r: R): String @public(why: "test")
        inner(input: Inner): String @public(why: "test")
        all(list: [Int!], nested: Nested): String @public(why: "test")
        fine: String @public(why: "test")
      }
      input R @oneOf { id: ID number: String }
      input Nested { lists: [[Int!]!] }
      input Inner { size: Int! = 1 }
      type NumberConnection { edges: [NumberEdge!]! pageInfo: PageInfo! }
      type NumberEdge { node: Number! cursor: String! }
      type Number { n: Int }
      type PageInfo {
        hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
      }
      """;

  private final List<Integer> sizes = new ArrayList<>();
  private final TinyApp app =
      new TinyApp(
          SDL,
          fields -> {
            fields.query(
                "list", call -> List.of(String.valueOf(call.arguments().values().get("first"))));
            fields.query(
                "page",
                call -> {
                  sizes.add(call.page().first());
                  return null;
                });
            fields.query("either", call -> call.arguments().values().toString());
            fields.query("inner", call -> call.arguments().values().toString());
            fields.query("all", call -> call.arguments().values().toString());
            fields.query("fine", call -> "fine");
            fields.attributes("Number", List.of("n"));
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query ($v: Int) { wrong: list(first: $v) fine }",
        "query ($v: ID) { wrong: either(r: {id: $v}) fine }",
        "query ($v: Int) { wrong: inner(input: {size: $v}) fine }",
        "query ($v: Int = 1) { wrong: all(list: [2, $v]) fine }",
        "query ($v: Int = 1) { wrong: all(nested: {lists: [[$v]]}) fine }"
      })
  void null_for_a_value_that_must_not_be_null_is_an_error_of_its_field(String document) {
    Phone.Reply reply = app.phone().ask(document, Collections.singletonMap("v", null));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.body().at("/errors/0/path/0").asText()).isEqualTo("wrong");
    assertThat(reply.body().path("errors")).hasSize(1);
    assertThat(reply.message()).contains("null").doesNotContain("coerced", "NonNull");
    assertThat(reply.data("/fine").asText()).isEqualTo("fine");
    assertThat(app.log()).doesNotContain("ERROR");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query ($v: Boolean = true) { fine @include(if: $v) other: fine }",
        "query ($v: Boolean = true) { ... @skip(if: $v) { fine } other: fine }",
        "query ($v: Boolean = true) { ...A } fragment A on Query { ... { fine @skip(if: $v) } }"
      })
  void null_for_a_condition_is_refused(String document) {
    Phone.Reply reply = app.phone().ask(document, Collections.singletonMap("v", null));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message())
        .isEqualTo("Variable 'v' must not be null, since @skip or @include uses it.");
    assertThat(app.log()).doesNotContain("ERROR");
    assertThat(app.phone().ask(document).code()).isEqualTo("no error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ page { edges { cursor } } }",
        "{ page(first: null) { edges { cursor } } }",
        "query ($v: Int) { page(first: $v) { edges { cursor } } }"
      })
  void a_page_size_that_is_absent_or_null_is_the_default_of_the_sdl(String document) {
    Map<String, Object> variables =
        document.startsWith("query") ? Collections.singletonMap("v", null) : Map.of();

    assertThat(app.phone().ask(document, variables).code()).isEqualTo("no error");
    assertThat(sizes).containsExactly(3);
  }

  @Test
  void an_argument_that_is_not_given_at_all_takes_the_default() {
    assertThat(app.phone().ask("query ($v: Int) { list(first: $v) }").data("/list/0").asText())
        .isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"x\"", "1.5", "true"})
  void a_variable_that_is_not_an_object_is_refused_without_words_of_java(String value) {
    Phone.Reply reply =
        app.phone()
            .send(
                "{\"query\": \"query ($v: Inner) { inner(input: $v) }\", \"variables\": {\"v\": %s}}"
                    .formatted(value));

    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(reply.message()).isEqualTo("Variable 'v' has an invalid value: Expected an object.");
  }

  @Test
  void a_variable_that_must_not_be_null_is_named() {
    assertThat(app.phone().ask("query ($v: Inner!) { inner(input: $v) }").message())
        .isEqualTo("Variable 'v' must not be null.");
  }
}
