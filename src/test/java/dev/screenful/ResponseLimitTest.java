package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Responses that Lambda would refuse to return. */
final class ResponseLimitTest {

  private final TinyApp app =
      new TinyApp(
          """
          type Query {
            text(length: Int!, of: String!): String @public(why: "test")
          }
          """,
          fields ->
              fields.query(
                  "text",
                  call ->
                      call.text("of")
                          .repeat(call.arguments().optionalInteger("length").orElseThrow())),
          Map.of(),
          Map.of("BATCH_LIMIT", "10"));

  private Phone.Reply text(int length, String of) {
    return app.phone().ask("query Big { text(length: %d, of: \"%s\") }".formatted(length, of));
  }

  @Test
  void a_response_that_is_too_large_for_lambda_is_an_error_with_its_size_in_the_log() {
    assertThat(text(5_400_000, "x").code()).isEqualTo("no error");

    Phone.Reply reply = text(5_600_000, "x");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).isEqualTo("RESPONSE_TOO_LARGE");
    assertThat(reply.body().get("data").isNull()).isTrue();
    assertThat(reply.bytes()).isLessThan(500);
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
    assertThat(app.log().lines())
        .anyMatch(line ->
            line.contains("responseTooLarge")
                && line.contains(reply.requestId())
                && line.contains("\"operation\":\"Big\"")
                && line.contains("\"bytes\":56000"));
  }

  @Test
  void quotes_count_as_the_event_escapes_them() {
    assertThat(text(1_300_000, "\\\"").code()).isEqualTo("no error");
    assertThat(text(1_400_000, "\\\"").code()).isEqualTo("RESPONSE_TOO_LARGE");
  }

  @Test
  void the_entries_of_a_batch_that_do_not_fit_are_errors_and_the_others_arrive() {
    String large = "{\"query\": \"{ text(length: 2000000, of: \\\"x\\\") }\"}";
    String small = "{\"query\": \"{ text(length: 1, of: \\\"x\\\") }\"}";

    Phone.Reply reply = app.phone().send("[%s, %s, %s, %s]".formatted(large, large, large, small));

    assertThat(reply.body()).hasSize(4);
    assertThat(reply.body().at("/1/data/text").asText()).hasSize(2_000_000);
    assertThat(reply.body().at("/2/errors/0/extensions/code").asText())
        .isEqualTo("RESPONSE_TOO_LARGE");
    assertThat(reply.body().at("/3/data/text").asText()).isEqualTo("x");
  }
}
