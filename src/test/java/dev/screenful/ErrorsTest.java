package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Errors that clients see if a resolver fails, and the details that only the log contains. */
final class ErrorsTest {

  private static final String SDL =
      """
      type Query {
        secret: String @public(why: "test")
        refused: String @public(why: "test")
        fine: String @public(why: "test")
        echo(text: String!): String @public(why: "test")
        never: Never @public(why: "test")
        number: Int @public(why: "test")
        deep: String @public(why: "test")
        object: Thing @public(why: "test")
        named: Named @public(why: "test")
        notAnItem: Named @public(why: "test")
        closed: String
        staff: String @role(any: ["STAFF"])
      }
      type Thing implements Named { name: String }
      interface Named { name: String }
      type Never { never: String! }
      """;

  private final TinyApp app =
      new TinyApp(
          SDL,
          fields -> {
            fields.attributes("Thing", List.of("name"));
            fields.query(
                "secret",
                call -> {
                  throw new IllegalStateException("password=hunter2");
                });
            fields.query(
                "refused",
                call -> {
                  throw new ClientError("SOLD_OUT", "100% sold out.", Map.of("left", 0));
                });
            fields.query("fine", call -> "fine");
            fields.query(
                "echo",
                call -> {
                  throw new IllegalStateException(call.text("text"));
                });
            fields.typeOf(
                "Named",
                item -> {
                  throw new IllegalStateException("password=hunter3");
                });
            fields.query("named", call -> Item.of(new Key("a", "b"), Map.of()));
            fields.query("notAnItem", call -> Map.of("name", "x"));
            fields.query("never", call -> Map.of());
            fields.attributes("Never", List.of("never"));
            fields.query("number", call -> "not a number");
            fields.query("deep", call -> overflow(0));
            fields.query("object", call -> new Object());
            fields.query("closed", call -> "closed");
            fields.query("staff", call -> "staff");
          });

  private static String overflow(int depth) {
    return depth < 0 ? "" : depth + overflow(depth + 1);
  }

  @Test
  void an_unexpected_exception_is_masked_in_the_response_and_fully_logged_with_the_request_id() {
    Phone.Reply reply = app.phone().ask("{ secret fine }");

    assertThat(reply.code()).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR.name());
    assertThat(reply.body().toString()).doesNotContain("hunter2", "IllegalState");
    assertThat(reply.data("/fine").asText()).isEqualTo("fine");
    assertThat(app.log().lines().filter(line -> line.contains(reply.requestId())))
        .anyMatch(line ->
            line.contains("hunter2")
                && line.contains("ErrorsTest.java")
                && line.contains("/secret"));
  }

  @Test
  void input_of_a_client_can_not_forge_a_log_line() {
    app.phone()
        .ask(
            "query ($text: String!) { echo(text: $text) }",
            Map.of("text", "\n{\"event\":\"forged\"}\r\n"));

    assertThat(app.log().lines()).anyMatch(line -> line.contains("forged"));
    assertThat(app.log().lines()).allMatch(line -> line.startsWith("{\"level\":"));
  }

  @Test
  void a_client_error_is_returned_unmasked_and_not_logged() {
    Phone.Reply reply = app.phone().ask("{ refused }");

    assertThat(reply.code()).isEqualTo("SOLD_OUT");
    assertThat(reply.message()).isEqualTo("100% sold out.");
    assertThat(reply.body().at("/errors/0/extensions/left").asInt(7)).isZero();
    assertThat(app.log()).doesNotContain("sold out");
  }

  @Test
  void a_value_that_does_not_fit_the_schema_is_masked_and_logged() {
    for (String field : List.of("number", "object { name }", "never { never }")) {
      Phone.Reply reply = app.phone().ask("{ " + field + " }");
      assertThat(reply.code()).as(field).isEqualTo("INTERNAL_SERVER_ERROR");
      assertThat(reply.message()).as(field).startsWith("Internal error. Quote the request id");
      assertThat(
              app.log()
                  .lines()
                  .filter(line -> line.contains(reply.requestId()) && line.contains("\"failure\"")))
          .as(field)
          .isNotEmpty();
    }
  }

  @Test
  void a_stack_overflow_fails_only_its_field() {
    Phone.Reply reply = app.phone().ask("{ deep fine }");

    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(reply.data("/fine").asText()).isEqualTo("fine");
    assertThat(app.log()).contains("StackOverflowError");
  }

  @Test
  void a_root_field_requires_a_signed_in_caller_unless_it_is_public() {
    assertThat(app.phone().ask("{ closed }").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(app.phone().ask("{ staff }").code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void an_unresolved_type_fails_only_its_field() {
    Phone.Reply reply = app.phone().ask("{ fine named { name } notAnItem { name } }");

    assertThat(reply.data("/fine").asText()).isEqualTo("fine");
    assertThat(reply.data("/named").isNull()).isTrue();
    assertThat(reply.data("/notAnItem").isNull()).isTrue();
    assertThat(reply.body().get("errors")).hasSize(2);
    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(reply.body().toString()).doesNotContain("hunter3");
    assertThat(app.log()).contains("hunter3");
  }

  @Test
  void an_unknown_field_or_type_gets_the_name_that_was_probably_meant_if_the_function_is_open() {
    assertThat(app.phone().ask("{ fien }").message())
        .isEqualTo("Type 'Query' has no field 'fien'. Did you mean 'fine'?");
    assertThat(app.phone().ask("{ object { nam } }").message())
        .isEqualTo("Type 'Thing' has no field 'nam'. Did you mean 'name'?");
    assertThat(app.phone().ask("{ object { ... on Thign { name } } }").message())
        .isEqualTo("There is no type 'Thign'. Did you mean 'Thing'?");
    assertThat(app.phone().ask("{ completelyUnknown }").message())
        .isEqualTo("Type 'Query' has no field 'completelyUnknown'.");

    Phone closed =
        new TinyApp(
                "type Query { fine: String @public(why: \"test\") }",
                fields -> fields.query("fine", call -> "fine"),
                Map.of(),
                Map.of("SAFELIST", "known-screens"))
            .phone();
    assertThat(closed.ask("{ fien }").code()).isEqualTo("QUERY_NOT_IN_SAFELIST");
    assertThat(closed.ask("{ fien }").body().toString()).doesNotContain("fine");
  }
}
