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
import dev.screenful.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A traveller's partition: their bookings and the flights they follow, each in the order of
 * departure. Every key begins with the traveller's id, so nobody can reach into another one's
 * partition by whatever they ask for.
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

  /** How the partition key of a traveller begins. */
  static final String TRAVELLER = "TRAVELLER#";

  /** How the sort key of a booking begins. */
  static final String BOOKINGS = "BOOKING#";

  /** How the sort key of a followed flight begins. */
  static final String FOLLOWS = "FOLLOW#";

  /** Bookings, or follows, of flights that may still change, of which phones are told. */
  private static final int MOST_UPCOMING = 1000;

  /** How long after its departure a flight may still be changed. */
  private static final Duration STILL_CHANGING = Duration.ofDays(1);

  /** Comes after every sort key of a kind, since those go on with digits. */
  private static final String END = "~";

  private final Store store;
  private final String travellerId;

  Travellers(Store store, String travellerId) {
    this.store = store;
    this.travellerId = travellerId;
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

  /** A follow's id, as its key has it. */
  static String followId(Item follow) {
    return Objects.requireNonNull(follow.key()).sort().substring(FOLLOWS.length());
  }

  /** Whose an item is, as its key has it. */
  static String travellerId(Item item) {
    return Objects.requireNonNull(item.key()).partition().substring(TRAVELLER.length());
  }

  static String partition(String travellerId) {
    return TRAVELLER + travellerId;
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

  /** A flight on a traveller's list. */
  public static Item followItem(
      String travellerId, String flightId, String departsAt, Instant now) {
    Key key = followKey(travellerId, departsAt, flightId);
    Item follow = Item.of(key, Map.of("flightId", flightId, "followedAt", now.toString()));
    return follow.with(Map.of("id", followId(follow), "travellerId", travellerId));
  }

  Page bookings(Optional<Instant> from, PageRequest page, Projection projection) {
    String start = from.map(moment -> Flights.moment(moment).replaceAll("[-:]", "")).orElse("");
    return range(BOOKINGS, start, page, projection);
  }

  Page follows(Optional<Instant> from, PageRequest page, Projection projection) {
    return range(FOLLOWS, from.map(Flights::moment).orElse(""), page, projection);
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
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "The aircraft has no seat '%s'.".formatted(seat));
    }
    if (read.containsKey(seatKey)) { // mostly; a transaction that is refused costs ten times more
      throw taken(seat, read.get(seatKey));
    }
    Item booking = bookingItem(travellerId, flightId, flight.text("departsAt"), seat, locator, now);
    transaction.check(
        Flights.key(flightId),
        Condition.isAfter("expectedAt", Flights.moment(now))
            .and(Condition.isNot("state", "CANCELLED")),
        found -> closed(flightId, found));
    transaction.put(Flights.takenSeat(booking), Condition.absent(), found -> taken(seat, found));
    transaction.create(booking); // with another locator, where someone has this one
    return booking;
  }

  private ClientError taken(String seat, @Nullable Item found) {
    boolean own = found != null && travellerId.equals(found.get("travellerId"));
    return new ClientError(
        "SEAT_TAKEN",
        (own ? "You have booked seat %s already." : "Someone else has booked seat %s.")
            .formatted(seat),
        Map.of("seat", seat));
  }

  /** Gives a booked seat back, unless the flight has left. */
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
    // before the seat, since who was faster has given that back too
    Item cancelled = transaction.replace(booking, Map.of("status", "CANCELLED"));
    transaction.delete(
        Flights.takenSeat(booking),
        Condition.is("bookingId", bookingId),
        found -> new IllegalStateException("Booking " + bookingId + " does not hold its seat."));
    return cancelled;
  }

  /**
   * Changes what a traveller wrote on a booking.
   *
   * @param note the new note, empty for none
   * @param version the booking's version that the traveller had before them
   */
  Item update(Transaction transaction, String bookingId, Optional<String> note, long version) {
    Item booking = booking(bookingId, Projection.whole());
    if (Transaction.version(booking) != version) {
      throw ClientError.stale(
          Transaction.version(booking),
          Map.of(
              "id", new NodeId("Booking", bookingId).toString(),
              "status", booking.text("status"),
              "note", Objects.requireNonNullElse(booking.get("note"), "")));
    }
    Map<String, @Nullable Object> changes = new HashMap<>();
    changes.put("note", note.orElse(null));
    return transaction.replace(booking, changes);
  }

  private static ClientError closed(String flightId, @Nullable Item found) {
    return found == null
        ? Flights.unknown(flightId)
        : new ClientError(
            "FLIGHT_CLOSED",
            "The flight has left or was cancelled.",
            Map.of("flightId", new NodeId("Flight", flightId).toString()));
  }

  /** Puts a flight on the list, or finds it there. */
  Item follow(Transaction transaction, String flightId, Instant now) {
    Item flight = new Flights(store).byId(flightId, Projection.of("departsAt"));
    Item follow = followItem(travellerId, flightId, flight.text("departsAt"), now);
    Item known = store.get(Objects.requireNonNull(follow.key()), Projection.whole());
    if (known == null) {
      transaction.create(follow);
    }
    return known == null ? follow : known;
  }

  /** Takes a flight off the list, and returns the flight. */
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
   * The first bookings and the first follows of flights that may still change, whole. More than
   * that nobody has who means well.
   */
  List<Item> upcoming(Instant now) {
    Optional<Instant> from = Optional.of(now.minus(STILL_CHANGING));
    List<Item> upcoming = new ArrayList<>();
    each(page -> bookings(from, page, Projection.whole()), upcoming);
    each(page -> follows(from, page, Projection.whole()), upcoming);
    return upcoming;
  }

  private static void each(Function<PageRequest, Page> pages, List<Item> all) {
    Page page = pages.apply(PageRequest.first(100));
    all.addAll(page.items());
    for (int read = 100; page.hasNext() && read < MOST_UPCOMING; read += 100) {
      page = pages.apply(new PageRequest(100, page.entries().getLast().position()));
      all.addAll(page.items());
    }
  }
}
