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

/**
 * Flights in the table: a partition each, which begins with the flight and goes on with its taken
 * seats.
 */
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

  /** The key of a taken seat; no item is under it while the seat is free. */
  static Key seatKey(String id, String seat) {
    return new Key(key(id).partition(), "SEAT#" + seat);
  }

  /** What keeps others from the seat of a booking. */
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
   * A moment as keys and conditions have it: in whole seconds, since a fraction would sort before
   * the second that it belongs to, and no later than the year 9999, whose next one begins with a
   * sign.
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
        ErrorCode.NOT_FOUND, "There is no flight '%s'.".formatted(new NodeId("Flight", id)));
  }

  /**
   * Departures from a moment on; an airport without any is looked up, to tell it from one that does
   * not exist.
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

  /** A flight and its taken seats, in one read: first the flight's item, then one for each seat. */
  List<Item> withSeats(String id, Projection projection) {
    List<Item> items =
        store
            .query(
                Query.of(key(id).partition()), PageRequest.first(Cabin.MOST_SEATS + 1), projection)
            .items();
    if (items.isEmpty()) {
      throw unknown(id);
    }
    return items;
  }
}
