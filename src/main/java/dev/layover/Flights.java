package dev.layover;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.NodeId;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The flights in the table. Each has a partition with the flight's item and its taken seats. */
public final class Flights {

  /** The attributes of a flight's item. */
  public static final Set<String> ATTRIBUTES =
      Set.of(
          "id",
          "number",
          "airlineCode",
          "originCode",
          "destinationCode",
          "departsAt",
          "arrivesAt",
          "expectedAt",
          "delayMinutes",
          "state",
          "gate",
          "aircraft",
          "distanceMiles");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Store store;

  Flights(Store store) {
    this.store = store;
  }

  /** The key of a flight. */
  public static Key key(String id) {
    return new Key("FLIGHT#" + id, "FLIGHT");
  }

  /** The key of a seat. An item exists under it while the seat is taken. */
  static Key seatKey(String id, String seat) {
    return new Key(key(id).partition(), "SEAT#" + seat);
  }

  /** The item that reserves the seat of a booking. */
  public static Item takenSeat(Item booking) {
    String seat = booking.text("seat");
    return Item.of(
        seatKey(booking.text("flightId"), seat),
        Map.of(
            "seat",
            seat,
            "travellerId",
            booking.text("travellerId"),
            "bookingId",
            booking.text("id")));
  }

  /**
   * A time for keys and conditions. It has whole seconds, because strings with a fraction sort
   * before their own second. It ends with the year 9999, because later years start with a sign.
   */
  static String moment(Instant instant) {
    Instant bounded = instant.isBefore(LAST) ? instant : LAST;
    return bounded.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Item byId(String id, Projection projection) {
    Item flight = store.get(key(id), projection);
    if (flight == null) {
      throw unknown(id);
    }
    return flight;
  }

  static ClientError unknown(String id) {
    return new ClientError(
        ErrorCode.NOT_FOUND, "No flight has the id '%s'.", new NodeId("Flight", id).toString());
  }

  /**
   * The departures of an airport from a time on. If it has none, the airport is read, because an
   * unknown airport is an error.
   */
  Page departures(String airport, Instant from, PageRequest page, Projection projection) {
    String code = airport.toUpperCase(Locale.ROOT);
    Page departures =
        store.query(Query.of(LayoverTable.DEPARTURES, code).from(moment(from)), page, projection);
    if (departures.entries().isEmpty() && store.get(Airports.key(code), Projection.of()) == null) {
      throw Airports.unknown(airport);
    }
    return departures;
  }

  /** A flight and its taken seats, read with one query: the flight's item, then the seats. */
  List<Item> withSeats(String id, Projection projection) {
    List<Item> items =
        store
            .query(
                Query.of(key(id).partition()), PageRequest.first(Cabin.MAX_SEATS + 1), projection)
            .items();
    if (items.isEmpty()) {
      throw unknown(id);
    }
    return items;
  }
}
