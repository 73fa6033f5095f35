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
import org.jspecify.annotations.Nullable;

/** The table. {@code docs/access-patterns.md} lists its items and keys. */
public final class LayoverTable {

  /** Flights by origin and scheduled departure, with the attributes of a departure board. */
  static final Index DEPARTURES =
      new Index(
          "departures",
          "originCode",
          "departsAt",
          Set.of("id", "number", "destinationCode", "expectedAt", "delayMinutes", "state", "gate"));

  /** Airports with scheduled service by geohash, with the attributes of a list of airports. */
  static final Index NEARBY =
      new Index(
          "nearby",
          "cell",
          "geohash",
          Set.of("code", "name", "city", "country", "latitude", "longitude"));

  /** The cache time of airports and airlines, which hardly ever change. */
  private static final Duration STATIC_CACHE_TIME = Duration.ofMinutes(5);

  /** The cache time of flights: short, but useful when many clients open a late flight. */
  private static final Duration FLIGHT_CACHE_TIME = Duration.ofSeconds(2);

  /** Version 1 of follows had no id. The id is the sort key without its prefix. */
  private static final Upgrade FOLLOW_ID =
      new Upgrade(1, Set.of(), follow -> Map.of("id", Travellers.followId(follow)));

  /** Older follows lack the owner's id. It is the partition key without its prefix. */
  private static final Upgrade FOLLOW_OWNER =
      new Upgrade(2, Set.of(), follow -> Map.of("travellerId", Travellers.travellerId(follow)));

  /** The table's definition. */
  public static final TableDefinition DEFINITION =
      TableDefinition.of(DEPARTURES, NEARBY)
          .with(
              ItemType.of("AIRPORT#", "AIRPORT").cachedFor(STATIC_CACHE_TIME),
              ItemType.of("AIRLINE#", "AIRLINE").cachedFor(STATIC_CACHE_TIME),
              ItemType.of("FLIGHT#", "FLIGHT").cachedFor(FLIGHT_CACHE_TIME),
              ItemType.of(Travellers.TRAVELLER, Travellers.BOOKINGS)
                  .synced()
                  .dependingOn(LayoverTable::flightOf),
              ItemType.of(Travellers.TRAVELLER, Travellers.FOLLOWS)
                  .synced()
                  .dependingOn(LayoverTable::flightOf)
                  .with(FOLLOW_ID)
                  .with(FOLLOW_OWNER));

  private LayoverTable() {}

  private static @Nullable Key flightOf(Item dependent) {
    return dependent.get("flightId") instanceof String id ? Flights.key(id) : null;
  }

  /** The SDL type of an item with a node id, by the prefix of its key. */
  static String typeOf(Item item) {
    Key key = Objects.requireNonNull(item.key());
    return switch (key.partition().substring(0, key.partition().indexOf('#'))) {
      case "AIRPORT" -> "Airport";
      case "AIRLINE" -> "Airline";
      case "FLIGHT" -> "Flight";
      case "TRAVELLER" -> key.sort().startsWith(Travellers.FOLLOWS) ? "Follow" : "Booking";
      default ->
          throw new IllegalArgumentException("Items with the key " + key + " have no node id.");
    };
  }
}
