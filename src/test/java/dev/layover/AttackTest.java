package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Attack;
import dev.screenful.kit.AttackTests;
import dev.screenful.kit.Phone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Attacks on Layover. The victim has a booking and a follow. */
final class AttackTest extends AttackTests {

  private static final String FLIGHT = "Flight:CQ150-2026-01-19";
  private static final String NOTE = "what only the victim knows";

  private static final String SEARCH = screen("SearchAirports");
  private static final String HOME = screen("Home");

  private String locator = "";

  AttackTest() {
    super(LayoverBench.shared());
  }

  private static String screen(String name) {
    return LayoverBench.shared().screen(name).document();
  }

  @Override
  protected Map<String, String> prepare(Phone victim) {
    JsonNode booking =
        victim
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { bookSeat(input: {requestId: $requestId, flightId: $f, seat: \"22A\"}) { booking { id locator } } }",
                Map.of("f", FLIGHT))
            .data("/bookSeat/booking");
    String request = UUID.randomUUID().toString();
    victim.ask(
        "mutation ($requestId: UUID!, $b: ID!, $n: String) { updateBooking(input: {requestId: $requestId, bookingId: $b, version: 1, note: $n}) { booking { id } } }",
        Map.of("requestId", request, "b", booking.get("id").asText(), "n", NOTE));
    String follow =
        victim
            .ask(
                "mutation ($requestId: UUID!, $f: ID!) { followFlight(input: {requestId: $requestId, flightId: $f}) { follow { id } } }",
                Map.of("f", FLIGHT))
            .data("/followFlight/follow/id")
            .asText();
    JsonNode pages =
        victim
            .ask(
                "{ me { bookings(first: 1) { edges { cursor node { note } } } follows(first: 1) { edges { cursor } } } changes(first: 1) { token } departures(airport: \"DFW\", first: 1) { edges { cursor } } }")
            .data("");
    assertThat(pages.at("/me/bookings/edges/0/node/note").asText()).isEqualTo(NOTE);
    locator = booking.get("locator").asText();
    Map<String, String> values = new HashMap<>();
    values.put("booking", booking.get("id").asText());
    values.put("locator", locator);
    values.put("request", request);
    values.put("follow", follow);
    values.put("flight", FLIGHT);
    values.put("bookings", pages.at("/me/bookings/edges/0/cursor").asText());
    values.put("follows", pages.at("/me/follows/edges/0/cursor").asText());
    values.put("sync", pages.at("/changes/token").asText());
    values.put("departures", pages.at("/departures/edges/0/cursor").asText());
    return values;
  }

  @Override
  protected List<String> secrets() {
    return List.of(NOTE, "\"locator\":\"" + locator, "TRAVELLER#", "dev.layover");
  }

  @Test
  void there_are_at_least_120_attacks() {
    assertThat(Attack.all()).hasSizeGreaterThanOrEqualTo(120);
  }

  @Override
  protected void assertHealthy(Phone nobody, Phone victim) {
    Phone.Reply found = nobody.ask(SEARCH, Map.of("text", "san francisco"));
    assertThat(found.data("/searchAirports/0/code").asText())
        .as("%s", found.body())
        .isEqualTo("SFO");
    Phone.Reply home = victim.ask(HOME, Map.of("airport", "SFO", "now", "2026-01-15T14:00:00Z"));
    assertThat(home.data("/me/name").asText()).isEqualTo("The name of victim");
    assertThat(home.code()).isEqualTo("no error");
  }
}
