package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.layover.local.LiveServer;
import dev.layover.local.LiveWire;
import dev.screenful.kit.Phone;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.TestBench;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client must not get by a socket of the development server, and what it can't break. */
@Timeout(300)
final class LiveIT {

  private static final String FLIGHT = "Flight:RQ204-2026-01-18";
  private static final String INIT = "{\"type\":\"connection_init\"}";
  private static final String ACK = "{\"type\":\"connection_ack\"}";

  private static String subscribe(String id, String document) {
    Map<String, Object> payload = Map.of("query", document, "variables", Map.of("id", FLIGHT));
    return Phone.json(Map.of("id", id, "type", "subscribe", "payload", payload));
  }

  private static String subscribe(String id) {
    return subscribe(id, LiveServer.screen("FlightLive"));
  }

  private static LiveWire initialised(LiveServer server) throws InterruptedException {
    LiveWire wire = new LiveWire(server).send(INIT);
    assertThat(wire.message()).isEqualTo(ACK);
    return wire;
  }

  private static void assertServes(LiveServer server) throws InterruptedException {
    try (LiveWire wire = initialised(server).send(subscribe("1"))) {
      assertThat(wire.message()).contains(FLIGHT);
    }
  }

  @Test
  void a_handshake_without_the_protocol_is_refused() throws IOException {
    try (LiveServer server = new LiveServer()) {
      for (String[] offered : new String[][] {{}, {"graphql-ws"}}) {
        assertThatThrownBy(() -> new LiveWire(server, offered))
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOfSatisfying(
                WebSocketHandshakeException.class,
                refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
      }
    }
  }

  @Test
  void large_and_binary_messages_end_the_connection_and_only_that()
      throws IOException, InterruptedException {
    try (LiveServer server = new LiveServer()) {
      LiveWire large = initialised(server);
      String part = "x".repeat(30_000);
      for (int sent = 0; sent < 35; sent++) { // 1 MB
        large.sendPart(part, sent == 34);
      }
      assertThat(large.closed()).isEqualTo(1009);

      LiveWire oneFrame = initialised(server);
      oneFrame.sendPart("x".repeat(1_000_000), true);
      assertThat(oneFrame.closed()).isEqualTo(1009);

      LiveWire binary = initialised(server);
      binary.sendBinary(ByteBuffer.wrap(INIT.getBytes(StandardCharsets.UTF_8)));
      assertThat(binary.closed()).isEqualTo(1003);

      assertServes(server);
    }
  }

  @Test
  void a_flood_of_subscriptions_on_a_connection_runs_fifty()
      throws IOException, InterruptedException {
    int count = Integer.getInteger("live.flood", 1_000);
    try (LiveServer server = new LiveServer();
        LiveWire wire = initialised(server)) {
      for (int id = 0; id < count; id++) {
        wire.send(subscribe(Integer.toString(id)));
      }
      int answered = 0;
      int refused = 0;
      for (int message = 0; message < count; message++) {
        String received = wire.message();
        answered += received.contains("\"type\":\"next\"") ? 1 : 0;
        refused += received.contains("A connection may have 50 subscriptions.") ? 1 : 0;
      }
      assertThat(answered).isEqualTo(50);
      assertThat(refused).isEqualTo(count - 50);

      assertServes(server);
      server.delay(FLIGHT, 71);
      for (int id = 0; id < 50; id++) {
        assertThat(wire.message()).contains("\"delayMinutes\":71");
      }
    }
  }

  /** The gateway names the connection, so nothing that a client sends can name another one. */
  @Test
  void the_connection_of_somebody_else_can_not_be_used() throws IOException, InterruptedException {
    try (LiveServer server = new LiveServer();
        LiveWire victim = initialised(server).send(subscribe("1"));
        LiveWire thief = initialised(server)) {
      assertThat(victim.message()).contains(FLIGHT);
      String connection =
          LiveServer.subscriptions().stream()
              .filter(key -> key.startsWith("LIVE#SOCKET#"))
              .map(key -> key.substring("LIVE#SOCKET#".length(), key.indexOf(' ')))
              .reduce((earlier, last) -> last)
              .orElseThrow();
      Map<String, String> context = Map.of("connectionId", connection);
      thief.send(
          Phone.json(
              Map.of(
                  "type", "complete",
                  "id", "1",
                  "connectionId", connection,
                  "requestContext", context,
                  "payload", context)));
      thief.send(
          Phone.json(
              Map.of("type", "complete", "id", connection + "#1", "requestContext", context)));
      thief.send("{\"type\":\"ping\"}");
      assertThat(thief.message()).isEqualTo("{\"type\":\"pong\"}");

      assertThat(server.unsigned("POST", "/local/@connections/" + connection)).isEqualTo(403);
      assertThat(server.unsigned("DELETE", "/local/@connections/" + connection)).isEqualTo(403);
      server.delay(FLIGHT, 72);
      assertThat(victim.message()).contains("\"delayMinutes\":72");
    }
  }

  @Test
  void a_document_that_is_no_screen_is_refused_by_a_closed_function()
      throws IOException, InterruptedException {
    try (LiveServer server = new LiveServer(Map.of("SAFELIST", "known-screens"), TestBench.CLOCK);
        LiveWire wire = initialised(server)) {
      wire.send(subscribe("1", "subscription($id: ID!) { flight(id: $id) { aircraft } }"));
      assertThat(wire.message()).contains("\"error\"", "QUERY_NOT_IN_SAFELIST");
      wire.send(subscribe("2", "{ me { id } }"));
      assertThat(wire.message()).contains("\"error\"", "QUERY_NOT_IN_SAFELIST");
      wire.send(subscribe("3"));
      assertThat(wire.message()).contains("\"next\"", FLIGHT);
    }
  }

  @Test
  void a_connection_without_connection_init_gets_nothing_and_ends_when_it_asks()
      throws IOException, InterruptedException {
    SettableClock clock = new SettableClock();
    try (LiveServer server = new LiveServer(Map.of(), clock);
        LiveWire hasty = new LiveWire(server).send(subscribe("1"));
        LiveWire late = new LiveWire(server)) {
      assertThat(hasty.closed()).isEqualTo(1000);
      assertThat(hasty.received()).isZero();

      clock.advance(Duration.ofSeconds(11));
      late.send(INIT);
      assertThat(late.closed()).isEqualTo(1000);
      assertThat(late.received()).isZero();
    }
  }
}
