package dev.layover;

import dev.screenful.identity.Caller;
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
import dev.screenful.store.Transaction;
import dev.screenful.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A traveller's partition: bookings and follows, each in the order of departure. Every key contains
 * the traveller's id, so no request can reach another traveller's partition.
 */
public final class Travellers {

  /** The attributes of a booking's item. */
  public static final Set<String> BOOKING =
      Set.of(
          "id",
          "locator",
          "flightId",
          "travellerId",
          "seat",
          "status",
          "bookedAt",
          "note",
          Transaction.VERSION);

  /** The attributes of a followed flight's item. */
  public static final Set<String> FOLLOW = Set.of("id", "travellerId", "flightId", "followedAt");

  /** The attributes of a picture's item. */
  static final Set<String> PICTURE = Set.of("object", "contentType");

  /** The prefix of a traveller's partition key. */
  static final String TRAVELLER = "TRAVELLER#";

  /** The prefix of a booking's sort key. */
  static final String BOOKINGS = "BOOKING#";

  /** The prefix of a follow's sort key. */
  static final String FOLLOWS = "FOLLOW#";

  /** The time after departure during which a flight may still change. */
  private static final Duration STILL_CHANGING = Duration.ofDays(1);

  /** Sorts after all keys with the same prefix, which continue with digits. */
  private static final String END = "~";

  private final Store store;
  private final String travellerId;

  Travellers(Store store, String travellerId) {
    this.store = store;
    this.travellerId = travellerId;
  }

  /** A traveller as the sign-in token describes them. */
  static Map<String, @Nullable Object> traveller(Caller.Verified caller) {
    Map<String, @Nullable Object> traveller = new HashMap<>();
    traveller.put("id", caller.id());
    traveller.put("name", caller.name());
    return traveller;
  }

  static Key bookingKey(String travellerId, String bookingId) {
    return new Key(partition(travellerId), BOOKINGS + bookingId);
  }

  static Key followKey(String travellerId, String departsAt, String flightId) {
    return followKey(travellerId, departsAt + "#" + flightId);
  }

  static Key followKey(String travellerId, String followId) {
    return new Key(partition(travellerId), FOLLOWS + followId);
  }

  /** The id of a follow, from its key. */
  static String followId(Item follow) {
    return Objects.requireNonNull(follow.key()).sort().substring(FOLLOWS.length());
  }

  /** The owner's id, from the key of an item. */
  static String travellerId(Item item) {
    return Objects.requireNonNull(item.key()).partition().substring(TRAVELLER.length());
  }

  static String partition(String travellerId) {
    return TRAVELLER + travellerId;
  }

  /** The id of a booking: the departure for sorting, and the unique locator. */
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
            "id",
            id,
            "locator",
            locator,
            "flightId",
            flightId,
            "travellerId",
            travellerId,
            "seat",
            seat,
            "status",
            "CONFIRMED",
            "bookedAt",
            now.toString(),
            Transaction.VERSION,
            1));
  }

  /** A new follow. */
  public static Item followItem(
      String travellerId, String flightId, String departsAt, Instant now) {
    Key key = followKey(travellerId, departsAt, flightId);
    Item follow = Item.of(key, Map.of("flightId", flightId, "followedAt", now.toString()));
    return follow.with(Map.of("id", followId(follow), "travellerId", travellerId));
  }

  Page bookings(Optional<Instant> from, PageRequest page, Projection projection) {
    return store.query(bookings(from), page, projection);
  }

  Page follows(Optional<Instant> from, PageRequest page, Projection projection) {
    return store.query(follows(from), page, projection);
  }

  private Query bookings(Optional<Instant> from) {
    return range(BOOKINGS, from.map(Flights::moment).orElse("").replaceAll("[-:]", ""));
  }

  private Query follows(Optional<Instant> from) {
    return range(FOLLOWS, from.map(Flights::moment).orElse(""));
  }

  private Query range(String kind, String start) {
    return Query.of(partition(travellerId)).between(kind + start, kind + END);
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
        ErrorCode.NOT_FOUND,
        "You have no booking with the id '%s'.",
        new NodeId("Booking", id).toString());
  }

  /**
   * Books a seat. One transaction checks that the flight is open and the seat is free, and writes
   * the booking.
   */
  Item book(Transaction transaction, String flightId, String seat, String locator, Instant now) {
    Key seatKey = Flights.seatKey(flightId, seat);
    Map<Key, Item> read =
        store.getAll(
            List.of(Flights.key(flightId), seatKey),
            Projection.of("aircraft", "departsAt", "travellerId"));
    Item flight = read.get(Flights.key(flightId));
    if (flight == null) {
      throw Flights.unknown(flightId);
    }
    if (!Cabin.of(flight.text("aircraft")).hasSeat(seat)) {
      throw new ClientError(ErrorCode.BAD_USER_INPUT, "The aircraft has no seat '%s'.", seat);
    }
    if (read.containsKey(seatKey)) { // the usual case; a refused transaction costs ten times more
      throw taken(seat, read.get(seatKey));
    }
    Item booking = bookingItem(travellerId, flightId, flight.text("departsAt"), seat, locator, now);
    transaction.check(
        Flights.key(flightId),
        Condition.isAfter("expectedAt", Flights.moment(now))
            .and(Condition.isNot("state", "CANCELLED")),
        found -> closed(flightId, found));
    transaction.put(Flights.takenSeat(booking), Condition.absent(), found -> taken(seat, found));
    transaction.create(booking); // if the locator is taken, the block runs again with another one
    return booking;
  }

  private ClientError taken(String seat, @Nullable Item found) {
    boolean own = found != null && travellerId.equals(found.get("travellerId"));
    return new ClientError(
        "SEAT_TAKEN",
        (own ? "You have already booked seat %s." : "Seat %s is taken.").formatted(seat),
        Map.of("seat", seat));
  }

  /** Cancels a booking and frees its seat, unless the flight has left. */
  Item cancel(Transaction transaction, String bookingId, Instant now) {
    Item booking = booking(bookingId, Projection.whole());
    if (booking.text("status").equals("CANCELLED")) {
      return booking;
    }
    String flightId = booking.text("flightId");
    transaction.check(
        Flights.key(flightId),
        Condition.isAfter("expectedAt", Flights.moment(now)),
        found -> closed(flightId, found));
    // before the seat, because a concurrent cancellation has freed the seat too
    Item cancelled = transaction.replace(booking, Map.of("status", "CANCELLED"));
    transaction.delete(
        Flights.takenSeat(booking),
        Condition.is("bookingId", bookingId),
        found ->
            new IllegalStateException(
                "The seat of booking " + bookingId + " belongs to another booking."));
    return cancelled;
  }

  /**
   * Changes a booking.
   *
   * @param changes the new note, or null to delete it; a booking without changes stays as it is
   * @param version the version of the booking that the traveller saw
   */
  Item update(
      Transaction transaction,
      String bookingId,
      Map<String, @Nullable Object> changes,
      long version) {
    Item booking = booking(bookingId, Projection.whole());
    if (Transaction.version(booking) != version) {
      throw ClientError.stale(
          Transaction.version(booking),
          Map.of(
              "id", new NodeId("Booking", bookingId).toString(),
              "status", booking.text("status"),
              "note", Objects.requireNonNullElse(booking.get("note"), "")));
    }
    return changes.isEmpty() ? booking : transaction.replace(booking, changes);
  }

  private static ClientError closed(String flightId, @Nullable Item found) {
    return found == null
        ? Flights.unknown(flightId)
        : new ClientError(
            "FLIGHT_CLOSED",
            "The flight has left or was cancelled.",
            Map.of("flightId", new NodeId("Flight", flightId).toString()));
  }

  /** Follows a flight; returns the existing follow if there is one. */
  Item follow(Transaction transaction, String flightId, Instant now) {
    Item flight = new Flights(store).byId(flightId, Projection.of("departsAt"));
    Item follow = followItem(travellerId, flightId, flight.text("departsAt"), now);
    Item known = store.get(Objects.requireNonNull(follow.key()), Projection.whole());
    if (known == null) {
      transaction.create(follow);
    }
    return known == null ? follow : known;
  }

  @Nullable Item picture(Projection projection) {
    return store.get(pictureKey(), projection);
  }

  private Key pictureKey() {
    return new Key(partition(travellerId), "PICTURE");
  }

  /** Sets the picture. The object of an earlier picture stays in the bucket. */
  void setPicture(Transaction transaction, Upload picture) {
    Map<String, String> attributes =
        Map.of("object", picture.object(), "contentType", picture.contentType());
    Item before = store.get(pictureKey(), Projection.whole());
    if (before == null) {
      transaction.create(Item.of(pictureKey(), attributes));
    } else {
      transaction.replace(before, attributes);
    }
  }

  /** Stops following a flight, and returns the flight. */
  Item unfollow(Transaction transaction, String flightId) {
    Item flight = new Flights(store).byId(flightId, Projection.whole());
    Item follow =
        store.get(followKey(travellerId, flight.text("departsAt"), flightId), Projection.whole());
    if (follow != null) {
      transaction.delete(follow);
    }
    return flight;
  }

  /**
   * Queries for the bookings and follows of flights that may have changed since a time: those that
   * departed in the day before it, or later.
   */
  List<Query> changing(Instant since) {
    Optional<Instant> from = Optional.of(since.minus(STILL_CHANGING));
    return List.of(bookings(from), follows(from));
  }
}
