package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LayoverBench;
import dev.layover.local.SyncedPhone;
import dev.screenful.kit.Phone;
import dev.screenful.kit.StepSequences;
import dev.screenful.kit.TestBench;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of steps: phones that applied all pages have the server's state.
 *
 * @see StepSequences
 */
final class SyncModelTest {

  private static final List<String> FLIGHTS =
      Stream.of("CQ150", "CQ114", "PQ142", "PQ128", "RQ180", "TQ257")
          .map(number -> "Flight:" + number + "-2026-01-20")
          .toList();

  /** A step; its numbers select the objects, modulo the number of objects. */
  private sealed interface Step {}

  private record Book(int flight, int row) implements Step {}

  private record Cancel(int booking) implements Step {}

  private record Note(int booking, int text) implements Step {}

  private record Follow(int flight) implements Step {}

  private record Unfollow(int flight) implements Step {}

  private record Gate(int flight, int gate) implements Step {}

  /** A mutation that the phone repeats, because the first response was lost. */
  private record Repeated(Step mutation) implements Step {}

  private record Concurrently(Step one, Step other) implements Step {}

  /** A phone applies a page. */
  private record Sync(int phone, int first) implements Step {}

  /** A phone requests a page, and loses the response. */
  private record LostPage(int phone, int first) implements Step {}

  private int runs;

  private final RequestStreamHandler handler =
      LayoverBench.shared().trusting(LayoverBench.shared().table().client(), TestBench.CLOCK);

  private static Step step(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0 -> new Concurrently(mutation(random), mutation(random));
      case 1 -> new Repeated(mutation(random));
      case 2 -> new LostPage(random.nextInt(3), 1 + random.nextInt(5));
      case 3, 4, 5 -> new Sync(random.nextInt(3), 1 + random.nextInt(5));
      default -> mutation(random);
    };
  }

  private static Step mutation(SplittableRandom random) {
    int flight = random.nextInt(FLIGHTS.size());
    return switch (random.nextInt(7)) {
      case 0, 1 -> new Book(flight, 1 + random.nextInt(19));
      case 2 -> new Cancel(random.nextInt(5));
      case 3 -> new Note(random.nextInt(5), random.nextInt(100));
      case 4 -> new Follow(flight);
      case 5 -> new Unfollow(flight);
      default -> new Gate(flight, 1 + random.nextInt(90));
    };
  }

  /** A traveller with three phones, and the steps applied to them. */
  private final class Run {

    /** Differs from that of the previous run, so that each new gate is a change. */
    private final String letter = Character.toString('A' + runs++ % 26);

    private final String name = "model-" + UUID.randomUUID();
    private final Phone traveller = Phone.of(handler, name);
    private final List<SyncedPhone> phones =
        Stream.generate(() -> new SyncedPhone(traveller)).limit(3).toList();

    void apply(Step step) {
      switch (step) {
        case Sync(int phone, int first) -> phones.get(phone).sync(first);
        case LostPage(int phone, int first) -> phones.get(phone).ask(first);
        case Concurrently(Step one, Step other) ->
            CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> mutate(one, UUID.randomUUID())),
                    CompletableFuture.runAsync(() -> mutate(other, UUID.randomUUID())))
                .join();
        case Repeated(Step mutation) -> {
          UUID requestId = UUID.randomUUID();
          mutate(mutation, requestId);
          mutate(mutation, requestId);
        }
        default -> mutate(step, UUID.randomUUID());
      }
    }

    private void mutate(Step step, UUID requestId) {
      switch (step) {
        case Book(int flight, int row) ->
            ask(
                traveller,
                "bookSeat",
                requestId,
                Map.of("flightId", FLIGHTS.get(flight), "seat", row + "A"));
        case Cancel(int number) -> {
          JsonNode booking = booking(number);
          if (booking != null) {
            ask(traveller, "cancelBooking", requestId, Map.of("bookingId", booking.get("id")));
          }
        }
        case Note(int number, int text) -> {
          JsonNode booking = booking(number);
          if (booking != null) {
            ask(
                traveller,
                "updateBooking",
                requestId,
                Map.of(
                    "bookingId", booking.get("id"),
                    "version", booking.get("version"),
                    "note", "note " + text));
          }
        }
        case Follow(int flight) ->
            ask(traveller, "followFlight", requestId, Map.of("flightId", FLIGHTS.get(flight)));
        case Unfollow(int flight) ->
            ask(traveller, "unfollowFlight", requestId, Map.of("flightId", FLIGHTS.get(flight)));
        case Gate(int flight, int gate) ->
            ask(
                Phone.of(handler, "staff:STAFF"),
                "updateFlight",
                requestId,
                Map.of("flightId", FLIGHTS.get(flight), "gate", letter + gate));
        default -> throw new IllegalArgumentException(step.toString());
      }
    }

    private @Nullable JsonNode booking(int number) {
      List<JsonNode> bookings =
          SyncedPhone.stateOf(traveller).values().stream()
              .filter(object -> object.has("seat"))
              .toList();
      return number < bookings.size() ? bookings.get(number) : null;
    }

    private void ask(Phone phone, String mutation, UUID requestId, Map<String, Object> input) {
      String type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1);
      Map<String, Object> all = new HashMap<>(input);
      all.put("requestId", requestId.toString());
      Phone.Reply reply =
          phone.ask(
              "mutation ($input: %sInput!) { %s(input: $input) { __typename } }"
                  .formatted(type, mutation),
              Map.of("input", all));
      assertThat(reply.code())
          .isIn("no error", "SEAT_TAKEN", "STALE_WRITE", "IDEMPOTENCY_CONFLICT");
    }

    boolean phonesHaveTheServersState() {
      Map<String, JsonNode> state = SyncedPhone.stateOf(traveller);
      return phones.stream()
          .allMatch(phone -> {
            phone.syncAll(7);
            return phone.objects().equals(state);
          });
    }
  }

  private boolean passes(List<Step> steps) {
    Run run = new Run();
    steps.forEach(run::apply);
    return run.phonesHaveTheServersState();
  }

  @Test
  void phones_that_applied_all_pages_have_the_servers_state() {
    StepSequences.check(15, 40, SyncModelTest::step, this::passes);
  }
}
