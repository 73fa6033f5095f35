package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Object ids, by which clients cache objects, and request them again with {@code node}. */
final class NodeTest {

  private static final String NODE =
      """
      query ($id: ID!) {
        node(id: $id) {
          __typename
          id
          ... on Airport { city }
          ... on Airline { name }
          ... on Flight { number origin { id } }
          ... on Booking { locator flight { id } }
        }
      }
      """;

  private final Phone phone = LayoverBench.stranger();

  private static Phone.Reply node(Phone phone, String id) {
    return phone.ask(NODE, Map.of("id", id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Airport:SFO", "Airline:PQ", "Flight:PQ142-2026-01-17"})
  void node_returns_the_object_with_the_id(String id) {
    Phone.Reply reply = node(phone, id);

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/node/id").asText()).isEqualTo(id);
    assertThat(reply.data("/node/__typename").asText()).isEqualTo(id.substring(0, id.indexOf(':')));
    assertThat(reply.data("/node")).hasSizeGreaterThan(2);
  }

  @Test
  void an_object_has_the_same_id_in_every_field() {
    Phone.Reply flight =
        phone.ask(
            "{ flight(id: \"Flight:PQ142-2026-01-17\") { id origin { id } } airport(code: \"dfw\") { id } }");

    assertThat(flight.data("/flight/id").asText()).isEqualTo("Flight:PQ142-2026-01-17");
    assertThat(flight.data("/flight/origin/id").asText()).isEqualTo("Airport:DFW");
    assertThat(flight.data("/airport/id").asText()).isEqualTo("Airport:DFW");
  }

  @Test
  void a_booking_is_returned_to_its_traveller_only() {
    String id = LayoverBench.shared().examples().getOrDefault("booking", "none");

    Phone.Reply own = node(LayoverBench.phoneOf("traveller-1"), id);
    assertThat(own.data("/node/id").asText()).isEqualTo(id);
    assertThat(own.data("/node/locator").asText()).isNotEmpty();
    for (Phone other :
        new Phone[] {phone, LayoverBench.phoneOf("traveller-2"), LayoverBench.phoneOf("staff-1")}) {
      Phone.Reply reply = node(other, id);
      assertThat(reply.code()).isEqualTo("no error");
      assertThat(reply.data("/node").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "SFO",
        "Airport",
        "Airport:",
        "Airport:ZZZ",
        ":SFO",
        "airport:SFO",
        "Seat:12A",
        "Traveller:traveller-1",
        "Flight:SEAT#1A",
        "Flight:PQ142-2026-01-17#FLIGHT",
        "Query:me"
      })
  void an_unknown_id_returns_null_without_an_error(String id) {
    Phone.Reply reply = node(phone, id);

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/node").isNull()).isTrue();
  }

  @Test
  void an_id_of_another_type_is_not_found() {
    Phone.Reply reply = phone.ask("{ flight(id: \"Airport:SFO\") { number } }");

    assertThat(reply.code()).isEqualTo("NOT_FOUND");
    assertThat(reply.message()).isEqualTo("'Airport:SFO' is not the id of a Flight.");
  }

  @Test
  void an_id_that_is_too_long_for_a_key_returns_null() {
    assertThat(node(phone, "Flight:" + "x".repeat(3000)).data("/node").isNull()).isTrue();
  }
}
