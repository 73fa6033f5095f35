package dev.screenful.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.aws.ScriptedServer;
import dev.screenful.connection.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as DynamoDB and broken networks speak it. */
final class ConnectionPoolTest {

  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";

  private static Response post(PooledTransport pool) throws IOException {
    return pool.post(
        Map.of("x-amz-target", "t"),
        "body".getBytes(StandardCharsets.UTF_8),
        Duration.ofSeconds(5));
  }

  private static String body(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void requests_share_a_connection() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK, OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThat(body(post(pool))).isEqualTo("hi");
      assertThat(body(post(pool))).isEqualTo("hi");

      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests().getFirst())
          .startsWith("POST / HTTP/1.1\r\n")
          .contains("x-amz-target: t\r\n", "content-length: 4\r\n")
          .endsWith("\r\n\r\nbody");
    }
  }

  @Test
  void idle_connections_are_dropped_on_demand() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK, OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());
      post(pool);

      pool.disconnect();
      post(pool);

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_trial_connects_without_a_request_and_keeps_no_connection() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      pool.tryConnection(Duration.ofSeconds(5));
      post(pool);

      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void a_chunked_response_is_read_and_its_connection_reused() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n3;x=y\r\n you\r\n0\r\n\r\n";
    try (ScriptedServer server = new ScriptedServer(chunked.replace("3;", "4;"), OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThat(body(post(pool))).isEqualTo("hi you");
      assertThat(body(post(pool))).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_response_without_a_length_ends_with_the_connection() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer("HTTP/1.1 200 OK\r\n\r\nhi" + ScriptedServer.CLOSE, OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThat(body(post(pool))).isEqualTo("hi");
      assertThat(body(post(pool))).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_the_server_announces_to_close_is_not_reused() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"), OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());
      post(pool);
      post(pool);

      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_the_server_closed_meanwhile_is_replaced() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK, OK)) {
      PooledTransport pool = new PooledTransport(server.endpoint());
      post(pool);
      server.disconnect();

      assertThat(body(post(pool))).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_new_connection_without_a_response_is_an_error() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThatThrownBy(() -> post(pool)).isInstanceOf(IOException.class);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 2000000000\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\ncontent-le",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi there",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7fffffff\r\nhi",
      })
  void a_malformed_or_truncated_response_is_an_error(String response) throws IOException {
    try (ScriptedServer server = new ScriptedServer(response + ScriptedServer.CLOSE)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThatThrownBy(() -> post(pool)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endless_headers_are_an_error() throws IOException {
    String header = "x-filler: " + "x".repeat(1000) + "\r\n";
    try (ScriptedServer server =
        new ScriptedServer("HTTP/1.1 200 OK\r\n" + header.repeat(100) + "\r\n")) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThatThrownBy(() -> post(pool)).hasMessageContaining("headers");
    }
  }

  @Test
  void a_silent_server_is_left_at_the_timeout() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG)) {
      PooledTransport pool = new PooledTransport(server.endpoint());

      assertThatThrownBy(() -> pool.post(Map.of(), new byte[0], Duration.ofMillis(50)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
