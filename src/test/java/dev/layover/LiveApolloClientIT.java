package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LiveNodeApp;
import dev.layover.local.LiveServer;
import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Apollo Client 4 with {@code graphql-ws} on Node, with the link of {@code docs/live.md}, over
 * sockets against the development server.
 */
@Timeout(120)
final class LiveApolloClientIT {

  private static final String FLIGHT = "Flight:RQ204-2026-01-18";
  private static final String OTHER = "Flight:PQ142-2026-01-17";
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private LiveServer server;

  @BeforeEach
  void start() throws IOException {
    RequiredTools.needNode();
    server = new LiveServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private LiveNodeApp stranger() throws IOException {
    return new LiveNodeApp(server.endpoint(), null);
  }

  private LiveNodeApp appOf(String traveller) throws IOException {
    return new LiveNodeApp(server.endpoint(), LiveServer.token(traveller));
  }

  private static void showFlight(LiveNodeApp app, String as, String flight) throws IOException {
    app.show(as, "FlightLive", Map.of("id", flight));
  }

  private static int delay(JsonNode event) {
    return event.at("/data/flight/delayMinutes").asInt(-1);
  }

  @Test
  void the_link_of_the_documentation_shows_each_change_to_anyone()
      throws IOException, InterruptedException {
    server.delay(FLIGHT, 10);
    try (LiveNodeApp app = stranger()) {
      showFlight(app, "flight", FLIGHT);

      assertThat(app.next("typeErrors").get("typeErrors")).isEmpty();
      assertThat(delay(app.next("flight"))).isEqualTo(10);
      server.delay(FLIGHT, 25);
      assertThat(delay(app.next("flight"))).isEqualTo(25);
      assertThat(app.lines("connection_init").getFirst()).doesNotContain("authorization");
    }
  }

  @Test
  void a_mutation_of_one_traveller_changes_the_screen_of_the_same_traveller_elsewhere()
      throws IOException, InterruptedException {
    Map<String, String> seat = Map.of("flightId", "Flight:CQ150-2026-01-18", "seat", "11C");
    try (LiveNodeApp phone = appOf("traveller-2");
        LiveNodeApp tablet = appOf("traveller-2");
        LiveNodeApp other = appOf("traveller-1")) {
      phone.show("trips", "MyTripsLive", Map.of());
      other.show("trips", "MyTripsLive", Map.of());
      assertThat(phone.next("trips").toString()).doesNotContain("11C");
      assertThat(other.next("trips").at("/data/me/id").asText()).isEqualTo("traveller-1");

      tablet.command("mutate", Map.of("as", "book", "screen", "BookSeat", "variables", seat));

      assertThat(tablet.next("book").at("/data/bookSeat/booking/seat").asText()).isEqualTo("11C");
      assertThat(phone.next("trips").toString()).contains("11C");
      assertThat(other.next("trips", SILENCE)).isNull();
    }
  }

  @Test
  void a_live_answer_changes_the_cached_object_of_other_screens()
      throws IOException, InterruptedException {
    server.delay(OTHER, 5);
    try (LiveNodeApp app = stranger()) {
      app.command(
          "watch",
          Map.of("as", "detail", "screen", "FlightDetail", "variables", Map.of("id", OTHER)));
      assertThat(delay(app.next("detail"))).isEqualTo(5);
      showFlight(app, "flight", OTHER);
      assertThat(delay(app.next("flight"))).isEqualTo(5);

      server.delay(OTHER, 45);

      assertThat(delay(app.next("detail"))).isEqualTo(45);
    }
  }

  @Test
  void two_screens_share_a_socket_and_a_hidden_one_gets_nothing_more()
      throws IOException, InterruptedException {
    List<String> before = LiveServer.subscriptions();
    try (LiveNodeApp app = stranger()) {
      showFlight(app, "one", FLIGHT);
      showFlight(app, "two", OTHER);
      app.next("one");
      app.next("two");
      assertThat(app.lines("\"socket\":\"open\"")).hasSize(1);
      assertThat(LiveServer.subscriptions()).hasSize(before.size() + 4);

      app.command("hide", Map.of("as", "one"));
      while (!app.next("sent").at("/sent/type").asText().equals("complete")) {
        // the messages before
      }
      assertThat(eventually(() -> LiveServer.subscriptions().size() == before.size() + 2)).isTrue();
      int received = app.lines("\"received\"").size();
      server.delay(FLIGHT, 31);
      server.delay(OTHER, 32);

      assertThat(delay(app.next("two"))).isEqualTo(32);
      assertThat(app.next("one", SILENCE)).isNull();
      assertThat(app.lines("\"received\"")).hasSize(received + 1);
      app.command("hide", Map.of("as", "two"));
      assertThat(app.next("socket").get("socket").asText()).isEqualTo("open");
      assertThat(app.next("socket").get("code").asInt()).isEqualTo(1000);
    }
    assertThat(eventually(() -> LiveServer.subscriptions().size() == before.size())).isTrue();
  }

  private static boolean eventually(BooleanSupplier condition) throws InterruptedException {
    for (int attempt = 0; attempt < 100 && !condition.getAsBoolean(); attempt++) {
      Thread.sleep(100);
    }
    return condition.getAsBoolean();
  }

  @Test
  void an_invalid_token_is_one_error_of_each_screen_and_no_loop()
      throws IOException, InterruptedException {
    try (LiveNodeApp app = new LiveNodeApp(server.endpoint(), "nonsense")) {
      showFlight(app, "one", FLIGHT);
      assertThat(app.next("one").get("error").asText()).isEqualTo("UNAUTHENTICATED");
      assertThat(app.next("socket").get("socket").asText()).isEqualTo("open");
      assertThat(app.next("socket").get("code").asInt()).isEqualTo(1000);

      showFlight(app, "two", FLIGHT);
      showFlight(app, "three", OTHER);
      assertThat(app.next("two").get("error").asText()).isEqualTo("UNAUTHENTICATED");
      assertThat(app.next("three").get("error").asText()).isEqualTo("UNAUTHENTICATED");

      Thread.sleep(SILENCE);
      assertThat(app.lines("\"error\":\"")).hasSize(3);
      assertThat(app.lines("\"socket\":\"open\"")).hasSizeBetween(2, 3);
      assertThat(app.lines("\"type\":\"error\"")).hasSize(3);
    }
  }

  @Test
  void errors_of_a_field_and_of_a_document() throws IOException, InterruptedException {
    try (LiveNodeApp app = stranger()) {
      showFlight(app, "none", "Flight:none");
      assertThat(app.next("none").get("error").asText()).isEqualTo("NOT_FOUND");
      app.command("show", Map.of("as", "wrong", "text", "subscription { nothing }"));
      assertThat(app.next("wrong").get("error").asText()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
      app.show("trips", "MyTripsLive", Map.of());
      assertThat(app.next("trips").at("/data/me").isNull()).isTrue();
    }
  }

  @Test
  void an_app_connects_again_when_the_server_has_come_back_and_misses_nothing()
      throws IOException, InterruptedException {
    server.delay(FLIGHT, 50);
    try (LiveNodeApp app = stranger()) {
      showFlight(app, "flight", FLIGHT);
      assertThat(delay(app.next("flight"))).isEqualTo(50);

      server.leave();
      assertThat(app.next("socket").get("socket").asText()).isEqualTo("open");
      assertThat(app.next("socket").get("socket").asText()).isEqualTo("closed");
      assertThat(app.next("socket").get("socket").asText()).isEqualTo("closed"); // in vain
      server.comeBack();

      assertThat(delay(app.next("flight"))).isEqualTo(50);
      server.delay(FLIGHT, 55);
      assertThat(delay(app.next("flight"))).isEqualTo(55);
      assertThat(app.lines("\"as\":\"flight\",\"error\"")).isEmpty();
    }
  }

  @Test
  void queries_and_mutations_use_the_socket() throws IOException, InterruptedException {
    try (LiveNodeApp staff = appOf("staff-1");
        LiveNodeApp stranger = stranger()) {
      showFlight(stranger, "flight", OTHER);
      stranger.next("flight");
      Map<String, Object> change = Map.of("flightId", OTHER, "gate", "D19");
      staff.command(
          "mutate",
          Map.of("as", "change", "screen", "UpdateFlight", "over", "socket", "variables", change));
      assertThat(staff.next("change").at("/data/updateFlight/flight/gate").asText())
          .isEqualTo("D19");
      assertThat(stranger.next("flight").at("/data/flight/gate").asText()).isEqualTo("D19");

      staff.command(
          "query",
          Map.of("as", "detail", "screen", "FlightDetail", "variables", Map.of("id", OTHER)));
      assertThat(staff.next("detail").at("/data/flight/gate").asText()).isEqualTo("D19");
      staff.command(
          "query",
          Map.of("as", "none", "screen", "FlightDetail", "variables", Map.of("id", "none")));
      assertThat(staff.next("none").get("error").asText()).isEqualTo("NOT_FOUND");
    }
  }

  @Test
  void pings_are_answered() throws IOException, InterruptedException {
    try (LiveNodeApp app = stranger()) {
      Map<String, String> flight = Map.of("id", FLIGHT);
      app.command(
          "show",
          Map.of("as", "flight", "screen", "FlightLive", "over", "socket", "variables", flight));
      app.next("flight");
      int pongs = 0;
      while (pongs < 3) {
        pongs += app.next("received").at("/received/type").asText().equals("pong") ? 1 : 0;
      }
      assertThat(app.lines("\"type\":\"ping\"")).hasSizeGreaterThanOrEqualTo(3);
    }
  }
}
