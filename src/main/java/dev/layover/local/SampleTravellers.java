package dev.layover.local;

import dev.layover.Flights;
import dev.layover.Travellers;
import dev.screenful.resolver.NodeId;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bookings and follows of the development users, so that no screen is empty. The first
 * traveller commutes from Austin to Dallas and back, and follows a friend's flight to Newark. The
 * second one flies to Austin.
 */
final class SampleTravellers {

  private static final String FIRST = "traveller-1";
  private static final String SECOND = "traveller-2";

  private static final String OUT = "PQ128";
  private static final String BACK = "PQ244";
  private static final String FRIEND = "TQ257";
  private static final String OTHER = "PQ142";

  private SampleTravellers() {}

  /** The travellers' items for the flights of a date. */
  static List<Item> items(LocalDate date, List<Item> flights) {
    List<Item> items = new ArrayList<>();
    for (Item flight : flights) {
      String id = flight.text("id");
      switch (id.replace("-" + date, "")) {
        case OUT -> items.addAll(booking(FIRST, flight, "12A", "DEMA7Q"));
        case BACK -> items.addAll(booking(FIRST, flight, "3B", "DEMB4X"));
        case OTHER -> items.addAll(booking(SECOND, flight, "14D", "DEMC9K"));
        case FRIEND ->
            items.add(
                Travellers.followItem(FIRST, id, flight.text("departsAt"), weekBefore(flight)));
        default -> {}
      }
    }
    return items;
  }

  private static List<Item> booking(String traveller, Item flight, String seat, String locator) {
    Item booking =
        Travellers.bookingItem(
            traveller,
            flight.text("id"),
            flight.text("departsAt"),
            seat,
            locator,
            weekBefore(flight));
    return List.of(booking, Flights.takenSeat(booking));
  }

  private static Instant weekBefore(Item flight) {
    return Instant.parse(flight.text("departsAt")).minus(7, ChronoUnit.DAYS);
  }

  /** The values for placeholders in the screens' examples. */
  static Map<String, String> examples(Table table, Clock clock) {
    Store store = new Store(table, Deadline.distant()).consistent();
    Instant now =
        clock
            .instant()
            .truncatedTo(ChronoUnit.HOURS); // so that GraphiQL's tabs change only every hour
    LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    return Map.of(
        "now", now.toString(),
        "tomorrow", tomorrow.toString(),
        "booking", bookingId(store, FIRST, OUT + "-" + tomorrow, "DEMA7Q"),
        "otherBooking", bookingId(store, SECOND, OTHER + "-" + tomorrow, "DEMC9K"));
  }

  private static String bookingId(Store store, String traveller, String flightId, String locator) {
    Item flight = store.get(Flights.key(flightId), Projection.of("departsAt"));
    if (flight == null) {
      return "none"; // the server has been running longer than the imported days
    }
    Item booking =
        Travellers.bookingItem(
            traveller, flightId, flight.text("departsAt"), "", locator, Instant.EPOCH);
    return new NodeId("Booking", booking.text("id")).toString();
  }
}
