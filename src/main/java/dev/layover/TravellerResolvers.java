package dev.layover;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Key;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Answers what a traveller asks of themselves, and does what they ask for. */
final class TravellerResolvers implements Resolvers {

  /** No letters that sound or look like another letter or digit. */
  private static final String LOCATOR_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final int LOCATOR_LENGTH = 6;

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
    fields.attributes("CancelBookingPayload", List.of("booking"));
    fields.attributes("FollowFlightPayload", List.of("follow"));
    fields.attributes("UnfollowFlightPayload", List.of("flight"));
    fields.typeOf("Node", LayoverTable::typeOf);
    fields.node("Booking", "id", TravellerResolvers::bookingKey);
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
    fields.mutation(
        "bookSeat",
        call ->
            Map.of(
                "booking",
                caller(call)
                    .book(
                        call.input().id("flightId", "Flight"),
                        call.input().text("seat"),
                        locator(),
                        clock.instant())));
    fields.mutation(
        "cancelBooking",
        call ->
            Map.of(
                "booking",
                caller(call)
                    .cancel(
                        call.input().id("bookingId", "Booking"),
                        clock.instant(),
                        call.selection("booking"))));
    fields.mutation(
        "followFlight",
        call ->
            Map.of(
                "follow",
                caller(call).follow(call.input().id("flightId", "Flight"), clock.instant())));
    fields.mutation(
        "unfollowFlight",
        call ->
            Map.of(
                "flight",
                caller(call)
                    .unfollow(call.input().id("flightId", "Flight"), call.selection("flight"))));
  }

  private static @Nullable Map<String, @Nullable Object> me(Call call) {
    if (!(call.caller() instanceof Caller.Verified caller)) {
      return null;
    }
    Map<String, @Nullable Object> me = new HashMap<>();
    me.put("id", caller.id());
    me.put("name", caller.name());
    return me;
  }

  /** Only in the caller's own partition. */
  private static @Nullable Key bookingKey(String id, Call call) {
    return call.caller() instanceof Caller.Verified caller
        ? Travellers.bookingKey(caller.id(), id)
        : null;
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
