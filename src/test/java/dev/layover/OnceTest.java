package dev.layover;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Idempotency: a repeated mutation returns the outcome of the first one. */
final class OnceTest {

  private static final String BOOK =
      """
      mutation Book($requestId: UUID!, $flightId: ID!, $seat: String!) {
        bookSeat(input: {requestId: $requestId, flightId: $flightId, seat: $seat}) {
          booking { id locator seat status version flight { id gate status } }
        }
      }
      """;
  private static final String CANCEL =
      """
      mutation ($requestId: UUID!, $id: ID!) {
        cancelBooking(input: {requestId: $requestId, bookingId: $id}) { booking { id status } }
      }
      """;
  private static final String UPDATE =
      "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { gate } } }";
  private static final String FLIGHT = "Flight:CQ150-2026-01-21";

  private final TestBench bench = LayoverBench.shared();
  private final Phone phone =
      LayoverBench.phoneOf("staff-1"); // no screen shows this caller's trips
  private final Phone other = LayoverBench.phoneOf("traveller-2");

  private static Map<String, Object> seat(String seat) {
    return Map.of("requestId", UUID.randomUUID().toString(), "flightId", FLIGHT, "seat", seat);
  }

  @Test
  void a_repeat_gets_the_first_outcome_as_the_same_json_despite_later_changes() {
    Map<String, Object> request = seat("1A");
    Phone.Reply first = phone.ask(BOOK, request);
    assertThat(first.code()).isEqualTo("no error");
    phone.ask(CANCEL, Map.of("id", first.data("/bookSeat/booking/id").asText()));
    phone.ask(UPDATE, Map.of("input", Map.of("flightId", FLIGHT, "gate", "B44")));

    Phone.Reply repeat = phone.ask(BOOK, request);

    assertThat(repeat.body().toString()).isEqualTo(first.body().toString());
    assertThat(other.ask(BOOK, seat("1A")).code()).isEqualTo("no error");
  }

  @Test
  void a_repeat_on_another_instance_a_day_later_gets_the_first_outcome() {
    Map<String, Object> request = seat("2A");
    Phone.Reply first = phone.ask(BOOK, request);

    Phone later = phone.reaching(bench.handler(Clock.offset(TestBench.CLOCK, Duration.ofDays(1))));

    assertThat(later.ask(BOOK, request).body().toString()).isEqualTo(first.body().toString());
  }

  @Test
  void a_request_id_expires_after_a_week_even_if_the_table_has_not_deleted_it() {
    Map<String, Object> request = seat("3A");
    phone.ask(BOOK, request);

    Phone later = phone.reaching(bench.handler(Clock.offset(TestBench.CLOCK, Duration.ofDays(7))));

    assertThat(later.ask(BOOK, request).code()).isEqualTo("SEAT_TAKEN");
  }

  @Test
  void concurrent_repeats_on_two_instances_book_once_and_get_the_same_outcome() {
    Map<String, Object> request = seat("4A");
    List<Phone> phones = List.of(phone, phone.reaching(bench.handler(Map.of())));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> answers =
          IntStream.range(0, 16)
              .mapToObj(n ->
                  CompletableFuture.supplyAsync(
                      () -> phones.get(n % 2).ask(BOOK, request).body().toString(), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .distinct()
              .toList();

      assertThat(answers).hasSize(1);
      assertThat(answers.getFirst()).contains("CONFIRMED");
    }
  }

  @Test
  void a_repeat_with_another_selection_gets_the_first_outcome() {
    Map<String, Object> request = seat("5A");
    Phone.Reply first = phone.ask(BOOK, request);
    phone.ask(CANCEL, Map.of("id", first.data("/bookSeat/booking/id").asText()));

    Phone.Reply repeat =
        phone.ask(
            """
            mutation ($requestId: UUID!, $flightId: ID!, $seat: String!) {
              again: bookSeat(input: {seat: $seat, requestId: $requestId, flightId: $flightId}) {
                booking { bookedAt status }
              }
            }
            """,
            request);

    assertThat(repeat.data("/again/booking/status").asText()).isEqualTo("CONFIRMED");
    assertThat(repeat.data("/again/booking/bookedAt").asText()).startsWith("2026-01-15T14:00:00");
  }

  @Test
  void a_refusal_is_recorded_as_an_outcome() {
    phone.ask(BOOK, seat("6A"));
    Map<String, Object> request = seat("6A");
    Phone.Reply refused = other.ask(BOOK, request);
    assertThat(refused.code()).isEqualTo("SEAT_TAKEN");
    String mine = phone.ask(BOOK, seat("6B")).data("/bookSeat/booking/id").asText();
    phone.ask(CANCEL, Map.of("id", mine));

    Phone.Reply repeat = other.ask(BOOK, request);

    assertThatJson(repeat.body())
        .whenIgnoringPaths("errors[0].extensions.requestId")
        .isEqualTo(refused.body());
  }

  @Test
  void the_same_request_id_with_other_input_is_refused_and_changes_nothing() {
    Map<String, Object> request = seat("7A");
    Phone.Reply first = phone.ask(BOOK, request);
    Map<String, Object> otherSeat = new HashMap<>(request);
    otherSeat.put("seat", "7B");
    Map<String, Object> otherMutation =
        Map.of(
            "requestId",
            request.get("requestId"),
            "id",
            first.data("/bookSeat/booking/id").asText());

    assertThat(phone.ask(BOOK, otherSeat).code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(phone.ask(CANCEL, otherMutation).code()).isEqualTo("IDEMPOTENCY_CONFLICT");
    assertThat(other.ask(BOOK, seat("7B")).code()).isEqualTo("no error");
    assertThat(phone.ask(BOOK, request).body()).isEqualTo(first.body());
  }

  @Test
  void null_and_a_field_left_out_are_different_inputs() {
    Map<String, @Nullable Object> input = new HashMap<>();
    input.put("requestId", UUID.randomUUID().toString());
    input.put("flightId", FLIGHT);
    input.put("delayMinutes", 5);
    assertThat(phone.ask(UPDATE, Map.of("input", input)).code()).isEqualTo("no error");

    input.put("gate", null);

    assertThat(phone.ask(UPDATE, Map.of("input", input)).code()).isEqualTo("IDEMPOTENCY_CONFLICT");
  }

  @Test
  void request_ids_of_different_callers_are_independent() {
    Map<String, Object> request = seat("8A");
    phone.ask(BOOK, request);

    assertThat(other.ask(BOOK, request).code()).isEqualTo("SEAT_TAKEN");
  }

  @Test
  void the_longest_id_of_a_caller_fits_in_all_keys() {
    Phone longest =
        Phone.of(bench.trusting(bench.table().client(), TestBench.CLOCK), "\u98de".repeat(255));

    assertThat(longest.ask(BOOK, seat("10A")).code()).isEqualTo("no error");
    assertThat(longest.ask("{ changes { changed { id } } }").data("/changes/changed")).hasSize(1);
  }

  @Test
  void invalid_input_is_not_recorded_as_an_outcome() {
    Map<String, Object> request = new HashMap<>(seat("99Z"));
    assertThat(phone.ask(BOOK, request).code()).isEqualTo("BAD_USER_INPUT");

    request.put("seat", "9A");

    assertThat(phone.ask(BOOK, request).code()).isEqualTo("no error");
  }
}
