package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code @defer}: deferred parts are in the one complete response. */
final class DeferTest {

  private static final String FLIGHT = "flight(id: \"Flight:PQ142-2026-01-17\")";

  private final Phone phone = LayoverBench.stranger();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ %s { number ... @defer { origin { city } } } }",
        "{ %s { number ... @defer(label: \"later\") { origin { city } } } }",
        "{ %s { number ... @defer(if: false) { origin { city } } } }",
        "{ %s { number ... on Flight @defer { origin { city } } } }",
        "{ %s { number ...Rest @defer } } fragment Rest on Flight { origin { city } }",
        "{ ... @defer { %s { number origin { city } } } }",
      })
  void a_deferred_part_is_in_the_one_complete_response(String document) {
    Phone.Reply reply =
        phone
            .with(
                "accept",
                "multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json")
            .ask(document.formatted(FLIGHT));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type"))
        .isEqualTo("application/graphql-response+json; charset=utf-8");
    assertThat(reply.body().toString())
        .isEqualTo(
            "{\"data\":{\"flight\":{\"number\":\"PQ 142\",\"origin\":{\"city\":\"Dallas-Fort Worth\"}}}}");
  }

  @Test
  void a_client_that_accepts_only_multipart_gets_406() {
    Phone.Reply reply =
        phone
            .with("accept", "multipart/mixed;deferSpec=20220824")
            .ask("{ %s { number ... @defer { gate } } }".formatted(FLIGHT));

    assertThat(reply.status()).isEqualTo(406);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ %s { number @defer } }",
        "query @defer { %s { number } }",
        "{ %s { ... @defer(label: 7) { number } } }",
        "{ %s { ... @defer(when: true) { number } } }",
      })
  void a_misplaced_or_invalid_defer_is_refused(String document) {
    assertThat(phone.ask(document.formatted(FLIGHT)).code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
  }
}
