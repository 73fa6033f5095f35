package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross-origin requests of web pages (CORS). */
final class CorsTest {

  private static final String ORIGIN = "https://app.example.com";

  private final Phone configured =
      LayoverBench.shared()
          .stranger(Map.of("CORS_ORIGINS", "https://other.example.com, " + ORIGIN));

  @Test
  void a_preflight_of_an_allowed_page_gets_the_allowed_headers() {
    Phone.Reply reply = configured.with("origin", ORIGIN).send("OPTIONS", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.bytes()).isZero();
    assertThat(reply.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(reply.header("access-control-allow-methods")).isEqualTo("POST");
    assertThat(reply.header("access-control-allow-headers"))
        .contains("authorization", "content-encoding", "apollographql-client-name");
    assertThat(reply.header("access-control-max-age")).isEqualTo("7200");
    assertThat(reply.header("vary")).contains("origin");
  }

  @Test
  void a_page_may_send_the_headers_of_apollos_clients_and_those_of_the_setting() {
    Phone.Reply usual = configured.with("origin", ORIGIN).send("OPTIONS", "");
    Phone.Reply more =
        LayoverBench.shared()
            .stranger(
                Map.of(
                    "CORS_ORIGINS",
                    ORIGIN,
                    "CORS_HEADERS",
                    "content-type, authorization, traceparent, sentry-trace, baggage"))
            .with("origin", ORIGIN)
            .send("OPTIONS", "");

    assertThat(usual.header("access-control-allow-headers").split(", "))
        .contains(
            "apollographql-client-name",
            "apollographql-client-version",
            "x-apollo-operation-id",
            "x-apollo-operation-name");
    assertThat(more.header("access-control-allow-headers"))
        .isEqualTo("content-type, authorization, traceparent, sentry-trace, baggage");
  }

  @Test
  void an_allowed_page_may_read_responses_and_errors() {
    for (String body : new String[] {"{\"query\": \"{ me { id } }\"}", "not JSON"}) {
      Phone.Reply reply = configured.with("origin", ORIGIN).send(body);
      assertThat(reply.header("access-control-allow-origin")).isEqualTo(ORIGIN);
      assertThat(reply.header("access-control-expose-headers")).isEqualTo("etag, retry-after");
      assertThat(reply.header("vary")).contains("origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "http://app.example.com",
        "null",
        "https://app.example.com.evil"
      })
  void a_page_of_another_origin_gets_no_allow_origin_header(String origin) {
    for (Phone phone : new Phone[] {configured, LayoverBench.stranger()}) {
      for (String method : new String[] {"OPTIONS", "POST"}) {
        Phone.Reply reply =
            phone.with("origin", origin).send(method, "{\"query\": \"{ me { id } }\"}");
        assertThat(reply.headers().has("access-control-allow-origin")).isFalse();
        assertThat(reply.header("vary")).contains("origin");
      }
    }
  }

  @Test
  void options_without_an_origin_lists_the_methods() {
    Phone.Reply reply = LayoverBench.stranger().send("OPTIONS", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("allow")).isEqualTo("POST, OPTIONS");
  }

  @Test
  void a_star_allows_every_page() {
    Phone.Reply reply =
        LayoverBench.shared()
            .stranger(Map.of("CORS_ORIGINS", "*"))
            .with("origin", ORIGIN)
            .send("OPTIONS", "");

    assertThat(reply.header("access-control-allow-origin")).isEqualTo(ORIGIN);
  }
}
