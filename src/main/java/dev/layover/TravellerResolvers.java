package dev.layover;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.resolver.SyncSource;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Query;
import dev.screenful.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Resolvers for travellers: their bookings and follows. */
final class TravellerResolvers implements Resolvers, SyncSource {

  /** Without characters that look like others. */
  private static final String LOCATOR_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int LOCATOR_LENGTH = 6;

  private static final int MAX_NOTE_LENGTH = 500;

  private final Clock clock;
  private final RandomGenerator random;

  TravellerResolvers(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void register(Fields fields) {
    fields.attributes("Traveller", List.of("id", "name"));
    fields.attributes("Booking", Travellers.BOOKING);
    fields.attributes("Follow", Travellers.FOLLOW);
    fields.attributes("BookSeatPayload", List.of("booking"));
    fields.attributes("UpdateBookingPayload", List.of("booking"));
    fields.attributes("CancelBookingPayload", List.of("booking"));
    fields.attributes("FollowFlightPayload", List.of("follow"));
    fields.attributes("UnfollowFlightPayload", List.of("flight"));
    fields.typeOf("Node", LayoverTable::typeOf);
    fields.node(
        "Booking", "id", (id, call) -> own(call, caller -> Travellers.bookingKey(caller, id)));
    fields.node(
        "Follow", "id", (id, call) -> own(call, caller -> Travellers.followKey(caller, id)));
    fields.query("me", TravellerResolvers::me);
    fields.query(
        "booking", call -> caller(call).booking(call.id("id", "Booking"), call.selection()));
    fields.on(
        "Traveller",
        "bookings",
        call ->
            caller(call)
                .bookings(call.arguments().optionalInstant("from"), call.page(), call.selection()));
    fields.on(
        "Traveller",
        "follows",
        call ->
            caller(call)
                .follows(call.arguments().optionalInstant("from"), call.page(), call.selection()));
    fields.load("Booking", "flight", "flightId", Flights::key);
    fields.load("Follow", "flight", "flightId", Flights::key);
    fields.on(
        "Booking",
        "boardingGroup",
        call -> Cabin.boardingGroup(call.source().text("seat")),
        "seat");
    fields.mutation("bookSeat", this::book);
    fields.mutation("updateBooking", TravellerResolvers::update);
    fields.mutation("cancelBooking", this::cancel);
    fields.mutation("followFlight", this::follow);
    fields.mutation("unfollowFlight", TravellerResolvers::unfollow);
    fields.changes("changes", this);
  }

  private Map<String, Item> book(Call call, Transaction transaction) {
    String flightId = call.input().id("flightId", "Flight");
    String seat = call.input().text("seat");
    return Map.of(
        "booking", caller(call).book(transaction, flightId, seat, locator(), clock.instant()));
  }

  private static Map<String, Item> update(Call call, Transaction transaction) {
    String bookingId = call.input().id("bookingId", "Booking");
    Map<String, @Nullable Object> changes = call.input().changes("note");
    Optional<String> note = call.input().optionalText("note");
    if (note.filter(text -> text.codePointCount(0, text.length()) > MAX_NOTE_LENGTH).isPresent()) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'note' must have at most %d characters.".formatted(MAX_NOTE_LENGTH));
    }
    if (note.filter(String::isBlank).isPresent()) {
      changes.put("note", null);
    }
    int version = call.input().integer("version");
    return Map.of("booking", caller(call).update(transaction, bookingId, changes, version));
  }

  private Map<String, Item> cancel(Call call, Transaction transaction) {
    String bookingId = call.input().id("bookingId", "Booking");
    return Map.of("booking", caller(call).cancel(transaction, bookingId, clock.instant()));
  }

  private Map<String, Item> follow(Call call, Transaction transaction) {
    String flightId = call.input().id("flightId", "Flight");
    return Map.of("follow", caller(call).follow(transaction, flightId, clock.instant()));
  }

  private static Map<String, Item> unfollow(Call call, Transaction transaction) {
    String flightId = call.input().id("flightId", "Flight");
    return Map.of("flight", caller(call).unfollow(transaction, flightId));
  }

  @Override
  public String owner(Call call) {
    return Travellers.partition(call.signedIn().id());
  }

  @Override
  public List<Query> dependents(Call call, Instant since) {
    return caller(call).changing(since);
  }

  private static @Nullable Map<String, @Nullable Object> me(Call call) {
    return call.caller() instanceof Caller.Verified caller ? Travellers.traveller(caller) : null;
  }

  /** The key in the caller's own partition; null for an anonymous caller. */
  private static @Nullable Key own(Call call, Function<String, Key> key) {
    return call.caller() instanceof Caller.Verified caller ? key.apply(caller.id()) : null;
  }

  private static Travellers caller(Call call) {
    return new Travellers(call.store(), call.signedIn().id());
  }

  private String locator() {
    StringBuilder locator = new StringBuilder();
    for (int letter = 0; letter < LOCATOR_LENGTH; letter++) {
      locator.append(LOCATOR_LETTERS.charAt(random.nextInt(LOCATOR_LETTERS.length())));
    }
    return locator.toString();
  }
}
