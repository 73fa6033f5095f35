package dev.layover;

import dev.screenful.store.Index;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.TableDefinition;
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

  /** The table's definition. */
  public static final TableDefinition DEFINITION = TableDefinition.of(DEPARTURES, NEARBY);

  private LayoverTable() {}

  /** The type of an item that has an id, by the beginning of its key. */
  static String typeOf(Item item) {
    Key key = Objects.requireNonNull(item.key());
    return switch (key.partition().substring(0, key.partition().indexOf('#'))) {
      case "AIRPORT" -> "Airport";
      case "AIRLINE" -> "Airline";
      case "FLIGHT" -> "Flight";
      case "TRAVELLER" -> "Booking";
      default -> throw new IllegalArgumentException(key + " is the key of nothing that has an id.");
    };
  }
}
