package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.local.TestBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What is promised of the store, tried where it is hardest to keep. Each experiment says what came
 * out of it; all of that is in {@code target/reliability.md}.
 */
final class ReliabilityIT {

  private static final Path REPORT = Path.of("target/reliability.md");
  private static final Map<String, String> FIGURES = Collections.synchronizedMap(new TreeMap<>());

  private static final String BOOK =
      """
      mutation Book($requestId: UUID!, $flightId: ID!, $seat: String!) {
        bookSeat(input: {requestId: $requestId, flightId: $flightId, seat: $seat}) {
          booking { id seat }
        }
      }
      """;

  private final TestBench bench = TestBench.shared();
  private final RequestStreamHandler healthy =
      bench.trusting(bench.table().client(), TestBench.CLOCK);

  /** A seat of a flight. */
  private record Place(String flightId, String seat) {
    Map<String, Object> request() {
      Map<String, Object> request = new HashMap<>();
      request.put("requestId", UUID.randomUUID().toString());
      request.put("flightId", flightId);
      request.put("seat", seat);
      return request;
    }
  }

  /** Seats that every aircraft has, of flights from an airport. */
  private static List<Place> places(String airport, int count) {
    List<String> flights =
        TestBench.stranger()
            .ask(
                "{ departures(airport: \"%s\", from: \"2026-01-19T00:00:00Z\", first: 50) { edges { node { id } } } }"
                    .formatted(airport))
            .body()
            .findValuesAsText("id");
    List<Place> places = new ArrayList<>();
    for (String flight : flights) {
      for (int row = 1; row <= 19; row++) {
        for (String letter : List.of("A", "B", "C", "D")) {
          places.add(new Place(flight, row + letter));
        }
      }
    }
    assertThat(places).hasSizeGreaterThanOrEqualTo(count);
    return places.subList(0, count);
  }

  private static <T> List<T> atOnce(int threads, Stream<Supplier<T>> work) {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      return work.map(one -> CompletableFuture.supplyAsync(one, executor)).toList().stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  private static void figure(String name, String text) {
    System.out.println(name + ": " + text);
    FIGURES.put(name, text);
  }

  @Test
  void of_64_travellers_who_race_for_a_seat_one_wins() {
    int rounds = Integer.getInteger("rounds", 1000);
    int travellers = 64;
    long started = System.nanoTime();
    Map<String, Integer> codes = new TreeMap<>();
    for (Place place : places("DFW", rounds)) {
      List<String> round =
          atOnce(
              travellers,
              IntStream.range(0, travellers)
                  .mapToObj(
                      n ->
                          () ->
                              TestBench.anyone(healthy, "racer-" + n)
                                  .ask(BOOK, place.request())
                                  .code()));
      assertThat(round).filteredOn("no error"::equals).hasSize(1);
      assertThat(round).filteredOn("SEAT_TAKEN"::equals).hasSize(travellers - 1);
      round.forEach(code -> codes.merge(code, 1, Integer::sum));
    }
    figure(
        "1 Race for a seat",
        "%,d rounds of %d travellers: %s; %.0f s"
            .formatted(rounds, travellers, codes, (System.nanoTime() - started) / 1e9));
  }

  @AfterAll
  static void write_the_report() throws IOException {
    StringBuilder report = new StringBuilder("# Reliability\n\nWhat `mvn verify` found.\n\n");
    report.append("| experiment | figures |\n|---|---|\n");
    FIGURES.forEach((name, text) -> report.append("| %s | %s |\n".formatted(name, text)));
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, report);
  }
}
