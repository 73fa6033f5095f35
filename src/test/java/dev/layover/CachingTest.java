package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP caching: the cache policy of a response, and its revalidation by an entity tag. */
final class CachingTest {

  private final Phone phone = LayoverBench.stranger();

  private static String cacheControl(Phone phone, String document) {
    return phone.ask(document).header("cache-control");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=86400, public | { airport(code: \"SFO\") { id city } }",
        "max-age=86400, public | { a: airport(code: \"SFO\") { id } b: airport(code: \"AUS\") { id } }",
        "max-age=86400, public | { searchAirports(text: \"san\") { city } }",
        "max-age=15, public | { flight(id: \"Flight:PQ142-2026-01-17\") { number origin { city } } }",
        "max-age=15, public | { departures(airport: \"DFW\", first: 1) { edges { node { id } } pageInfo { hasNextPage } } }",
        "max-age=15, private | { departures(airport: \"DFW\", first: 1) { edges { cursor } } }",
        "max-age=15, private | { departures(airport: \"DFW\", first: 1) { pageInfo { endCursor } } }",
        "max-age=15, public | { airport(code: \"SFO\") { id } flight(id: \"Flight:PQ142-2026-01-17\") { id } }",
        "max-age=15, private | { flight(id: \"Flight:PQ142-2026-01-17\") { followed } }",
        "max-age=15, public | { flight(id: \"Flight:PQ142-2026-01-17\") { id followed @skip(if: true) } }",
        "no-cache, public | { seatMap(flightId: \"Flight:PQ142-2026-01-17\") { free } }",
        "no-cache, public | { seatMap(flightId: \"Flight:PQ142-2026-01-17\") { rows { seats { taken mine @skip(if: true) } } } }",
        "no-cache, private | { seatMap(flightId: \"Flight:PQ142-2026-01-17\") { rows { seats { mine } } } }",
        "no-cache, private | { me { id } }",
        "no-cache, private | { airport(code: \"SFO\") { id } me { id } }",
        "no-cache, public | { node(id: \"Airport:SFO\") { id } }",
        "no-cache, private | { node(id: \"Booking:20260116T132000Z-DEMA7Q\") { id } }",
        "no-cache, public | { __typename }",
      })
  void the_strictest_selected_field_determines_the_policy(String expected, String document) {
    assertThat(cacheControl(phone, document)).isEqualTo(expected);
  }

  @Test
  void a_restricted_field_is_private_without_a_directive() {
    String booking =
        "{ booking(id: \"%s\") { seat } }"
            .formatted(LayoverBench.shared().examples().get("booking"));

    assertThat(cacheControl(LayoverBench.phoneOf("traveller-1"), booking))
        .isEqualTo("no-cache, private");
  }

  @Test
  void errors_and_mutations_are_not_cached() {
    assertThat(cacheControl(phone, "{ airport(code: \"ZZZ\") { id } }")).isEqualTo("no-store");
    assertThat(cacheControl(phone, "{ nope }")).isEqualTo("no-store");
    Phone.Reply mutation =
        LayoverBench.phoneOf("traveller-2")
            .ask(
                "mutation ($requestId: UUID!) { unfollowFlight(input: {requestId: $requestId, flightId: \"Flight:PQ142-2026-01-18\"}) { flight { id } } }");
    assertThat(mutation.code()).isEqualTo("no error");
    assertThat(mutation.header("cache-control")).isEqualTo("no-store");
    assertThat(mutation.headers().has("etag")).isFalse();
  }

  @Test
  void an_unchanged_screen_gets_304_without_a_body() {
    String board = "{ departures(airport: \"DFW\", first: 5) { edges { node { id } } } }";
    Phone.Reply first = phone.ask(board);
    String tag = first.header("etag");

    assertThat(tag).matches("W/\"[\\w-]{16}\"");
    for (String sent : new String[] {tag, "\"x\", " + tag, tag + ",\"y\"", tag.substring(2), "*"}) {
      Phone.Reply again = phone.with("if-none-match", sent).ask(board);
      assertThat(again.status()).isEqualTo(304);
      assertThat(again.bytes()).isZero();
      assertThat(again.headers().has("content-type")).isFalse();
      assertThat(again.header("etag")).isEqualTo(tag);
      assertThat(again.header("cache-control")).isEqualTo("max-age=15, public");
    }
    Phone.Reply compressed =
        phone.with("if-none-match", tag).with("accept-encoding", "gzip").ask(board);
    assertThat(compressed.status()).isEqualTo(304);
  }

  @Test
  void a_changed_screen_is_sent_in_full() {
    Phone staff = LayoverBench.phoneOf("staff-1");
    String flight = "{ flight(id: \"Flight:VQ335-2026-01-19\") { gate } }";
    String tag = phone.ask(flight).header("etag");

    staff.ask(
        "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { id } } }",
        Map.of("input", Map.of("flightId", "Flight:VQ335-2026-01-19", "gate", "Z9")));

    Phone.Reply changed = phone.with("if-none-match", tag).ask(flight);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.data("/flight/gate").asText()).isEqualTo("Z9");
    assertThat(changed.header("etag")).isNotEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"W/", "**", "\"", "``", "W/\"AAAAAAAAAAAAAAAA\"", ",,,"})
  void a_malformed_or_other_entity_tag_gets_the_full_response(String sent) {
    Phone.Reply reply = phone.with("if-none-match", sent).ask("{ airport(code: \"SFO\") { id } }");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.data("/airport/id").asText()).isEqualTo("Airport:SFO");
  }
}
