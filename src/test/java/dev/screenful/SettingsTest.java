package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment variables of a function: what starts, and what stops the start. */
final class SettingsTest {

  private static final Map<String, String> REQUIRED =
      Map.of("LAMBDA_TASK_ROOT", "/var/task", "TABLE_NAME", "t", "CURSOR_SECRET", "s".repeat(32));

  private static Settings with(String variable, String value) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("CLIENT_IDS", "app");
    all.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318");
    all.put(variable, value);
    return Settings.of(all);
  }

  @Test
  void a_missing_variable_stops_the_start_by_name() {
    assertThat(Settings.of(REQUIRED).schemaFolder()).isEqualTo(Path.of("/var/task/schema"));
    for (String variable : REQUIRED.keySet()) {
      Map<String, String> others = new HashMap<>(REQUIRED);
      others.remove(variable);
      assertThatThrownBy(() -> Settings.of(others)).message().contains(variable);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "0123456789012345678901234567890",
        "{{resolve:secretsmanager:CursorSecret}}",
        "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:x}}"
      })
  void a_secret_that_is_short_or_a_reference_stops_the_start_by_name_and_never_by_value(
      String secret) {
    assertThatThrownBy(() -> with("CURSOR_SECRET", secret))
        .message()
        .contains("CURSOR_SECRET")
        .doesNotContain(secret);
  }

  @Test
  void a_second_secret_is_optional_and_as_long_as_the_first() {
    assertThat(with("OTHER_CURSOR_SECRET", "").execution().cursorSecrets()).hasSize(1);
    assertThat(with("OTHER_CURSOR_SECRET", "o".repeat(32)).execution().cursorSecrets())
        .containsExactly("s".repeat(32), "o".repeat(32));
    assertThatThrownBy(() -> with("OTHER_CURSOR_SECRET", "short"))
        .message()
        .contains("OTHER_CURSOR_SECRET");
  }

  @Test
  void the_secret_is_not_part_of_the_settings_as_text() {
    assertThat(Settings.of(REQUIRED).toString()).doesNotContain("sss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TABLE_NAME", "ISSUER", "CLIENT_IDS", "CORS_ORIGINS", "ONCE_DAYS"})
  void a_reference_that_was_not_resolved_stops_the_start_by_name(String variable) {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("ISSUER", "https://issuer.example");
    all.put("CLIENT_IDS", "app");
    all.put(variable, "{{resolve:ssm:/app/setting}}");

    assertThatThrownBy(() -> Settings.of(all))
        .message()
        .startsWith(variable + " is a reference that was not resolved");
  }

  @ParameterizedTest
  @CsvSource({
    "ISSUER, issuer.example",
    "ISSUER, ' https://issuer.example'",
    "ISSUER, http://issuer.example",
    "ISSUER, https://issuer.example/.well-known/openid-configuration",
    "ISSUER, https://issuer.example?policy=1",
    "CORS_ORIGINS, https://app.example/",
    "CORS_ORIGINS, 'https://app.example,https://other.example/app'",
    "CORS_ORIGINS, app.example",
    "CORS_ORIGINS, https://App.example",
    "CORS_ORIGINS, https://app.example:443",
    "CORS_ORIGINS, http://app.example:80",
    "CORS_ORIGINS, https://app.example:",
    "CORS_ORIGINS, https://*.app.example",
    "CORS_ORIGINS, https://user@app.example",
    "CORS_ORIGINS, https://app.example?a",
    "CORS_ORIGINS, null",
    "CORS_HEADERS, authorization",
    "CORS_HEADERS, 'content-type,sentry trace'",
    "CORS_HEADERS, 'content-type,bäggage'",
    "BATCH_LIMIT, 11",
    "ONCE_DAYS, seven",
    "ONCE_DAYS, 0",
    "ONCE_DAYS, 3651",
    "WRITES_PER_MINUTE, 0",
    "WRITES_PER_MINUTE, 60000001",
    "TABLE_NAME, ''",
    "TABLE_NAME, my table",
    "METRICS_NAMESPACE, AWS/Mine",
    "METRICS_NAMESPACE, 'über'",
    "SAFELIST, closed",
    "PERSISTED_QUERIES, true",
    "OTEL_EXPORTER_OTLP_ENDPOINT, localhost:4318",
    "OTEL_EXPORTER_OTLP_ENDPOINT, 'http://local host:4318'",
    "OTEL_EXPORTER_OTLP_ENDPOINT, http://:4318",
    "OTEL_EXPORTER_OTLP_ENDPOINT, grpc://localhost:4317",
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://user:password@collector.example",
    "OTEL_EXPORTER_OTLP_ENDPOINT, https://collector.example?key=1",
    "OTEL_EXPORTER_OTLP_TIMEOUT, 0",
    "OTEL_EXPORTER_OTLP_TIMEOUT, 10001",
    "OTEL_EXPORTER_OTLP_TIMEOUT, 1s",
    "OTEL_TRACES_SAMPLER, always_on",
    "OTEL_TRACES_SAMPLER_ARG, 1.1",
    "OTEL_TRACES_SAMPLER_ARG, -0.1",
    "OTEL_TRACES_SAMPLER_ARG, NaN",
    "OTEL_TRACES_SAMPLER_ARG, '10%'",
  })
  void an_invalid_value_stops_the_start_by_name(String variable, String value) {
    assertThatThrownBy(() -> with(variable, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://app.example",
        "http://localhost:8081",
        "http://127.0.0.1:5173",
        "http://[::1]:3000",
        "capacitor://localhost",
        "https://none.invalid",
        " https://a.example , https://b.example "
      })
  void origins_as_browsers_send_them_are_accepted(String origins) {
    assertThat(with("CORS_ORIGINS", origins).http().corsOrigins()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:4318, http://localhost:4318/v1/traces",
    "https://collector.example/, https://collector.example/v1/traces",
    "https://collector.example/a/b, https://collector.example/a/b/v1/traces",
  })
  void traces_have_a_path_below_the_base_url_of_the_collector(String endpoint, String traces) {
    assertThat(with("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint).tracing().orElseThrow().traces())
        .hasToString(traces);
  }
}
