package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Booking, cancelling and notes, by two travellers. */
final class BookingTest {

  private static final String BOOK =
      """
      mutation ($requestId: UUID!, $flightId: ID!, $seat: String!) {
        bookSeat(input: {requestId: $requestId, flightId: $flightId, seat: $seat}) {
          booking { id seat status flight { id } }
        }
      }
      """;
  private static final String CANCEL =
      "mutation ($requestId: UUID!, $id: ID!) { cancelBooking(input: {requestId: $requestId, bookingId: $id}) { booking { id status } } }";
  private static final String SEAT =
      "query ($id: ID!) { seatMap(flightId: $id) { free rows { seats { label taken mine } } } }";

  private static final String FLIGHT = "Flight:CQ150-2026-01-17";
  private static final String DEPARTED = "Flight:CQ114-2026-01-15";

  private final Phone first =
      LayoverBench.phoneOf("staff-1"); // no screen shows this caller's trips
  private final Phone second = LayoverBench.phoneOf("traveller-2");

  private static Phone.Reply book(Phone phone, String flight, String seat) {
    return phone.ask(BOOK, Map.of("flightId", flight, "seat", seat));
  }

  private static boolean taken(Phone phone, String seat, String flag) {
    return Stream.of(phone.ask(SEAT, Map.of("id", FLIGHT)).data("/seatMap/rows"))
        .flatMap(rows -> rows.findParents("label").stream())
        .filter(found -> found.get("label").asText().equals(seat))
        .anyMatch(found -> found.get(flag).asBoolean());
  }

  @Test
  void a_booked_seat_is_mine_for_its_traveller_and_taken_for_others() {
    assertThat(book(first, FLIGHT, "1A").data("/bookSeat/booking/status").asText())
        .isEqualTo("CONFIRMED");

    assertThat(taken(first, "1A", "mine")).isTrue();
    assertThat(taken(second, "1A", "taken")).isTrue();
    assertThat(taken(second, "1A", "mine")).isFalse();
  }

  @Test
  void a_taken_seat_is_refused_with_its_label() {
    book(first, FLIGHT, "2A");

    Phone.Reply refused = book(second, FLIGHT, "2A");

    assertThat(refused.code()).isEqualTo("SEAT_TAKEN");
    assertThat(refused.body().at("/errors/0/extensions/seat").asText()).isEqualTo("2A");
    assertThat(refused.data("/bookSeat").isNull()).isTrue();
  }

  @Test
  void one_of_two_concurrent_bookings_gets_the_seat() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int row = 3; row <= 20; row++) {
        String seat = row + "B";
        List<CompletableFuture<Phone.Reply>> both =
            Stream.of(first, second)
                .map(phone ->
                    CompletableFuture.supplyAsync(() -> book(phone, FLIGHT, seat), threads))
                .toList();
        assertThat(both.stream().map(CompletableFuture::join).map(Phone.Reply::code))
            .containsExactlyInAnyOrder("no error", "SEAT_TAKEN");
      }
    }
  }

  @Test
  void a_cancelled_seat_can_be_booked_again() {
    String id = book(first, FLIGHT, "21A").data("/bookSeat/booking/id").asText();

    Phone.Reply cancelled = first.ask(CANCEL, Map.of("id", id));

    assertThat(cancelled.data("/cancelBooking/booking/status").asText()).isEqualTo("CANCELLED");
    assertThat(book(second, FLIGHT, "21A").code()).isEqualTo("no error");
  }

  @Test
  void a_second_cancellation_changes_nothing_even_if_the_seat_is_taken_again() {
    String id = book(first, FLIGHT, "22A").data("/bookSeat/booking/id").asText();
    Phone.Reply once = first.ask(CANCEL, Map.of("id", id));
    book(second, FLIGHT, "22A");

    Phone.Reply twice = first.ask(CANCEL, Map.of("id", id));

    assertThat(twice.body()).isEqualTo(once.body());
    assertThat(taken(second, "22A", "mine")).isTrue();
  }

  @Test
  void another_travellers_booking_appears_not_to_exist() {
    String id = book(first, FLIGHT, "23A").data("/bookSeat/booking/id").asText();

    Phone.Reply theirs = second.ask(CANCEL, Map.of("id", id));
    Phone.Reply none = second.ask(CANCEL, Map.of("id", "Booking:none"));

    assertThat(theirs.code()).isEqualTo("NOT_FOUND").isEqualTo(none.code());
    assertThat(theirs.message().replace(id, "ID"))
        .isEqualTo(none.message().replace("Booking:none", "ID"));
    assertThat(
            second.ask("query ($id: ID!) { booking(id: $id) { seat } }", Map.of("id", id)).code())
        .isEqualTo("NOT_FOUND");
    assertThat(taken(first, "23A", "mine")).isTrue();
  }

  @Test
  void a_departed_flight_can_not_be_booked() {
    assertThat(book(first, DEPARTED, "1A").code()).isEqualTo("FLIGHT_CLOSED");
  }

  @Test
  void a_flight_can_not_be_booked_in_the_second_of_its_departure() {
    String expected =
        first
            .ask("{ flight(id: \"%s\") { expectedAt } }".formatted(FLIGHT))
            .data("/flight/expectedAt")
            .asText();
    Clock leaving = Clock.fixed(Instant.parse(expected).plusMillis(500), ZoneOffset.UTC);
    Phone then = first.reaching(LayoverBench.shared().handler(leaving));

    assertThat(
            then.ask("{ flight(id: \"%s\") { status } }".formatted(FLIGHT))
                .data("/flight/status")
                .asText())
        .isEqualTo("DEPARTED");
    assertThat(book(then, FLIGHT, "25A").code()).isEqualTo("FLIGHT_CLOSED");
  }

  @Test
  void a_cancelled_flight_can_not_be_booked() {
    String flight = "Flight:CQ150-2026-01-18";
    LayoverBench.phoneOf("staff-1")
        .ask(
            "mutation ($requestId: UUID!, $id: ID!) { updateFlight(input: {requestId: $requestId, flightId: $id, state: CANCELLED}) { flight { status } } }",
            Map.of("id", flight));

    assertThat(book(first, flight, "1A").code()).isEqualTo("FLIGHT_CLOSED");
  }

  @Test
  void a_seat_that_the_aircraft_lacks_is_refused() {
    for (String seat : List.of("99A", "1Z", "A1", "", "1A ", "01A")) {
      assertThat(book(first, FLIGHT, seat).code()).as(seat).isEqualTo("BAD_USER_INPUT");
    }
    assertThat(book(first, "no-such-flight", "1A").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void an_anonymous_caller_can_not_book() {
    assertThat(book(LayoverBench.stranger(), FLIGHT, "24A").code()).isEqualTo("UNAUTHENTICATED");
    assertThat(taken(first, "24A", "taken")).isFalse();
  }

  private static final String NOTE =
      """
      mutation ($requestId: UUID!, $id: ID!, $version: Int!, $note: String) {
        updateBooking(input: {requestId: $requestId, bookingId: $id, version: $version, note: $note}) {
          booking { note version }
        }
      }
      """;

  @Test
  void a_note_for_an_older_version_is_refused_with_the_current_state() {
    String id = book(first, FLIGHT, "23D").data("/bookSeat/booking/id").asText();
    Phone.Reply written = first.ask(NOTE, Map.of("id", id, "version", 1, "note", "Aisle!"));
    assertThat(written.data("/updateBooking/booking/version").asInt()).isEqualTo(2);

    Phone.Reply stale = first.ask(NOTE, Map.of("id", id, "version", 1, "note", "Window!"));

    assertThat(stale.code()).isEqualTo("STALE_WRITE");
    assertThat(stale.body().at("/errors/0/extensions/version").asInt()).isEqualTo(2);
    assertThat(stale.body().at("/errors/0/extensions/current/id").asText()).isEqualTo(id);
    assertThat(stale.body().at("/errors/0/extensions/current/note").asText()).isEqualTo("Aisle!");
    assertThat(
            first
                .ask(NOTE, Map.of("id", id, "version", 2, "note", "Aisle! Window!"))
                .data("/updateBooking/booking/note")
                .asText())
        .isEqualTo("Aisle! Window!");
  }

  @Test
  void one_of_two_concurrent_notes_for_the_same_version_is_saved() {
    String id = book(first, FLIGHT, "24D").data("/bookSeat/booking/id").asText();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Phone.Reply>> both =
          Stream.of("one", "other")
              .map(note ->
                  CompletableFuture.supplyAsync(
                      () -> first.ask(NOTE, Map.of("id", id, "version", 1, "note", note)), threads))
              .toList();

      assertThat(both.stream().map(CompletableFuture::join).map(Phone.Reply::code))
          .containsExactlyInAnyOrder("no error", "STALE_WRITE");
    }
  }

  @Test
  void a_note_can_be_removed_and_must_not_be_too_long() {
    String id = book(first, FLIGHT, "25D").data("/bookSeat/booking/id").asText();
    first.ask(NOTE, Map.of("id", id, "version", 1, "note", "x".repeat(500)));

    assertThat(first.ask(NOTE, Map.of("id", id, "version", 2, "note", "x".repeat(501))).code())
        .isEqualTo("BAD_USER_INPUT");
    Map<String, @Nullable Object> none = new HashMap<>(Map.of("id", id, "version", 2));
    none.put("note", null);
    assertThat(first.ask(NOTE, none).data("/updateBooking/booking/note").isNull()).isTrue();
  }

  @Test
  void a_note_that_is_left_out_stays() {
    String id = book(first, FLIGHT, "25E").data("/bookSeat/booking/id").asText();
    first.ask(NOTE, Map.of("id", id, "version", 1, "note", "Aisle!"));

    Phone.Reply reply = first.ask(NOTE, Map.of("id", id, "version", 2));

    assertThat(reply.data("/updateBooking/booking/note").asText()).isEqualTo("Aisle!");
    assertThat(reply.data("/updateBooking/booking/version").asInt()).isEqualTo(2);
    assertThat(first.ask(NOTE, Map.of("id", id, "version", 1)).code()).isEqualTo("STALE_WRITE");
  }

  @Test
  void another_travellers_booking_can_not_be_updated() {
    String id = book(first, FLIGHT, "26D").data("/bookSeat/booking/id").asText();

    assertThat(second.ask(NOTE, Map.of("id", id, "version", 1, "note", "mine")).code())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void a_seat_that_the_traveller_already_booked_is_refused_with_its_own_message() {
    book(first, FLIGHT, "27D");

    Phone.Reply refused = book(first, FLIGHT, "27D");

    assertThat(refused.code()).isEqualTo("SEAT_TAKEN");
    assertThat(refused.message()).isEqualTo("You have already booked seat 27D.");
  }

  @Test
  void concurrent_cancellations_all_succeed() {
    String id = book(first, FLIGHT, "28D").data("/bookSeat/booking/id").asText();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Phone.Reply>> both =
          Stream.of(1, 2, 3, 4)
              .map(n ->
                  CompletableFuture.supplyAsync(() -> first.ask(CANCEL, Map.of("id", id)), threads))
              .toList();

      assertThat(both.stream().map(CompletableFuture::join))
          .allMatch(reply -> reply.code().equals("no error"))
          .allMatch(
              reply -> reply.data("/cancelBooking/booking/status").asText().equals("CANCELLED"));
    }
  }
}
