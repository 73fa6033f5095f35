package dev.layover.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.Flights;
import dev.layover.Layover;
import dev.layover.LayoverTable;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TrustingVerifier;
import dev.screenful.local.LocalDynamo;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A function in a process of its own, which the test kills. It books up to a thousand seats on an
 * engine with a data folder, and prints the acknowledged bookings.
 */
public final class CrashingFunction {

  private static final int FLIGHTS = 10;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-15T14:00:00Z"), ZoneOffset.UTC);

  private static final String BOOK =
      """
      mutation Book($requestId: UUID!, $flightId: ID!, $seat: String!) {
        bookSeat(input: {requestId: $requestId, flightId: $flightId, seat: $seat}) {
          booking { locator }
        }
      }
      """;

  private final RequestStreamHandler handler;
  private final Table table;

  /** A function on an engine with data. */
  public CrashingFunction(URI engine) {
    table = new Table(LocalDynamo.client(engine), "crash", LayoverTable.DEFINITION);
    handler =
        Backend.handler(
            new Layover(CLOCK, new Random(), Bucket.none()),
            Settings.of(
                Path.of("schema"),
                Map.of(
                    "SAFELIST", "open",
                    "TABLE_NAME", "crash",
                    "WRITES_PER_MINUTE", "1000000",
                    "CURSOR_SECRET", "x".repeat(32))),
            new TrustingVerifier(),
            table.client(),
            CLOCK,
            new Log(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8)));
  }

  /** Creates the table, with flights that have a seat for each mutation. */
  private void prepare() {
    LocalDynamo.createTable(table.client(), table.name(), LayoverTable.DEFINITION);
    List<Item> flights = new ArrayList<>();
    for (int flight = 0; flight < FLIGHTS; flight++) {
      String id = flight(flight);
      flights.add(
          Item.of(
              Flights.key(id),
              Map.of(
                  "id", id,
                  "number", id,
                  "departsAt", "2026-01-19T10:00:00Z",
                  "expectedAt", "2026-01-19T10:00:00Z",
                  "state", "SCHEDULED",
                  "delayMinutes", 0,
                  "aircraft", "Boeing 757-200")));
    }
    new BulkWriter(table).write(flights);
  }

  private static String flight(int number) {
    return "KILL" + number;
  }

  /** The caller of a mutation, one of fifty. */
  public static String traveller(int mutation) {
    return "survivor-" + mutation % 50;
  }

  /** Books the seat of a mutation; a flight has a hundred of them. */
  public Phone.Reply book(int mutation) {
    int place = mutation % 100;
    return Phone.of(handler, traveller(mutation))
        .ask(
            BOOK,
            Map.of(
                "requestId",
                new UUID(77, mutation).toString(),
                "flightId",
                "Flight:" + flight(mutation / 100),
                "seat",
                (1 + place / 5) + "ABCDE".substring(place % 5, place % 5 + 1)));
  }

  /** Sends a document of a traveller. */
  public Phone.Reply ask(String traveller, String document) {
    return Phone.of(handler, traveller).ask(document);
  }

  /**
   * Books from several threads.
   *
   * @param arguments the data folder, and the number of seats
   */
  public static void main(String[] arguments) {
    CrashingFunction function =
        new CrashingFunction(LocalDynamo.start(Path.of(arguments[0])).endpoint());
    function.prepare();
    int seats = Integer.parseInt(arguments[1]);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int number = 0; number < seats; number++) {
        int mutation = number;
        threads.execute(() -> {
          Phone.Reply reply = function.book(mutation);
          System.out.printf("%d %s%n", mutation, reply.data("/bookSeat/booking/locator").asText());
          System.out.flush();
        });
      }
    }
    System.exit(0);
  }
}
