package dev.layover.local;

import dev.layover.Flights;
import dev.layover.Travellers;
import dev.screenful.crypto.Sha256;
import dev.screenful.local.LocalS3;
import dev.screenful.resolver.NodeId;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.upload.Upload;
import dev.screenful.upload.Uploads;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
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

  /** A picture that the first traveller has sent, but not confirmed: a PNG of one pixel. */
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static final Upload UPLOAD =
      new Upload(
          "0f8fad5b-d9cb-469f-a165-70867728950e",
          "image/png",
          PICTURE.length,
          Base64.getEncoder().encodeToString(Sha256.digest(PICTURE)));

  private SampleTravellers() {}

  /** The upload of the first traveller's picture, which can be confirmed for a century. */
  static Item upload() {
    return Uploads.item(FIRST, UPLOAD, Instant.parse("2126-01-01T00:00:00Z"));
  }

  /** Stores the picture of the upload in a bucket. */
  static void upload(LocalS3 bucket) {
    bucket.put(UPLOAD.object(), UPLOAD.contentType(), PICTURE);
  }

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
        "upload", UPLOAD.object(),
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
