package dev.layover;

import dev.screenful.store.Index;
import dev.screenful.store.Item;
import dev.screenful.store.ItemType;
import dev.screenful.store.Key;
import dev.screenful.store.TableDefinition;
import dev.screenful.store.Upgrade;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The one table; which item has which key is in {@code docs/access-patterns.md}. */
public final class LayoverTable {

  /** Flights by origin and scheduled departure. It holds what a departure board shows. */
  static final Index DEPARTURES =
      new Index(
          "departures",
          "originCode",
          "departsAt",
          Set.of("id", "number", "destinationCode", "expectedAt", "delayMinutes", "state", "gate"));

  /** Airports with scheduled service by geohash. It holds what a list of nearby airports shows. */
  static final Index NEARBY =
      new Index(
          "nearby",
          "cell",
          "geohash",
          Set.of("code", "name", "city", "country", "latitude", "longitude"));

  /**
   * How long an environment may show an airport or airline as it read it. They change once in
   * years.
   */
  private static final Duration FIXED = Duration.ofMinutes(5);

  /**
   * How long an environment may show a flight as it read it: everyone opens the one that is late.
   */
  private static final Duration MOVING = Duration.ofSeconds(2);

  /** Follows had no id at first; it is what their sort key has after the beginning. */
  private static final Upgrade FOLLOW_ID =
      new Upgrade(1, Set.of(), follow -> Map.of("id", Travellers.followId(follow)));

  /** Follows did not say whose they are, which their partition does. */
  private static final Upgrade FOLLOW_OWNER =
      new Upgrade(2, Set.of(), follow -> Map.of("travellerId", Travellers.travellerId(follow)));

  /** The table's definition. */
  public static final TableDefinition DEFINITION =
      TableDefinition.of(DEPARTURES, NEARBY)
          .with(
              ItemType.of("AIRPORT#", "AIRPORT").cachedFor(FIXED),
              ItemType.of("AIRLINE#", "AIRLINE").cachedFor(FIXED),
              ItemType.of("FLIGHT#", "FLIGHT").cachedFor(MOVING),
              ItemType.of(Travellers.TRAVELLER, Travellers.BOOKINGS)
                  .synced()
                  .dependingOn(LayoverTable::flightOf),
              ItemType.of(Travellers.TRAVELLER, Travellers.FOLLOWS)
                  .synced()
                  .dependingOn(LayoverTable::flightOf)
                  .with(FOLLOW_ID)
                  .with(FOLLOW_OWNER));

  private LayoverTable() {}

  private static Key flightOf(Item shown) {
    return Flights.key(shown.text("flightId"));
  }

  /** The type of an item that has an id, by the beginning of its key. */
  static String typeOf(Item item) {
    Key key = Objects.requireNonNull(item.key());
    return switch (key.partition().substring(0, key.partition().indexOf('#'))) {
      case "AIRPORT" -> "Airport";
      case "AIRLINE" -> "Airline";
      case "FLIGHT" -> "Flight";
      case "TRAVELLER" -> key.sort().startsWith(Travellers.FOLLOWS) ? "Follow" : "Booking";
      default -> throw new IllegalArgumentException(key + " is the key of nothing that has an id.");
    };
  }
}
