package dev.screenful.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.aws.Endpoint;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.identity.IssuerUnavailable;
import dev.screenful.kit.Attack;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.TestBench;
import dev.screenful.kit.TokenForge;
import dev.screenful.local.LocalDynamo;
import dev.screenful.notes.NotesBench;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol {@code graphql-transport-ws}, by the events of API Gateway. */
final class LiveSocketTest {

  private static final String NOTEBOOK =
      "subscription($code: ID!) { notebook(code: $code) { code title } }";
  private static final Map<String, String> A1 = Map.of("code", "A1");

  private final TestBench bench = NotesBench.shared();
  private final Sockets sockets = bench.sockets();

  @Test
  void a_connection_is_acknowledged_and_the_first_answer_is_the_current_state() {
    Sockets.Socket socket = sockets.initialised().subscribe("1", NOTEBOOK, A1);

    assertThat(socket.types()).containsExactly("connection_ack", "next 1");
    assertThat(socket.last("1").at("/data/notebook/title").asText()).isEqualTo("Apples and pears");
  }

  @Test
  void a_client_without_the_protocol_is_refused() {
    Sockets.Socket socket = sockets.connect();

    assertThat(socket.event("CONNECT", null, Map.of()).path("statusCode").asInt()).isEqualTo(400);
    JsonNode other = socket.event("CONNECT", null, Map.of("Sec-WebSocket-Protocol", "graphql-ws"));
    assertThat(other.path("statusCode").asInt()).isEqualTo(400);
  }

  @Test
  void an_operation_before_connection_init_ends_the_connection() {
    Sockets.Socket socket = sockets.connect().subscribe("1", NOTEBOOK, A1);

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.received()).isEmpty();
  }

  @Test
  void a_second_connection_init_ends_the_connection() {
    Sockets.Socket socket = sockets.initialised().send("{\"type\":\"connection_init\"}");

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void a_late_connection_init_ends_the_connection() {
    SettableClock clock = new SettableClock();
    Sockets.Socket socket = bench.trustingSockets(bench.table().client(), clock).connect();
    clock.advance(Duration.ofSeconds(11));

    socket.send("{\"type\":\"connection_init\"}");

    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.received()).isEmpty();
  }

  @Test
  void a_message_of_a_connection_that_never_connected_ends_it() {
    Sockets.Socket socket = sockets.unknown();

    socket.send("{\"type\":\"connection_init\"}");
    assertThat(socket.isOpen()).isFalse();
    assertThat(socket.received()).isEmpty();

    Sockets.Socket other = sockets.unknown().subscribe("1", NOTEBOOK, A1);
    assertThat(other.isOpen()).isFalse();
    assertThat(other.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"type\": 1}",
        "{\"type\":\"start\",\"id\":\"1\"}",
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"subscribe\",\"id\":\"\"}",
        "{\"type\":\"complete\",\"id\":7}",
      })
  void a_message_of_no_known_kind_ends_the_connection(String message) {
    Sockets.Socket socket = sockets.initialised().send(message);

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void an_id_that_is_too_long_ends_the_connection() {
    Sockets.Socket socket = sockets.initialised().subscribe("1".repeat(129), NOTEBOOK, A1);

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void a_ping_is_answered_with_its_payload() {
    Sockets.Socket socket =
        sockets
            .connect()
            .send("{\"type\":\"ping\",\"payload\":{\"sent\":1}}")
            .send("{\"type\":\"pong\"}");

    assertThat(socket.types()).containsExactly("pong");
    assertThat(socket.received().getFirst().at("/payload/sent").asInt()).isEqualTo(1);
  }

  @Test
  void an_id_in_use_ends_the_connection() {
    Sockets.Socket socket =
        sockets.initialised().subscribe("1", NOTEBOOK, A1).subscribe("1", NOTEBOOK, A1);

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void an_id_can_be_used_again_after_its_operation() {
    Sockets.Socket socket =
        sockets
            .initialised()
            .subscribe("1", NOTEBOOK, A1)
            .complete("1")
            .subscribe("1", NOTEBOOK, Map.of("code", "A2"));

    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.last("1").at("/data/notebook/title").asText()).isEqualTo("Bread");
  }

  @Test
  void a_complete_that_overtakes_its_subscribe_ends_it() {
    Sockets.Socket socket = sockets.initialised().complete("1").subscribe("1", NOTEBOOK, A1);

    assertThat(socket.types()).containsExactly("connection_ack");
    assertThat(socket.subscribe("1", NOTEBOOK, A1).types())
        .containsExactly("connection_ack", "next 1");
  }

  @Test
  void a_connection_has_fifty_subscriptions_at_most() {
    Sockets.Socket socket = sockets.initialised();
    for (int id = 1; id <= 50; id++) {
      socket.subscribe(Integer.toString(id), NOTEBOOK, A1);
    }

    socket.subscribe("51", NOTEBOOK, A1);
    assertThat(socket.types().getLast()).isEqualTo("error 51");
    assertThat(socket.last("51").at("/0/message").asText())
        .isEqualTo("A connection may have 50 subscriptions.");

    socket.complete("7").subscribe("52", NOTEBOOK, A1);
    assertThat(socket.types().getLast()).isEqualTo("next 52");
  }

  @Test
  void queries_and_mutations_are_answered_and_completed() {
    TestBench own = bench.fresh();
    Sockets.Socket socket =
        own.sockets()
            .initialised(own.tokens().token("reader-2"))
            .subscribe("q", "{ me { id } }", Map.of())
            .subscribe(
                "m",
                "mutation { writeNote(input: {requestId: \"%s\", notebookId: \"Notebook:A1\", text: \"Hm.\"}) { note { text } } }"
                    .formatted("00000000-0000-4000-8000-000000000001"),
                Map.of());

    assertThat(socket.types())
        .containsExactly("connection_ack", "next q", "complete q", "next m", "complete m");
    assertThat(socket.received("q").getFirst().at("/payload/data/me/id").asText())
        .isEqualTo("reader-2");
    assertThat(socket.received("m").getFirst().at("/payload/data/writeNote/note/text").asText())
        .isEqualTo("Hm.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscription { nothing }", "subscription {", "{ nothing }"})
  void an_operation_that_can_not_run_gets_errors(String document) {
    Sockets.Socket socket = sockets.initialised().subscribe("1", document, Map.of());

    assertThat(socket.types()).containsExactly("connection_ack", "error 1");
    assertThat(socket.last("1").at("/0/extensions/code").asText()).startsWith("GRAPHQL_");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void a_payload_that_is_no_request_gets_an_error() {
    Sockets.Socket socket =
        sockets
            .initialised()
            .send("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":1}}");

    assertThat(socket.last("1").at("/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void a_field_that_is_not_public_needs_a_caller() {
    String note = "subscription { note(id: \"Note:A1.reader-1\") { text } }";
    Sockets.Socket stranger = sockets.initialised().subscribe("1", note, Map.of());
    Sockets.Socket other =
        sockets.initialised(bench.tokens().token("reader-2")).subscribe("1", note, Map.of());
    Sockets.Socket owner =
        sockets.initialised(bench.tokens().token("reader-1")).subscribe("1", note, Map.of());

    assertThat(stranger.last("1").at("/errors/0/extensions/code").asText())
        .isEqualTo("UNAUTHENTICATED");
    assertThat(other.last("1").toString()).doesNotContain("cinnamon");
    assertThat(owner.last("1").at("/data/note/text").asText()).isEqualTo("More cinnamon.");
  }

  @Test
  void an_invalid_token_is_the_error_of_the_first_operation_and_the_end() {
    Sockets.Socket socket = sockets.initialised("nonsense").subscribe("1", NOTEBOOK, A1);

    assertThat(socket.types()).containsExactly("connection_ack", "error 1");
    assertThat(socket.last("1").at("/0/extensions/code").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void a_token_for_another_app_is_invalid() {
    TokenForge forge = new TokenForge(TestBench.CLOCK);
    Sockets own = bench.sockets(forge.verifier(), bench.table().client(), TestBench.CLOCK);
    Map<String, Object> claims = Map.of("sub", "reader-1", "aud", "another app");
    Attack.Part step = new Attack.Part(Map.of("token", Map.of("claims", claims)));
    String foreign = forge.token(step).orElseThrow();

    Sockets.Socket socket = own.initialised(foreign).subscribe("1", NOTEBOOK, A1);

    assertThat(own.initialised(forge.token("reader-1")).subscribe("1", NOTEBOOK, A1).types())
        .contains("next 1");
    assertThat(socket.types()).containsExactly("connection_ack", "error 1");
    assertThat(socket.last("1").at("/0/extensions/code").asText()).isEqualTo("UNAUTHENTICATED");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void a_token_that_can_not_be_verified_is_an_error_that_allows_another_attempt() {
    Sockets.Socket socket =
        bench
            .sockets(
                (token, timeout) -> {
                  throw new IssuerUnavailable(new IOException("no route"));
                },
                bench.table().client(),
                TestBench.CLOCK)
            .initialised("any")
            .subscribe("1", NOTEBOOK, A1);

    assertThat(socket.types()).containsExactly("connection_ack", "error 1");
    assertThat(socket.last("1").at("/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void a_table_that_fails_is_an_error_of_the_operation_that_allows_another_attempt() {
    Endpoint endpoint = new Endpoint(TestBench.engine(), "us-east-1");
    Transport engine = new PooledTransport(endpoint);
    Transport failing =
        (headers, body, timeout) -> {
          if (String.valueOf(headers.get("x-amz-target")).endsWith("TransactWriteItems")) {
            throw new IOException("connection reset");
          }
          return engine.post(headers, body, timeout);
        };

    Sockets.Socket socket =
        bench
            .trustingSockets(LocalDynamo.client(endpoint, failing), TestBench.CLOCK)
            .initialised()
            .subscribe("1", NOTEBOOK, A1);

    assertThat(socket.types()).containsExactly("connection_ack", "error 1");
    assertThat(socket.last("1").at("/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void the_token_may_be_among_headers_of_the_payload() {
    Sockets.Socket socket =
        sockets
            .connect()
            .send(
                "{\"type\":\"connection_init\",\"payload\":{\"headers\":{\"Authorization\":\"Bearer %s\"}}}"
                    .formatted(bench.tokens().token("reader-1")))
            .subscribe("1", "subscription { me { id } }", Map.of());

    assertThat(socket.last("1").at("/data/me/id").asText()).isEqualTo("reader-1");
  }

  @Test
  void a_subscription_over_http_gets_an_error_that_names_the_protocol() {
    assertThat(bench.stranger().ask("subscription { notebook(code: \"A1\") { code } }").message())
        .contains(Sockets.PROTOCOL);
  }

  @Test
  void what_is_left_of_a_connection_that_ends_is_nothing() {
    TestBench own = bench.fresh();
    Sockets.Socket socket =
        own.sockets().initialised().subscribe("1", NOTEBOOK, A1).subscribe("2", NOTEBOOK, A1);

    socket.leave();

    assertThat(LiveItems.of(own.table())).noneMatch(key -> key.contains(socket.id()));
    assertThat(List.copyOf(socket.types())).containsExactly("connection_ack", "next 1", "next 2");
  }
}
