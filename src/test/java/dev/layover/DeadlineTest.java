package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.FaultInjector;
import dev.layover.local.FaultInjector.Fault;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests near the deadline of the Lambda invocation. */
@Timeout(20) // seconds; a hanging call takes a minute
final class DeadlineTest {

  private static final String DEPARTURES =
      "{ departures(airport: \"DFW\", first: 3) { edges { node { number destination { city } } } } airport(code: \"SFO\") { city } }";
  private static final String BOOK =
      """
      mutation ($requestId: UUID!, $flightId: ID!, $seat: String!) {
        bookSeat(input: {requestId: $requestId, flightId: $flightId, seat: $seat}) { booking { locator } }
      }
      """;

  private static final TestBench BENCH = LayoverBench.shared();

  private static Phone phone(FaultInjector faults) {
    return Phone.of(BENCH.trusting(faults.client(), TestBench.CLOCK), "late");
  }

  private static void assertNoCallsInProgress(FaultInjector faults) throws InterruptedException {
    for (int wait = 0; wait < 100 && faults.callsInProgress() > 0; wait++) {
      Thread.sleep(20);
    }
    assertThat(faults.callsInProgress()).as("calls that outlive the request").isZero();
  }

  @Test
  void finished_fields_are_returned_and_missing_ones_have_a_code() throws InterruptedException {
    FaultInjector faults = new FaultInjector(1).with(Fault.HUNG, 1, "BatchGetItem");

    Phone.Reply reply = phone(faults).within(1500).ask(DEPARTURES);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().findValuesAsText("number")).hasSize(3);
    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
    assertThat(reply.body().get("errors")).hasSize(3);
    assertThat(reply.body().get("errors"))
        .allMatch(error -> error.at("/extensions/code").asText().equals("DEADLINE_EXCEEDED"));
    assertThat(reply.body().at("/errors/0/path/4").asText()).isEqualTo("destination");
    assertNoCallsInProgress(faults);
  }

  @Test
  void a_hanging_root_field_does_not_affect_the_others() throws InterruptedException {
    FaultInjector faults = new FaultInjector(1).with(Fault.HUNG, 1, "Query");

    Phone.Reply reply = phone(faults).within(1500).ask(DEPARTURES);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(reply.data("/departures").isNull()).isTrue();
    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
    assertNoCallsInProgress(faults);
  }

  @Test
  void a_request_without_remaining_time_is_answered() {
    Phone.Reply reply = phone(new FaultInjector(1)).within(100).ask(DEPARTURES);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).isEqualTo("DEADLINE_EXCEEDED");
  }

  @Test
  void a_mutation_past_its_deadline_runs_once_when_it_is_repeated() {
    FaultInjector faults = new FaultInjector(1).with(Fault.HUNG, 1, "TransactWriteItems");
    Map<String, Object> request =
        Map.of(
            "requestId", UUID.randomUUID().toString(),
            "flightId", "Flight:CQ150-2026-01-18",
            "seat", "3A");

    Phone.Reply late = phone(faults).within(1200).ask(BOOK, request);
    Phone.Reply again = phone(new FaultInjector(1)).ask(BOOK, request);

    assertThat(late.code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(again.code()).isEqualTo("no error");
    assertThat(phone(new FaultInjector(1)).ask(BOOK, request).body()).isEqualTo(again.body());
  }

  @Test
  void permanent_throttling_fails_after_four_attempts() {
    FaultInjector faults = new FaultInjector(1).with(Fault.THROTTLED, 1, "");

    Phone.Reply reply = phone(faults).within(5000).ask("{ airport(code: \"SFO\") { city } }");

    assertThat(reply.code()).isEqualTo("UNAVAILABLE");
    assertThat(faults.injected(Fault.THROTTLED)).isEqualTo(4); // attempts
  }

  @ParameterizedTest
  @CsvSource({
    "CONFLICT,       TransactWriteItems",
    "CONFLICT,       PutItem",
    "THROTTLED_ITEM, TransactWriteItems",
  })
  void a_write_that_can_not_succeed_fails_after_ten_attempts(Fault fault, String operation) {
    FaultInjector faults = new FaultInjector(1).with(fault, 1, operation);

    Phone.Reply reply =
        phone(faults).ask(BOOK, Map.of("flightId", "Flight:CQ150-2026-01-18", "seat", "4A"));

    assertThat(reply.code()).isEqualTo("UNAVAILABLE");
    assertThat(faults.injected(fault)).isEqualTo(10); // attempts
  }

  @Test
  void a_write_is_not_tried_again_past_the_deadline() {
    FaultInjector faults = new FaultInjector(1).with(Fault.CONFLICT, 1, "TransactWriteItems");

    Phone.Reply reply =
        phone(faults)
            .within(800)
            .ask(BOOK, Map.of("flightId", "Flight:CQ150-2026-01-18", "seat", "4A"));

    assertThat(reply.code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(faults.injected(Fault.CONFLICT)).isLessThan(10);
  }

  @Test
  void a_partially_processed_batch_is_completed() {
    FaultInjector faults = new FaultInjector(1).with(Fault.UNPROCESSED, 0.5, "BatchGetItem");

    Phone.Reply reply = phone(faults).ask(DEPARTURES);

    assertThat(reply.code()).isEqualTo("no error");
  }
}
