package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of departures, the status of flights, and updates by staff. */
final class FlightsTest {

  private static final String DEPARTURES =
      """
      query ($airport: ID!, $from: DateTime, $first: Int, $after: String) {
        departures(airport: $airport, from: $from, first: $first, after: $after) {
          edges { cursor node { id departsAt } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
      """;
  private static final String UPDATE =
      """
      mutation ($input: UpdateFlightInput!) {
        updateFlight(input: $input) { flight { status delayMinutes expectedAt gate } }
      }
      """;

  private final Phone phone = LayoverBench.stranger();
  private final Phone staff = LayoverBench.phoneOf("staff-1");

  private JsonNode page(String airport, int first, String after) {
    Map<String, Object> variables = new HashMap<>(Map.of("airport", airport, "first", first));
    if (!after.isEmpty()) {
      variables.put("after", after);
    }
    Phone.Reply reply = phone.ask(DEPARTURES, variables);
    assertThat(reply.code()).isEqualTo("no error");
    return reply.data("/departures");
  }

  private List<String> allPages(String airport, int size) {
    List<String> ids = new ArrayList<>();
    String after = "";
    JsonNode page;
    do {
      page = page(airport, size, after);
      ids.addAll(page.findValuesAsText("id"));
      after = page.at("/pageInfo/endCursor").asText();
    } while (page.at("/pageInfo/hasNextPage").asBoolean());
    return ids;
  }

  @Test
  void pages_of_any_size_together_are_the_whole_list_in_order() {
    List<String> whole = allPages("DFW", 50);

    assertThat(whole).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    assertThat(allPages("DFW", 7)).isEqualTo(whole);
    assertThat(allPages("DFW", 1)).isEqualTo(whole);
  }

  @Test
  void departures_start_now_unless_another_time_is_requested() {
    JsonNode fromNow = page("DFW", 1, "");
    assertThat(fromNow.at("/edges/0/node/departsAt").asText())
        .isGreaterThanOrEqualTo("2026-01-15T14:00");

    Phone.Reply later =
        phone.ask(
            DEPARTURES, Map.of("airport", "DFW", "first", 1, "from", "2026-01-18T00:00:00-06:00"));
    assertThat(later.data("/departures/edges/0/node/departsAt").asText()).startsWith("2026-01-18T");
  }

  @Test
  void a_page_stays_the_same_when_an_earlier_flight_is_added() {
    JsonNode first = page("ATL", 3, "");
    String cursor = first.at("/pageInfo/endCursor").asText();
    JsonNode before = page("ATL", 3, cursor);
    new BulkWriter(LayoverBench.shared().table())
        .write(
            List.of(
                Item.of(
                    Flights.key("CQ999-2026-01-15"),
                    Map.of(
                        "id", "CQ999-2026-01-15",
                        "originCode", "ATL",
                        "aircraft", "Airbus A320",
                        "departsAt", "2026-01-15T14:00:01Z"))));

    assertThat(page("ATL", 3, cursor)).isEqualTo(before);
    assertThat(page("ATL", 3, "")).isNotEqualTo(first);
  }

  @Test
  void page_info_describes_the_position_of_a_page() {
    JsonNode first = page("DFW", 2, "");
    assertThat(first.at("/pageInfo/hasPreviousPage").asBoolean()).isFalse();
    assertThat(first.at("/pageInfo/startCursor")).isEqualTo(first.at("/edges/0/cursor"));
    assertThat(first.at("/pageInfo/endCursor")).isEqualTo(first.at("/edges/1/cursor"));

    JsonNode second = page("DFW", 2, first.at("/pageInfo/endCursor").asText());
    assertThat(second.at("/pageInfo/hasPreviousPage").asBoolean()).isTrue();
  }

  @Test
  void an_airport_without_departures_has_an_empty_page_and_an_unknown_one_an_error() {
    JsonNode empty = page("AAA", 5, "");
    assertThat(empty.at("/edges").isEmpty()).isTrue();
    assertThat(empty.at("/pageInfo/endCursor").isNull()).isTrue();

    assertThat(phone.ask(DEPARTURES, Map.of("airport", "QQQ")).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void staff_change_only_the_fields_in_the_input() {
    String id = "Flight:VQ335-2026-01-17";

    Phone.Reply gate = staff.ask(UPDATE, Map.of("input", Map.of("flightId", id, "gate", "A1")));
    assertThat(gate.data("/updateFlight/flight/gate").asText()).isEqualTo("A1");
    assertThat(gate.data("/updateFlight/flight/delayMinutes").asInt()).isEqualTo(21);

    Phone.Reply delay =
        staff.ask(UPDATE, Map.of("input", Map.of("flightId", id, "delayMinutes", 0)));
    assertThat(delay.data("/updateFlight/flight/status").asText()).isEqualTo("ON_TIME");
    assertThat(delay.data("/updateFlight/flight/gate").asText()).isEqualTo("A1");

    Phone.Reply board =
        phone.ask("{ flight(id: \"%s\") { status expectedAt departsAt } }".formatted(id));
    assertThat(board.data("/flight/expectedAt")).isEqualTo(board.data("/flight/departsAt"));
  }

  @Test
  void null_withdraws_a_gate_a_delay_and_a_state() {
    String id = "Flight:VQ335-2026-01-19";
    staff.ask(
        UPDATE,
        Map.of(
            "input",
            Map.of("flightId", id, "gate", "A1", "delayMinutes", 30, "state", "BOARDING")));
    for (String field : List.of("gate", "delayMinutes", "state")) {
      Map<String, @Nullable Object> input = new HashMap<>(Map.of("flightId", id));
      input.put(field, null);
      assertThat(staff.ask(UPDATE, Map.of("input", input)).code()).isEqualTo("no error");
    }

    Phone.Reply board =
        phone.ask(
            "query @consistent { flight(id: \"%s\") { gate delayMinutes status expectedAt departsAt } }"
                .formatted(id));
    assertThat(board.data("/flight/gate").isNull()).isTrue();
    assertThat(board.data("/flight/delayMinutes").asInt()).isZero();
    assertThat(board.data("/flight/status").asText()).isEqualTo("ON_TIME");
    assertThat(board.data("/flight/expectedAt")).isEqualTo(board.data("/flight/departsAt"));
  }

  @ParameterizedTest
  @CsvSource({
    "BOARDING,  0,    BOARDING",
    "SCHEDULED, 14,   ON_TIME",
    "SCHEDULED, 15,   DELAYED",
    "CANCELLED, 0,    CANCELLED",
    "SCHEDULED, -120, ON_TIME",
  })
  void the_status_follows_from_the_state_and_the_delay(String state, int delay, String status) {
    Map<String, Object> input =
        Map.of("flightId", "Flight:NQ300-2026-01-17", "state", state, "delayMinutes", delay);

    assertThat(
            staff.ask(UPDATE, Map.of("input", input)).data("/updateFlight/flight/status").asText())
        .isEqualTo(status);
  }

  @Test
  void a_flight_has_departed_at_its_expected_time() {
    assertThat(
            phone
                .ask("{ flight(id: \"Flight:CQ114-2026-01-15\") { status } }")
                .data("/flight/status")
                .asText())
        .isEqualTo("DEPARTED");
  }

  @Test
  void an_invalid_update_by_staff_is_refused() {
    String id = "Flight:VQ335-2026-01-18";
    List<Map<String, Object>> wrong =
        List.of(
            Map.of("flightId", id),
            Map.of("flightId", id, "gate", "gate 7"),
            Map.of("flightId", id, "delayMinutes", 1441),
            Map.of("flightId", id, "delayMinutes", -121));
    for (Map<String, Object> input : wrong) {
      assertThat(staff.ask(UPDATE, Map.of("input", input)).code())
          .as("%s", input)
          .isEqualTo("BAD_USER_INPUT");
    }
    Map<String, Object> unknown = Map.of("flightId", "no-such-flight", "gate", "A1");
    assertThat(staff.ask(UPDATE, Map.of("input", unknown)).code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void only_staff_may_change_a_flight() {
    Map<String, Object> input = Map.of("flightId", "Flight:VQ335-2026-01-18", "gate", "A1");

    assertThat(LayoverBench.phoneOf("traveller-1").ask(UPDATE, Map.of("input", input)).code())
        .isEqualTo("FORBIDDEN");
    assertThat(phone.ask(UPDATE, Map.of("input", input)).code()).isEqualTo("UNAUTHENTICATED");
  }
}
