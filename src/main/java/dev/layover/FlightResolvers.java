package dev.layover;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Arguments;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Resolvers for flights and seats, including updates by staff. */
final class FlightResolvers implements Resolvers {

  /**
   * The delay from which a flight counts as late, as the US Department of Transportation counts.
   */
  private static final int LATE_MINUTES = 15;

  private static final Pattern GATE = Pattern.compile("[A-Z][1-9][0-9]?");

  private final Clock clock;

  FlightResolvers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void register(Fields fields) {
    fields.attributes("Airline", Airlines.ATTRIBUTES);
    fields.attributes("Flight", Flights.ATTRIBUTES);
    fields.attributes("SeatMap", List.of("flight", "rows", "free"));
    fields.attributes("SeatRow", List.of("number", "exit", "seats"));
    fields.attributes("Seat", List.of("label", "kind", "taken", "mine"));
    fields.attributes("UpdateFlightPayload", List.of("flight"));
    fields.node("Airline", "code", (code, call) -> Airlines.key(code));
    fields.node("Flight", "id", (id, call) -> Flights.key(id));
    fields.query("flight", call -> flights(call).byId(call.id("id", "Flight"), call.selection()));
    fields.query(
        "departures",
        call ->
            flights(call)
                .departures(
                    call.text("airport"),
                    call.arguments().optionalInstant("from").orElseGet(clock::instant),
                    call.page(),
                    call.selection()));
    fields.query("seatMap", FlightResolvers::seatMap);
    fields.mutation("updateFlight", FlightResolvers::update);
    fields.load("Flight", "airline", "airlineCode", Airlines::key);
    fields.load("Flight", "origin", "originCode", Airports::key);
    fields.load("Flight", "destination", "destinationCode", Airports::key);
    fields.exists("Flight", "followed", FlightResolvers::followKey, "id", "departsAt");
    fields.on(
        "Flight", "status", call -> status(call.source()), "state", "expectedAt", "delayMinutes");
  }

  private String status(Item flight) {
    String state = flight.text("state");
    if (state.equals("CANCELLED")) {
      return state;
    }
    if (!Instant.parse(flight.text("expectedAt")).isAfter(clock.instant())) {
      return "DEPARTED";
    }
    if (state.equals("BOARDING")) {
      return state;
    }
    return flight.number("delayMinutes") >= LATE_MINUTES ? "DELAYED" : "ON_TIME";
  }

  private static @Nullable Key followKey(Call call) {
    return call.caller() instanceof Caller.Verified caller
        ? Travellers.followKey(
            caller.id(), call.source().text("departsAt"), call.source().text("id"))
        : null;
  }

  private static Map<String, Object> seatMap(Call call) {
    List<Item> items =
        flights(call)
            .withSeats(
                call.id("flightId", "Flight"),
                call.selection("flight").plus("aircraft", "seat", "travellerId"));
    Item flight = items.getFirst();
    Map<String, String> takenBy =
        items.stream()
            .skip(1)
            .collect(Collectors.toMap(seat -> seat.text("seat"), seat -> seat.text("travellerId")));
    String caller = call.selection("rows", "seats").has("mine") ? callerId(call) : "";
    Cabin cabin = Cabin.of(flight.text("aircraft"));
    List<Map<String, Object>> rows = new ArrayList<>();
    int seats = 0;
    for (int row = 1; row <= cabin.rows(); row++) {
      List<Map<String, Object>> seatsOfRow =
          cabin.seats(row).stream().map(seat -> seat(seat, takenBy, caller)).toList();
      rows.add(Map.of("number", row, "exit", cabin.exits().contains(row), "seats", seatsOfRow));
      seats += seatsOfRow.size();
    }
    return Map.of("flight", flight, "rows", rows, "free", seats - takenBy.size());
  }

  private static String callerId(Call call) {
    return call.caller() instanceof Caller.Verified verified ? verified.id() : "";
  }

  private static Map<String, Object> seat(
      Cabin.Seat seat, Map<String, String> takenBy, String caller) {
    return Map.of(
        "label", seat.label(),
        "kind", seat.kind().name(),
        "taken", takenBy.containsKey(seat.label()),
        "mine", caller.equals(takenBy.get(seat.label())));
  }

  private static Map<String, Item> update(Call call, Transaction transaction) {
    Arguments input = call.input();
    Item flight = flights(call).byId(input.id("flightId", "Flight"), Projection.whole());
    Map<String, @Nullable Object> changes = input.changes("gate", "delayMinutes", "state");
    if (changes.isEmpty()) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "The input must contain a gate, a delay or a state.");
    }
    input.optionalText("gate").ifPresent(FlightResolvers::checkGate);
    if (input.has("state")) {
      changes.put("state", input.optionalText("state").orElse("SCHEDULED"));
    }
    if (input.has("delayMinutes")) {
      int delay = checkedDelay(input.optionalInteger("delayMinutes").orElse(0));
      Instant departsAt = Instant.parse(flight.text("departsAt"));
      changes.put("delayMinutes", delay);
      changes.put("expectedAt", departsAt.plusSeconds(delay * 60L).toString());
    }
    return Map.of("flight", transaction.replace(flight, changes));
  }

  private static void checkGate(String gate) {
    if (!GATE.matcher(gate).matches()) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "'gate' must be a letter and a number, such as B12.");
    }
  }

  private static int checkedDelay(int minutes) {
    if (minutes < -120 || minutes > 1440) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'delayMinutes' must be between -120 and 1440, not %d.".formatted(minutes));
    }
    return minutes;
  }

  private static Flights flights(Call call) {
    return new Flights(call.store());
  }
}
