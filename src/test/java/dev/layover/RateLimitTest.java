package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import dev.screenful.crypto.Sha256;
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

  private static final TestBench BENCH = TestBench.shared();

  private static Phone limited(String name) {
    return later(name, Duration.ZERO);
  }

  /** A phone in front of an environment that has just started. */
  private static Phone later(String name, Duration time) {
    Clock clock = Clock.offset(TestBench.CLOCK, time);
    return Phone.of(BENCH.trusting(THREE, BENCH.table().client(), clock), name);
  }

  /** The number of mutations that a phone may send before it is limited. */
  private static int made(Phone phone) {
    for (int made = 0; made < 10; made++) {
      Phone.Reply reply = phone.ask(FOLLOW);
      if (!reply.code().equals("no error")) {
        assertThat(reply.code()).isEqualTo("RATE_LIMITED");
        return made;
      }
    }
    return 10;
  }

  @Test
  void a_caller_may_make_a_minutes_mutations_and_more_as_time_goes_by() {
    String name = "limited-1";

    assertThat(made(limited(name))).isEqualTo(3);
    assertThat(made(limited(name))).as("in another environment").isZero();
    assertThat(made(later(name, Duration.ofSeconds(19)))).isZero();
    assertThat(made(later(name, Duration.ofSeconds(20)))).isEqualTo(1);
    assertThat(made(later(name, Duration.ofSeconds(60)))).isEqualTo(2);
    assertThat(made(later(name, Duration.ofHours(2)))).as("no more than a minute's").isEqualTo(3);
    assertThat(made(limited(name))).as("by a clock that was put right").isEqualTo(3);
  }

  @Test
  void the_limit_counts_each_callers_mutations_and_no_queries() {
    Phone phone = limited("limited-2");
    made(phone);

    assertThat(phone.ask("{ me { id } }").data("/me/id").asText()).isEqualTo("limited-2");
    assertThat(made(limited("limited-3"))).isEqualTo(3);
  }

  @Test
  void a_refused_mutation_succeeds_after_retry_after_with_the_same_request_id() {
    String name = "limited-4";
    made(limited(name));
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
    made(phone);

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
    List<Callable<String>> asked =
        IntStream.range(0, 12)
            .mapToObj(n -> (Callable<String>) () -> (n % 2 == 0 ? one : other).ask(FOLLOW).code())
            .toList();

    int made = 0;
    try (ExecutorService phones = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> code : phones.invokeAll(asked)) {
        made += code.get().equals("no error") ? 1 : 0;
      }
    }

    assertThat(made).isEqualTo(3);
  }

  private static boolean isKept(Phone phone, int number) {
    String document = "query Limited%d { me { id } }".formatted(number);
    String hash =
        "\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}"
            .formatted(Sha256.hex(document));
    assertThat(phone.send("{\"query\": \"%s\", %s}".formatted(document, hash)).code())
        .isEqualTo("no error");
    return phone.send("{" + hash + "}").code().equals("no error");
  }

  @Test
  void documents_over_a_networks_limit_are_executed_and_not_kept() {
    Phone phone = BENCH.stranger(THREE);

    List<Boolean> kept =
        IntStream.range(0, 5)
            .mapToObj(n ->
                isKept(phone.from("2001:db8::" + n).with("x-forwarded-for", "198.51.100." + n), n))
            .toList();

    assertThat(kept).containsExactly(true, true, true, false, false);
    assertThat(isKept(phone.from("2001:db8:0:1::1"), 5)).as("of another network").isTrue();
    assertThat(isKept(phone.from("198.51.100.1"), 6)).isTrue();
  }
}
