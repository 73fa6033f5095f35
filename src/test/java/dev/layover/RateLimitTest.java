package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rate limit of mutations, which all function instances share. */
final class RateLimitTest {

  private static final Map<String, String> THREE = Map.of("WRITES_PER_MINUTE", "3");
  private static final String FOLLOW =
      "mutation ($requestId: UUID!) { followFlight(input: {requestId: $requestId, flightId: \"Flight:CQ150-2026-01-19\"}) { follow { id } } }";

  private static final TestBench BENCH = LayoverBench.shared();

  private static Phone limited(String name) {
    return later(name, Duration.ZERO);
  }

  /** A phone that calls a new instance, some time later. */
  private static Phone later(String name, Duration time) {
    Clock clock = Clock.offset(TestBench.CLOCK, time);
    return Phone.of(BENCH.trusting(THREE, BENCH.table().client(), clock), name);
  }

  /** The number of mutations that a phone may send before it is limited. */
  private static int acceptedMutations(Phone phone) {
    for (int accepted = 0; accepted < 10; accepted++) {
      Phone.Reply reply = phone.ask(FOLLOW);
      if (!reply.code().equals("no error")) {
        assertThat(reply.code()).isEqualTo("RATE_LIMITED");
        return accepted;
      }
    }
    return 10;
  }

  @Test
  void a_caller_may_send_the_limit_at_once_and_more_as_time_passes() {
    String name = "limited-1";

    assertThat(acceptedMutations(limited(name))).isEqualTo(3);
    assertThat(acceptedMutations(limited(name))).as("on another instance").isZero();
    assertThat(acceptedMutations(later(name, Duration.ofSeconds(19)))).isZero();
    assertThat(acceptedMutations(later(name, Duration.ofSeconds(20)))).isEqualTo(1);
    assertThat(acceptedMutations(later(name, Duration.ofSeconds(60)))).isEqualTo(2);
    assertThat(acceptedMutations(later(name, Duration.ofHours(2))))
        .as("at most the mutations of a minute")
        .isEqualTo(3);
    assertThat(acceptedMutations(limited(name))).as("after the clock was set back").isEqualTo(3);
  }

  @Test
  void the_limit_counts_each_callers_mutations_and_no_queries() {
    Phone phone = limited("limited-2");
    acceptedMutations(phone);

    assertThat(phone.ask("{ me { id } }").data("/me/id").asText()).isEqualTo("limited-2");
    assertThat(acceptedMutations(limited("limited-3"))).isEqualTo(3);
  }

  @Test
  void a_refused_mutation_succeeds_after_retry_after_with_the_same_request_id() {
    String name = "limited-4";
    acceptedMutations(limited(name));
    Map<String, String> same = Map.of("requestId", UUID.randomUUID().toString());

    Phone.Reply refused = limited(name).ask(FOLLOW, same);
    int retryAfter = refused.body().at("/errors/0/extensions/retryAfter").asInt();
    Phone.Reply accepted = later(name, Duration.ofSeconds(retryAfter)).ask(FOLLOW, same);

    assertThat(retryAfter).isEqualTo(20);
    assertThat(refused.message()).isEqualTo("More than 3 mutations a minute. Retry later.");
    assertThat(accepted.code()).isEqualTo("no error");
  }

  @Test
  void a_mutation_over_the_limit_costs_one_call_and_changes_nothing() {
    Phone phone = limited("limited-5");
    acceptedMutations(phone);

    Phone.Reply refused =
        phone.ask(
            "mutation ($requestId: UUID!) { bookSeat(input: {requestId: $requestId, flightId: \"Flight:CQ150-2026-01-19\", seat: \"21A\"}) { booking { id } } }");

    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(BENCH.logged(refused.requestId())).anyMatch(line -> line.contains("\"trips\":1,"));
    assertThat(phone.ask("{ me { bookings { edges { cursor } } } }").data("/me/bookings/edges"))
        .isEmpty();
  }

  @Test
  void concurrent_requests_share_the_limit() throws Exception {
    Phone one = limited("limited-6");
    Phone other = limited("limited-6");
    List<Callable<String>> requests =
        IntStream.range(0, 12)
            .mapToObj(n -> (Callable<String>) () -> (n % 2 == 0 ? one : other).ask(FOLLOW).code())
            .toList();

    int accepted = 0;
    try (ExecutorService phones = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> code : phones.invokeAll(requests)) {
        accepted += code.get().equals("no error") ? 1 : 0;
      }
    }

    assertThat(accepted).isEqualTo(3);
  }

  private static boolean isRegistered(Phone phone, int number) {
    String document = "query Limited%d { me { id } }".formatted(number);
    String hash =
        "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}"
            .formatted(Sha256.hex(document));
    assertThat(phone.send("{\"query\": \"%s\", %s}".formatted(document, hash)).code())
        .isEqualTo("no error");
    return phone.send("{" + hash + "}").code().equals("no error");
  }

  @Test
  void documents_over_a_networks_limit_are_executed_but_not_registered() {
    Phone phone = BENCH.stranger(THREE);

    List<Boolean> registered =
        IntStream.range(0, 5)
            .mapToObj(n ->
                isRegistered(
                    phone.from("2001:db8::" + n).with("x-forwarded-for", "198.51.100." + n), n))
            .toList();

    assertThat(registered).containsExactly(true, true, true, false, false);
    assertThat(isRegistered(phone.from("2001:db8:0:1::1"), 5)).as("from another network").isTrue();
    assertThat(isRegistered(phone.from("198.51.100.1"), 6)).isTrue();
  }
}
