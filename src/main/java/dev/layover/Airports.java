package dev.layover;

import ch.hsr.geohash.GeoHash;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The airports in the table: one item each, and a search item for each word of its name. */
public final class Airports {

  /** The attributes of an airport's item. */
  public static final Set<String> ATTRIBUTES =
      Set.of(
          "code",
          "name",
          "city",
          "country",
          "region",
          "latitude",
          "longitude",
          "elevationFeet",
          "timezone",
          "scheduledService",
          "cell",
          "geohash");

  /**
   * Characters of a geohash that identify a cell. Three characters are a square of 1.40625 degrees,
   * at most 156 km wide.
   */
  private static final int CELL_LENGTH = 3;

  private static final double CELL_DEGREES = 45.0 / 32;

  /**
   * The maximum radius. A search reads at most 16 cells near three quarters of the airports, and at
   * most 60 near the poles.
   */
  private static final int MAX_RADIUS_KM = 200;

  /** The latitude limit for airports with scheduled service; the northernmost is at 78. */
  private static final double MAX_LATITUDE = 79;

  private static final double KM_PER_DEGREE = 111.195;

  /** Items read from one cell, or from one rank of a search. */
  private static final int MAX_CANDIDATES = 100;

  /** Characters of the longest search text. */
  private static final int MAX_TEXT = 100;

  /** The number of ranks; airports of rank 0 are listed first. */
  private static final int RANKS = 3;

  private final Store store;

  Airports(Store store) {
    this.store = store;
  }

  /** The key of an airport. */
  public static Key key(String code) {
    return new Key("AIRPORT#" + code, "AIRPORT");
  }

  /** The attributes of a position: its geohash, and the cell that contains it. */
  public static Map<String, String> place(double latitude, double longitude) {
    String geohash = GeoHash.withCharacterPrecision(latitude, longitude, 7).toBase32();
    return Map.of("geohash", geohash, "cell", geohash.substring(0, CELL_LENGTH));
  }

  /**
   * The search item of an airport for one of its words.
   *
   * @param rank 0 to 2; airports of rank 0 are listed first
   */
  public static Item searchItem(String word, int rank, String code, Collection<String> words) {
    return Item.of(
        new Key(searchPartition(word), rank + "#" + word + "#" + code),
        Map.of("code", code, "words", String.join(" ", words)));
  }

  private static String searchPartition(String word) {
    return "SEARCH#" + word.substring(0, SearchWords.MIN_LENGTH);
  }

  Item byCode(String code, Projection projection) {
    Item airport = store.get(key(code.toUpperCase(Locale.ROOT)), projection);
    if (airport == null) {
      throw unknown(code);
    }
    return airport;
  }

  static ClientError unknown(String code) {
    return new ClientError(ErrorCode.NOT_FOUND, "No airport has the code '%s'.", code);
  }

  /**
   * The best matches for a search text; each of its words must be a prefix of an airport's word.
   */
  List<Item> search(String text, int first, Projection projection) {
    if (text.codePointCount(0, text.length()) > MAX_TEXT) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT, "'text' must have at most %d characters.".formatted(MAX_TEXT));
    }
    Set<String> typed = SearchWords.of(text);
    if (typed.isEmpty()) {
      return List.of();
    }
    String rarest =
        typed.stream()
            .min(
                Comparator.comparing(SearchWords::beginsCommon)
                    .thenComparingInt(word -> -word.length()))
            .orElseThrow();
    Query partition = Query.of(searchPartition(rarest));
    List<Query> ranks =
        IntStream.range(0, RANKS)
            .mapToObj(rank -> partition.startingWith(rank + "#" + rarest))
            .toList();
    List<Item> candidates = store.queryAll(ranks, MAX_CANDIDATES, Projection.of("code", "words"));
    Set<Key> best =
        candidates.stream()
            .filter(candidate -> matches(candidate, typed))
            .sorted(
                Comparator.comparing(match -> !match.text("code").equalsIgnoreCase(text.strip())))
            .map(match -> key(match.text("code")))
            .collect(LinkedHashSet::new, Set::add, Set::addAll);
    List<Key> wanted = best.stream().limit(first).toList();
    Map<Key, Item> airports = store.getAll(wanted, projection);
    return wanted.stream().map(airports::get).filter(Objects::nonNull).toList();
  }

  private static boolean matches(Item candidate, Set<String> typed) {
    String words = " " + candidate.text("words");
    return typed.stream().allMatch(prefix -> words.contains(" " + prefix));
  }

  /** An airport and its distance from a position. */
  record Near(Item airport, double km) {}

  /** Airports with scheduled service in a circle, nearest first. */
  List<Near> near(
      double latitude, double longitude, int radiusKm, int first, Projection projection) {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "The latitude must be between -90 and 90, the longitude between -180 and 180.");
    }
    if (radiusKm < 1 || radiusKm > MAX_RADIUS_KM) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'radiusKm' must be between 1 and %d, not %d.".formatted(MAX_RADIUS_KM, radiusKm));
    }
    List<Query> cells =
        cells(latitude, longitude, radiusKm).stream()
            .map(cell -> Query.of(LayoverTable.NEARBY, cell))
            .toList();
    return store.queryAll(cells, MAX_CANDIDATES, projection.plus("latitude", "longitude")).stream()
        .map(airport -> new Near(airport, distanceKm(latitude, longitude, airport)))
        .filter(near -> near.km() <= radiusKm)
        .sorted(Comparator.comparingDouble(Near::km))
        .limit(first)
        .toList();
  }

  /** The cells that a circle may touch: all cells of its bounding box. */
  private static Set<String> cells(double latitude, double longitude, int radiusKm) {
    double high = radiusKm / KM_PER_DEGREE;
    double top = Math.min(MAX_LATITUDE, latitude + high);
    double bottom = Math.max(-MAX_LATITUDE, latitude - high);
    double narrowest = Math.cos(Math.toRadians(Math.max(Math.abs(top), Math.abs(bottom))));
    double wide = high / narrowest;
    Set<String> cells = new TreeSet<>();
    for (double y = bottom; y < top + CELL_DEGREES; y += CELL_DEGREES) {
      for (double x = longitude - wide; x < longitude + wide + CELL_DEGREES; x += CELL_DEGREES) {
        double east = Math.min(x, longitude + wide);
        double wrapped = east > 180 ? east - 360 : east < -180 ? east + 360 : east;
        cells.add(
            GeoHash.withCharacterPrecision(Math.min(y, top), wrapped, CELL_LENGTH).toBase32());
      }
    }
    return cells;
  }

  /**
   * The great-circle distance, by the haversine formula with the mean radius of the earth, 6,371
   * km.
   */
  private static double distanceKm(double latitude, double longitude, Item airport) {
    double fromLatitude = Math.toRadians(latitude);
    double toLatitude = Math.toRadians(airport.decimal("latitude"));
    double dLatitude = toLatitude - fromLatitude;
    double dLongitude = Math.toRadians(airport.decimal("longitude") - longitude);
    double h =
        Math.pow(Math.sin(dLatitude / 2), 2)
            + Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.pow(Math.sin(dLongitude / 2), 2);
    double km = 2 * 6371 * Math.asin(Math.sqrt(h));
    return Math.round(km * 10) / 10.0;
  }
}
