package dev.screenful.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Credentials of a Lambda function, with and without SnapStart. */
final class CredentialsTest {

  private static final Instant NOW = Instant.parse("2026-01-15T14:00:00Z");

  private Instant time = NOW;

  private static String response(String id, Duration validFor) {
    String json =
        "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"%s\",\"More\":{}}"
            .formatted(id, NOW.plus(validFor));
    return "HTTP/1.1 200 OK\r\ncontent-length: " + json.length() + "\r\n\r\n" + json;
  }

  private CredentialsSource source(ScriptedServer server) {
    return CredentialsSource.of(
        Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            server.endpoint().uri() + "/2021-06-01/credentials?x=y",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "the authorization"),
        () -> time);
  }

  @Test
  void the_environment_has_credentials() throws IOException {
    Map<String, String> environment =
        new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"));
    assertThat(CredentialsSource.of(environment, () -> NOW).get())
        .isEqualTo(new Credentials("id", "secret", null));

    environment.put("AWS_SESSION_TOKEN", "token");
    assertThat(CredentialsSource.of(environment, () -> NOW).get())
        .isEqualTo(new Credentials("id", "secret", "token"))
        .asString()
        .doesNotContain("secret", "token");
  }

  @Test
  void missing_credentials_are_reported() {
    assertThatThrownBy(() -> CredentialsSource.of(Map.of(), () -> NOW))
        .hasMessageContaining("AWS_ACCESS_KEY_ID");
  }

  @Test
  void the_containers_credentials_are_loaded_once_and_again_before_they_expire()
      throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            response("first", Duration.ofHours(1)), response("second", Duration.ofHours(7)))) {
      CredentialsSource source = source(server);

      assertThat(source.get().accessKeyId()).isEqualTo("first");
      time = NOW.plus(Duration.ofMinutes(54));
      assertThat(source.get().accessKeyId()).isEqualTo("first");
      time = NOW.plus(Duration.ofMinutes(56));
      assertThat(source.get().accessKeyId()).isEqualTo("second");
      assertThat(server.requests())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("GET /2021-06-01/credentials?x=y HTTP/1.1\r\n")
          .contains("authorization: the authorization\r\n");
    }
  }

  @Test
  void forgotten_credentials_are_loaded_again() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            response("first", Duration.ofHours(1)), response("second", Duration.ofHours(1)))) {
      CredentialsSource source = source(server);
      source.get();

      source.forget();

      assertThat(source.get().accessKeyId()).isEqualTo("second");
    }
  }

  @Test
  void old_credentials_are_used_while_the_endpoint_fails_until_they_expire() throws IOException {
    try (ScriptedServer server = new ScriptedServer(response("first", Duration.ofHours(1)))) {
      CredentialsSource source = source(server);
      source.get();

      time = NOW.plus(Duration.ofMinutes(59));
      assertThat(source.get().accessKeyId()).isEqualTo("first");
      time = NOW.plus(Duration.ofMinutes(61));
      assertThatThrownBy(source::get).isInstanceOf(IOException.class);
    }
  }

  @Test
  void credentials_without_a_field_or_with_a_malformed_time_are_an_error() throws IOException {
    String lacking = "{\"AccessKeyId\":\"a\",\"SecretAccessKey\":\"s\",\"Token\":\"t\"}";
    String malformed = lacking.replace("}", ",\"Expiration\":\"soon\"}");
    for (String json : new String[] {lacking, malformed, "nonsense", ""}) {
      try (ScriptedServer server =
          new ScriptedServer(
              "HTTP/1.1 200 OK\r\ncontent-length: " + json.length() + "\r\n\r\n" + json)) {
        CredentialsSource source = source(server);
        assertThatThrownBy(source::get).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void an_address_that_is_neither_local_nor_https_is_refused() {
    assertThatThrownBy(() ->
            CredentialsSource.of(
                Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/"), () -> NOW))
        .hasMessageContaining("https");
  }
}
