package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.CrashingFunction;
import dev.layover.local.FaultInjector;
import dev.layover.local.FaultInjector.Fault;
import dev.layover.local.LayoverBench;
import dev.layover.local.SyncedPhone;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Sockets;
import dev.screenful.kit.StreamRecords;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promises of the store under load and faults. Each experiment writes its result to {@code
 * target/reliability.md}.
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

  /**
   * Whether to run the full sizes, for which the documentation quotes figures ({@code -Dwhole}).
   * Otherwise a build runs a quarter or less.
   */
  private static final boolean FULL_SIZE = System.getProperty("whole") != null;

  private static int size(int inBuild, int whole) {
    return FULL_SIZE ? whole : inBuild;
  }

  /** Determines which calls fail. */
  private static final long SEED = Long.getLong("seed", 20261125);

  private final TestBench bench = LayoverBench.shared();
  private final RequestStreamHandler healthy =
      bench.trusting(bench.table().client(), TestBench.CLOCK);

  /** Flights on which the sample travellers have seats. */
  private static final Pattern SAMPLES = Pattern.compile("PQ(128|142|244)-");

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

  private static List<String> flights(String airport) {
    return LayoverBench.stranger()
        .ask(
            "{ departures(airport: \"%s\", from: \"2026-01-19T00:00:00Z\", first: 50) { edges { node { id } } } }"
                .formatted(airport))
        .body()
        .findValuesAsText("id");
  }

  /** Seats on flights from an airport, with labels that every aircraft has. */
  private static List<Place> places(String airport, int count) {
    List<String> flights = flights(airport);
    List<Place> places = new ArrayList<>();
    for (String flight : flights) {
      if (SAMPLES.matcher(flight).find()) {
        continue;
      }
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
  void one_of_64_concurrent_travellers_gets_the_seat() {
    int rounds = Integer.getInteger("rounds", size(50, 1000));
    int travellers = 64;
    Map<String, Integer> codes = new TreeMap<>();
    for (Place place : places("DFW", rounds)) {
      List<String> round =
          atOnce(
              travellers,
              IntStream.range(0, travellers)
                  .mapToObj(n ->
                      () -> Phone.of(healthy, "racer-" + n).ask(BOOK, place.request()).code()));
      assertThat(round).filteredOn("no error"::equals).hasSize(1);
      assertThat(round).filteredOn("SEAT_TAKEN"::equals).hasSize(travellers - 1);
      round.forEach(code -> codes.merge(code, 1, Integer::sum));
    }
    figure(
        "1 Race for a seat",
        "%,d rounds of %d travellers: %s".formatted(rounds, travellers, codes));
  }

  @Test
  void bookings_with_lost_responses_run_once_when_they_are_repeated() {
    int count = size(100, 500);
    FaultInjector faults = new FaultInjector(SEED).with(Fault.LOST_ANSWER, 1, "TransactWriteItems");
    RequestStreamHandler lossy = bench.trusting(faults.client(), TestBench.CLOCK);
    List<Map<String, Object>> requests = places("ORD", count).stream().map(Place::request).toList();

    List<String> lost = codes(1, lossy, "loser", requests);
    int bookedBefore = bookings(healthy, "loser").size();
    List<String> retried = codes(4, healthy, "loser", requests);

    assertThat(lost).containsOnly("UNAVAILABLE");
    assertThat(bookedBefore).isEqualTo(count);
    assertThat(retried).containsOnly("no error");
    List<JsonNode> bookings = bookings(healthy, "loser");
    assertThat(bookings).hasSize(count);
    assertThat(seats(bookings)).doesNotHaveDuplicates();
    assertThat(faults.injected(Fault.LOST_ANSWER)).isGreaterThanOrEqualTo(count);
    figure(
        "2 Lost answers",
        "%d bookings, each response lost (%s): %d booked before the retry, %d after it, none twice"
            .formatted(count, faults.summary(), bookedBefore, bookings.size()));
  }

  private static List<String> codes(
      int threads,
      RequestStreamHandler handler,
      String traveller,
      List<Map<String, Object>> requests) {
    return atOnce(
        threads,
        requests.stream()
            .map(request -> () -> Phone.of(handler, traveller).ask(BOOK, request).code()));
  }

  /** All bookings of a traveller, page by page. */
  private static List<JsonNode> bookings(RequestStreamHandler handler, String traveller) {
    List<JsonNode> bookings = new ArrayList<>();
    Map<String, @Nullable Object> after = new HashMap<>();
    JsonNode page;
    do {
      page =
          Phone.of(handler, traveller)
              .ask(
                  """
                  query ($after: String) @consistent {
                    me {
                      bookings(first: 50, after: $after) {
                        edges { node { id seat status note version flight { id } } }
                        pageInfo { endCursor hasNextPage }
                      }
                    }
                  }
                  """,
                  after)
              .data("/me/bookings");
      page.get("edges").forEach(edge -> bookings.add(edge.get("node")));
      after.put("after", page.at("/pageInfo/endCursor").asText());
    } while (page.at("/pageInfo/hasNextPage").asBoolean());
    return bookings;
  }

  private static List<String> seats(List<JsonNode> bookings) {
    return bookings.stream()
        .map(booking -> booking.at("/flight/id").asText() + " " + booking.get("seat").asText())
        .toList();
  }

  @Test
  void under_faults_each_request_succeeds_or_fails_with_a_code_and_no_write_is_partial() {
    FaultInjector faults =
        new FaultInjector(SEED)
            .with(Fault.THROTTLED, 0.2, "")
            .with(Fault.CONFLICT, 0.1, "TransactWriteItems")
            .with(Fault.LOST_ANSWER, 0.05, "")
            .with(Fault.RESET, 0.05, "")
            .with(Fault.UNPROCESSED, 0.2, "BatchGetItem")
            .with(Fault.DELAY, 0.1, "");
    // at a fixed time the rate limit never refills, and each mutation needs one more call
    Clock ticking =
        Clock.offset(
            Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), TestBench.NOW));
    RequestStreamHandler faulty = bench.trusting(faults.client(), ticking);
    List<Place> places = places("LAX", size(100, 400));

    List<String> codes =
        atOnce(
            8,
            IntStream.range(0, places.size())
                .mapToObj(n -> () -> bookAndCancel(faulty, "faulty-" + n % 8, places.get(n))));

    assertThat(codes).containsAnyOf("no error");
    assertThat(codes).isSubsetOf("no error", "UNAVAILABLE", "DEADLINE_EXCEEDED");
    int confirmed = 0;
    for (int n = 0; n < 8; n++) {
      List<JsonNode> bookings = bookings(healthy, "faulty-" + n);
      List<String> confirmedSeats =
          seats(
              bookings.stream()
                  .filter(booking -> booking.get("status").asText().equals("CONFIRMED"))
                  .toList());
      assertThat(mine("faulty-" + n, places)).containsExactlyInAnyOrderElementsOf(confirmedSeats);
      confirmed += confirmedSeats.size();
    }
    Map<String, Integer> counts = new TreeMap<>();
    codes.forEach(code -> counts.merge(code, 1, Integer::sum));
    figure(
        "3 Throttling",
        "%d bookings, half of them cancelled, with the faults %s: %s; %d seats are taken, each by its one confirmed booking"
            .formatted(places.size(), faults.summary(), counts, confirmed));
  }

  /** Books a seat, and cancels the booking if the seat has the letter A or C. */
  private static String bookAndCancel(RequestStreamHandler handler, String traveller, Place place) {
    Phone.Reply booked = Phone.of(handler, traveller).ask(BOOK, place.request());
    if (!booked.code().equals("no error") || !place.seat().matches(".*[AC]")) {
      return booked.code();
    }
    return Phone.of(handler, traveller)
        .ask(
            "mutation ($requestId: UUID!, $id: ID!) { cancelBooking(input: {requestId: $requestId, bookingId: $id}) { booking { id } } }",
            Map.of("id", booked.data("/bookSeat/booking/id").asText()))
        .code();
  }

  /** A traveller's seats on the flights of these places. */
  private List<String> mine(String traveller, List<Place> places) {
    List<String> mine = new ArrayList<>();
    for (String flight : places.stream().map(Place::flightId).distinct().toList()) {
      Phone.of(healthy, traveller)
          .ask(
              "query ($id: ID!) { seatMap(flightId: $id) { rows { seats { label mine } } } }",
              Map.of("id", flight))
          .data("/seatMap/rows")
          .findParents("label")
          .forEach(seat -> {
            if (seat.get("mine").asBoolean()) {
              mine.add(flight + " " + seat.get("label").asText());
            }
          });
    }
    return mine;
  }

  @Test
  void acknowledged_bookings_survive_a_killed_process_and_repeats_run_once(@TempDir Path folder)
      throws IOException, InterruptedException {
    int seats = size(200, 1000);
    Map<Integer, String> acknowledged = new HashMap<>();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashingFunction.class.getName(),
                folder.toString(),
                Integer.toString(seats))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        acknowledged.put(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
        if (acknowledged.size() == seats / 2) {
          process.toHandle().destroyForcibly(); // SIGKILL; the output stays readable
        }
      }
    }
    assertThat(process.waitFor()).as("killed by a signal").isEqualTo(137);
    assertThat(acknowledged).hasSizeLessThan(seats);

    try (LocalDynamo engine = LocalDynamo.start(folder)) {
      CrashingFunction after = new CrashingFunction(engine.endpoint());
      int before = count(after);
      List<String> locators =
          atOnce(
              4,
              IntStream.range(0, seats)
                  .mapToObj(n -> () -> after.book(n).data("/bookSeat/booking/locator").asText()));

      assertThat(before).isGreaterThanOrEqualTo(acknowledged.size());
      assertThat(count(after)).isEqualTo(seats);
      acknowledged.forEach((n, locator) -> assertThat(locators.get(n)).isEqualTo(locator));
      figure(
          "4 kill -9",
          "killed after %d of %,d bookings were acknowledged; %d were there; all repeated: %,d bookings, and the acknowledged ones have their locators"
              .formatted(acknowledged.size(), seats, before, count(after)));
    }
  }

  private static int count(CrashingFunction function) {
    return IntStream.range(0, 50)
        .mapToObj(CrashingFunction::traveller)
        .mapToInt(traveller ->
            function
                .ask(
                    traveller,
                    "query @consistent { me { bookings(first: 50) { edges { node { id } } } } }")
                .body()
                .findValues("id")
                .size())
        .sum();
  }

  /**
   * Each write is one change. Two changes of one flight are a hundred writes apart, and a page has
   * fifty changes, so no page merges two changes of a flight. If the number of received changes
   * differs from the number of writes, there is a gap or a duplicate.
   */
  @Test
  void a_reader_gets_each_change_once_while_others_write() {
    int owners = 5;
    int writes = size(200, 1000); // by each of two writers
    List<String> flights =
        Stream.of("DFW", "ORD", "ATL", "LAX", "PHX")
            .flatMap(airport -> flights(airport).stream())
            .toList();
    assertThat(flights).hasSizeGreaterThanOrEqualTo(100);
    List<Supplier<Integer>> work = new ArrayList<>();
    Map<Integer, AtomicInteger> written = new HashMap<>();
    for (int owner = 0; owner < owners; owner++) {
      Phone phone = Phone.of(healthy, "writer-" + owner);
      AtomicInteger done = new AtomicInteger();
      written.put(owner, done);
      for (int writer = 0; writer < 2; writer++) {
        List<String> own = flights.subList(writer * 50, writer * 50 + 50);
        work.add(() -> followAndUnfollow(phone, own, writes, done));
      }
      SyncedPhone reader = new SyncedPhone(phone);
      reader.syncAll(50); // changes during a listing may be returned twice
      work.add(() -> read(reader, phone, done, 2 * writes));
    }

    List<Integer> received = atOnce(work.size(), work.stream());

    for (int owner = 0; owner < owners; owner++) {
      assertThat(received.get(owner * 3 + 2)).isEqualTo(2 * writes);
      assertThat(Objects.requireNonNull(written.get(owner)).get()).isEqualTo(2 * writes);
    }
    figure(
        "5 Sync during writing",
        "%,d changes by two writers each of %d travellers, read meanwhile: %,d were received, and in the end all phones had the state of the server"
            .formatted(
                owners * 2 * writes,
                owners,
                received.stream().filter(n -> n > 0).mapToInt(n -> n).sum()));
  }

  private static int followAndUnfollow(
      Phone phone, List<String> flights, int writes, AtomicInteger done) {
    for (int write = 0; write < writes; write++) {
      boolean follow = write / flights.size() % 2 == 0;
      Phone.Reply reply =
          phone.ask(
              "mutation ($requestId: UUID!, $id: ID!) { %s(input: {requestId: $requestId, flightId: $id}) { __typename } }"
                  .formatted(follow ? "followFlight" : "unfollowFlight"),
              Map.of("id", flights.get(write % flights.size())));
      if (!reply.code().equals("no error")) {
        done.set(Integer.MIN_VALUE); // otherwise the reader would wait forever
      }
      assertThat(reply.code()).isEqualTo("no error");
      done.incrementAndGet();
    }
    return 0;
  }

  /** Reads until all changes are written and returned, and returns their number. */
  private static int read(SyncedPhone reader, Phone phone, AtomicInteger written, int all) {
    boolean last;
    do {
      last = written.get() == all || written.get() < 0;
      reader.syncAll(50);
      pause();
    } while (!last);
    assertThat(reader.objects()).isEqualTo(SyncedPhone.stateOf(phone));
    return reader.changes();
  }

  private static final String LIVE = "subscription ($id: ID!) { flight(id: $id) { number gate } }";

  /** The subscribers of one flight are answered by one execution for each change. */
  @Test
  void all_subscribers_of_a_flight_reach_its_last_state() {
    int subscribers = size(300, 1000);
    int changes = size(20, 100);
    TestBench own = bench.fresh();
    String flight = flights("DFW").getFirst();
    try (StreamRecords stream = own.stream()) {
      Sockets sockets = own.trustingSockets(own.table().client(), TestBench.CLOCK);
      List<Sockets.Socket> phones =
          atOnce(
              16,
              IntStream.range(0, subscribers)
                  .mapToObj(n ->
                      () ->
                          sockets
                              .initialised("watcher-" + n)
                              .subscribe("1", LIVE, Map.of("id", flight))));
      stream.all();
      int before = own.logged("\"requestId\":\"live-").size();
      int sent = sockets.sent();
      for (int change = 1; change <= changes; change++) {
        setGate(own, flight, "B" + (1 + change % 80));
        assertThat(sockets.deliver(stream.all()).path("batchItemFailures")).isEmpty();
      }

      int executions = own.logged("\"requestId\":\"live-").size() - before;
      int messages = sockets.sent() - sent;
      assertThat(executions).isEqualTo(changes);
      assertThat(messages).isEqualTo(subscribers * changes);
      assertThat(phones)
          .allSatisfy(phone ->
              assertThat(phone.last("1").at("/data/flight/gate").asText())
                  .isEqualTo("B" + (1 + changes % 80)));
      figure(
          "6 Live screen of many",
          "%,d subscribers of one flight, %d changes: %d executions, %,d messages, and the last state reached all"
              .formatted(subscribers, changes, executions, messages));
    }
  }

  /** A private screen is answered for each caller, and only if it has changed for the caller. */
  @Test
  void each_subscriber_of_a_private_screen_gets_its_own_changes() {
    int subscribers = size(20, 50);
    int changes = size(5, 10);
    TestBench own = bench.fresh();
    String flight = flights("DFW").getFirst();
    try (StreamRecords stream = own.stream()) {
      Sockets sockets = own.trustingSockets(own.table().client(), TestBench.CLOCK);
      List<Sockets.Socket> phones =
          IntStream.range(0, subscribers)
              .mapToObj(n ->
                  sockets
                      .initialised("watcher-" + n)
                      .subscribe(
                          "1",
                          "subscription ($id: ID!) { flight(id: $id) { gate followed } }",
                          Map.of("id", flight)))
              .toList();
      stream.all();
      int before = own.logged("\"requestId\":\"live-").size();
      int sent = sockets.sent();
      for (int change = 1; change <= changes; change++) {
        setGate(own, flight, "C" + change);
        assertThat(sockets.deliver(stream.all()).path("batchItemFailures")).isEmpty();
      }

      int executions = own.logged("\"requestId\":\"live-").size() - before;
      int messages = sockets.sent() - sent;
      assertThat(executions).isEqualTo(subscribers * changes);
      assertThat(messages).isEqualTo(subscribers * changes);
      assertThat(phones)
          .allSatisfy(phone ->
              assertThat(phone.last("1").at("/data/flight/gate").asText())
                  .isEqualTo("C" + changes));
      figure(
          "7 Live screens of each",
          "%d callers with a private screen of one flight, %d changes: %d executions, %d messages, and the last state reached all"
              .formatted(subscribers, changes, executions, messages));
    }
  }

  private static void setGate(TestBench bench, String flight, String gate) {
    Phone.Reply reply =
        Phone.of(bench.trusting(), "staff:STAFF")
            .ask(
                "mutation ($requestId: UUID!, $id: ID!, $gate: String!) { updateFlight(input: {requestId: $requestId, flightId: $id, gate: $gate}) { flight { gate } } }",
                Map.of("id", flight, "gate", gate));
    assertThat(reply.code()).isEqualTo("no error");
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterAll
  static void write_the_report() throws IOException {
    StringBuilder report = new StringBuilder("# Reliability\n\nThe results of `mvn verify`.\n\n");
    report.append("| experiment | figures |\n|---|---|\n");
    FIGURES.forEach((name, text) -> report.append("| %s | %s |\n".formatted(name, text)));
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, report);
  }
}
