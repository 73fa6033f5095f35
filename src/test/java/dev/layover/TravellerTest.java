package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A traveller's own data and follows. */
final class TravellerTest {

  private static final String FOLLOW =
      "mutation ($requestId: UUID!, $id: ID!) { followFlight(input: {requestId: $requestId, flightId: $id}) { follow { followedAt flight { id followed } } } }";
  private static final String UNFOLLOW =
      "mutation ($requestId: UUID!, $id: ID!) { unfollowFlight(input: {requestId: $requestId, flightId: $id}) { flight { id followed } } }";
  private static final String FOLLOWED = "query ($id: ID!) { flight(id: $id) { followed } }";
  private static final String FLIGHT = "Flight:RQ157-2026-01-17";

  private final Phone first = LayoverBench.phoneOf("traveller-1");
  private final Phone second = LayoverBench.phoneOf("traveller-2");

  @Test
  void an_anonymous_caller_is_null() {
    Phone.Reply reply = LayoverBench.stranger().ask("{ me { id } }");
    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/me").isNull()).isTrue();
  }

  @Test
  void travellers_see_their_own_bookings_in_the_order_of_departure() {
    String bookings =
        "{ me { id bookings(first: 50) { edges { node { flight { departsAt } } } } } }";
    Phone.Reply reply = first.ask(bookings);
    assertThat(reply.data("/me/id").asText()).isEqualTo("traveller-1");
    assertThat(reply.body().findValuesAsText("departsAt")).hasSizeGreaterThan(10).isSorted();
  }

  @Test
  void bookings_and_follows_start_at_the_requested_time() {
    String from =
        """
        query ($from: DateTime!) {
          me {
            bookings(from: $from, first: 1) { edges { node { flight { departsAt } } } }
            follows(from: $from, first: 1) { edges { node { flight { departsAt } } } }
          }
        }
        """;
    Phone.Reply reply = first.ask(from, Map.of("from", "2026-01-19T00:00:00Z"));
    assertThat(reply.data("/me/bookings/edges/0/node/flight/departsAt").asText())
        .startsWith("2026-01-19");
    assertThat(reply.data("/me/follows/edges/0/node/flight/departsAt").asText())
        .startsWith("2026-01-19");
  }

  @Test
  void only_the_follower_sees_a_flight_as_followed_until_unfollowing() {
    assertThat(
            first
                .ask(FOLLOW, Map.of("id", FLIGHT))
                .data("/followFlight/follow/flight/followed")
                .asBoolean())
        .isTrue();
    assertThat(second.ask(FOLLOWED, Map.of("id", FLIGHT)).data("/flight/followed").asBoolean())
        .isFalse();
    assertThat(
            LayoverBench.stranger()
                .ask(FOLLOWED, Map.of("id", FLIGHT))
                .data("/flight/followed")
                .asBoolean())
        .isFalse();

    first.ask(UNFOLLOW, Map.of("id", FLIGHT));
    assertThat(first.ask(FOLLOWED, Map.of("id", FLIGHT)).data("/flight/followed").asBoolean())
        .isFalse();
  }

  @Test
  void following_and_unfollowing_twice_is_the_same_as_once() {
    String id = "Flight:RQ204-2026-01-17";
    assertThat(second.ask(FOLLOW, Map.of("id", id)).body())
        .isEqualTo(second.ask(FOLLOW, Map.of("id", id)).body());
    assertThat(second.ask(UNFOLLOW, Map.of("id", id)).body())
        .isEqualTo(second.ask(UNFOLLOW, Map.of("id", id)).body());
  }

  @Test
  void an_unknown_flight_can_not_be_followed() {
    assertThat(first.ask(FOLLOW, Map.of("id", "no-such-flight")).code()).isEqualTo("NOT_FOUND");
    assertThat(first.ask(UNFOLLOW, Map.of("id", "no-such-flight")).code()).isEqualTo("NOT_FOUND");
  }
}
