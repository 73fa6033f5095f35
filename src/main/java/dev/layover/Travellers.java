package dev.layover;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.NodeId;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A traveller's partition: their bookings and the flights they follow, each in the order of
 * departure. Every key begins with the traveller's id, so nobody can reach into another one's
 * partition by whatever they ask for.
 */
public final class Travellers {

  /** The attributes of a booking's item. */
  public static final Set<String> BOOKING =
      Set.of("id", "locator", "flightId", "travellerId", "seat", "status", "bookedAt");

  /** The attributes of a followed flight's item. */
  public static final Set<String> FOLLOW = Set.of("flightId", "followedAt");

  /** Comes after every sort key of a kind, since those go on with digits. */
  private static final String END = "~";

  private final Store store;
  private final String travellerId;

  Travellers(Store store, String travellerId) {
    this.store = store;
    this.travellerId = travellerId;
  }

  static Key bookingKey(String travellerId, String bookingId) {
    return new Key(partition(travellerId), "BOOKING#" + bookingId);
  }

  static Key followKey(String travellerId, String departsAt, String flightId) {
    return new Key(partition(travellerId), "FOLLOW#" + departsAt + "#" + flightId);
  }

  private static String partition(String travellerId) {
    return "TRAVELLER#" + travellerId;
  }

  /** A booking's id: the departure makes it sort, the locator makes it one of its kind. */
  private static String bookingId(String departsAt, String locator) {
    return departsAt.replaceAll("[-:]", "") + "-" + locator;
  }

  /** A new booking. */
  public static Item bookingItem(
      String travellerId,
      String flightId,
      String departsAt,
      String seat,
      String locator,
      Instant now) {
    String id = bookingId(departsAt, locator);
    return Item.of(
        bookingKey(travellerId, id),
        Map.of(
            "id", id,
            "locator", locator,
            "flightId", flightId,
            "travellerId", travellerId,
            "seat", seat,
            "status", "CONFIRMED",
            "bookedAt", now.toString()));
  }

  /** A flight on a traveller's list. */
  public static Item followItem(
      String travellerId, String flightId, String departsAt, Instant now) {
    return Item.of(
        followKey(travellerId, departsAt, flightId),
        Map.of("flightId", flightId, "followedAt", now.toString()));
  }

  Page bookings(Optional<Instant> from, PageRequest page, Projection projection) {
    String start = from.map(moment -> Flights.moment(moment).replaceAll("[-:]", "")).orElse("");
    return range("BOOKING#", start, page, projection);
  }

  Page follows(Optional<Instant> from, PageRequest page, Projection projection) {
    return range("FOLLOW#", from.map(Flights::moment).orElse(""), page, projection);
  }

  private Page range(String kind, String start, PageRequest page, Projection projection) {
    Query query = Query.of(partition(travellerId)).between(kind + start, kind + END);
    return store.query(query, page, projection);
  }

  Item booking(String id, Projection projection) {
    Item booking = store.get(bookingKey(travellerId, id), projection);
    if (booking == null) {
      throw unknownBooking(id);
    }
    return booking;
  }

  private static ClientError unknownBooking(String id) {
    return new ClientError(
        ErrorCode.NOT_FOUND, "You have no booking '%s'.".formatted(new NodeId("Booking", id)));
  }

  /**
   * Books a seat: the flight is still open, no one holds the seat, and all of it is true at the
   * same moment or nothing happens.
   */
  Item book(String flightId, String seat, String locator, Instant now) {
    Item flight = new Flights(store).byId(flightId, Projection.of("aircraft", "departsAt"));
    if (!Cabin.of(flight.text("aircraft")).hasSeat(seat)) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "The aircraft has no seat '%s'.".formatted(seat));
    }
    Item booking = bookingItem(travellerId, flightId, flight.text("departsAt"), seat, locator, now);
    store.transact(
        transaction -> {
          transaction.check(
              Flights.key(flightId),
              Condition.isAfter("expectedAt", Flights.moment(now))
                  .and(Condition.isNot("state", "CANCELLED")),
              found -> closed(flightId, found));
          transaction.put(
              Flights.takenSeat(booking),
              Condition.absent(),
              found ->
                  new ClientError(
                      "SEAT_TAKEN",
                      "Someone else has booked seat %s.".formatted(seat),
                      Map.of("seat", seat)));
          transaction.put(
              booking,
              Condition.absent(),
              found ->
                  new IllegalStateException(
                      "The locator " + locator + " was made twice for a flight."));
        });
    return booking;
  }

  /** Gives a booked seat back, unless the flight has left. */
  Item cancel(String bookingId, Instant now, Projection projection) {
    Key key = bookingKey(travellerId, bookingId);
    Item booking = store.get(key, Projection.of("flightId", "seat", "status"));
    if (booking == null) {
      throw unknownBooking(bookingId);
    }
    if (!booking.text("status").equals("CANCELLED")) {
      String flightId = booking.text("flightId");
      store.transact(
          transaction -> {
            transaction.check(
                Flights.key(flightId),
                Condition.isAfter("expectedAt", Flights.moment(now)),
                found -> closed(flightId, found));
            transaction.update(
                key,
                Map.of("status", "CANCELLED"),
                Condition.is("status", "CONFIRMED"),
                found -> changed());
            transaction.delete(
                Flights.seatKey(flightId, booking.text("seat")),
                Condition.is("bookingId", bookingId),
                found -> changed());
          });
    }
    Item cancelled = store.get(key, projection);
    if (cancelled == null) {
      throw unknownBooking(bookingId);
    }
    return cancelled;
  }

  private static ClientError closed(String flightId, @Nullable Item found) {
    return found == null
        ? Flights.unknown(flightId)
        : new ClientError(
            "FLIGHT_CLOSED",
            "The flight has left or was cancelled.",
            Map.of("flightId", new NodeId("Flight", flightId).toString()));
  }

  private static ClientError changed() {
    return new ClientError(
        "BOOKING_CHANGED",
        "The booking was changed at the same moment; look at it again.",
        Map.of());
  }

  /** Puts a flight on the list, or finds it there. */
  Item follow(String flightId, Instant now) {
    String departsAt =
        new Flights(store).byId(flightId, Projection.of("departsAt")).text("departsAt");
    Key key = followKey(travellerId, departsAt, flightId);
    Item known = store.get(key, Projection.of("flightId", "followedAt"));
    if (known != null) {
      return known;
    }
    Item follow = followItem(travellerId, flightId, departsAt, now);
    store.transact(transaction -> transaction.put(follow));
    return follow;
  }

  /** Takes a flight off the list, and returns the flight. */
  Item unfollow(String flightId, Projection projection) {
    Item flight = new Flights(store).byId(flightId, projection.plus("departsAt"));
    store.transact(
        transaction ->
            transaction.delete(followKey(travellerId, flight.text("departsAt"), flightId)));
    return flight;
  }
}
