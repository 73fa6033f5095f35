package dev.screenful.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.aws.ScriptedServer;
import dev.screenful.kit.TestBench;
import dev.screenful.store.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of {@code @connections}, as API Gateway answers them and as broken networks do. */
final class GatewayConnectionsTest {

  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
  private static final byte[] MESSAGE = "{}".getBytes(StandardCharsets.UTF_8);

  private static String status(int code) {
    return "HTTP/1.1 %d Any\r\ncontent-length: 0\r\n\r\n".formatted(code);
  }

  private static Connections connections(String url) {
    return Connections.of(
        Map.of(
            "CONNECTIONS_URL", url,
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"),
        TestBench.CLOCK);
  }

  private static boolean send(ScriptedServer server) throws IOException {
    return connections(server.endpoint().uri() + "/stage")
        .send("L0SM9cOFvHcCIhw=", MESSAGE, Deadline.in(Duration.ofSeconds(10)));
  }

  @Test
  void a_message_is_posted_with_a_signature() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK)) {
      assertThat(send(server)).isTrue();

      assertThat(server.requests().getFirst())
          .startsWith("POST /stage/@connections/L0SM9cOFvHcCIhw%3D HTTP/1.1\r\n")
          .contains("authorization: AWS4-HMAC-SHA256 Credential=id/", "/execute-api/aws4_request")
          .endsWith("\r\n\r\n{}");
    }
  }

  @Test
  void a_connection_that_is_gone_is_no_failure() throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(410))) {
      assertThat(send(server)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void a_call_that_is_throttled_or_fails_is_repeated(int code) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(code), status(code), OK)) {
      assertThat(send(server)).isTrue();
      assertThat(server.requests()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void a_call_that_is_refused_is_not_repeated(int code) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(code))) {
      assertThatThrownBy(() -> send(server))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("status " + code, "execute-api:ManageConnections");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "https://api.example/stage/",
        "https://api.example/stage?a=b",
        "http://api.example/stage",
        "wss://api.example/stage",
        "https:// api",
      })
  void a_url_that_can_not_be_right_stops_the_start(String url) {
    assertThatThrownBy(() -> connections(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CONNECTIONS_URL");
  }
}
