package dev.screenful.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Region and address from the environment variables that the AWS SDKs document. */
final class EndpointTest {

  @Test
  void the_region_determines_the_address() {
    assertThat(Endpoint.of("dynamodb", Map.of("AWS_REGION", "eu-central-1")).uri())
        .hasToString("https://dynamodb.eu-central-1.amazonaws.com");
    assertThat(Endpoint.of("dynamodb", Map.of("AWS_DEFAULT_REGION", "cn-north-1")).uri())
        .hasToString("https://dynamodb.cn-north-1.amazonaws.com.cn");
  }

  @Test
  void a_configured_address_wins_the_one_for_dynamodb_first() {
    Map<String, String> both =
        Map.of(
            "AWS_REGION", "r",
            "AWS_ENDPOINT_URL", "http://localhost:1",
            "AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:2");

    assertThat(Endpoint.of("dynamodb", both).host()).isEqualTo("localhost:2");
    assertThat(
            Endpoint.of("dynamodb", Map.of("AWS_REGION", "r", "AWS_ENDPOINT_URL", "https://h"))
                .host())
        .isEqualTo("h");
  }

  @Test
  void a_missing_region_is_named() {
    assertThatThrownBy(() -> Endpoint.of("dynamodb", Map.of())).hasMessageContaining("AWS_REGION");
  }
}
