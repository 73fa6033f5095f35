package dev.layover.local;

import dev.layover.Airlines;
import dev.layover.Airports;
import dev.layover.Flights;
import dev.layover.SearchWords;
import dev.screenful.store.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The real airports and flights as items. {@code docs/sample-data.md} describes the sources, the
 * skipped rows and the invented details.
 */
final class SampleData {

  /** The real day with the most departures. */
  static final LocalDate BUSIEST_DAY = LocalDate.of(2001, 1, 3);

  /** The first number of the flights of every day; the sample travellers take some of them. */
  static final int DAILY = 100;

  private static final DateTimeFormatter DEPARTED = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");

  private final List<CSVRecord> airports = rows("airports.csv");
  private final Map<LocalDate, List<CSVRecord>> flightsByDay = new LinkedHashMap<>();
  private final Map<String, ZoneId> zones = new HashMap<>();
  private final Set<String> served = new HashSet<>();

  SampleData() {
    airports.forEach(row -> zones.put(row.get("iata"), ZoneId.of(row.get("timezone"))));
    for (CSVRecord row : rows("flights.csv")) {
      LocalDate day = LocalDateTime.parse(row.get("departed"), DEPARTED).toLocalDate();
      flightsByDay.computeIfAbsent(day, unseen -> new ArrayList<>()).add(row);
      served.add(row.get("origin"));
      served.add(row.get("destination"));
    }
  }

  /**
   * The items of all airports, or of one day's flights.
   *
   * @param count the number of airports or flights
   * @param remarks notes about incomplete and skipped rows, one line each
   */
  record Part(List<Item> items, int count, List<String> remarks) {}

  /** All airports with their search items, and the airlines. */
  Part airports() {
    List<Item> items = new ArrayList<>();
    int withoutCity = 0;
    int withoutElevation = 0;
    for (CSVRecord row : airports) {
      items.add(airport(row));
      items.addAll(searchItems(row));
      withoutCity += row.get("city").isEmpty() ? 1 : 0;
      withoutElevation += row.get("elevation_ft").isEmpty() ? 1 : 0;
    }
    for (InventedDetails.Airline airline : InventedDetails.AIRLINES) {
      items.add(
          Item.of(
              Airlines.key(airline.code()),
              Map.of("code", airline.code(), "name", airline.name())));
    }
    items.add(SampleTravellers.upload()); // belongs to no day either
    return new Part(
        items,
        airports.size(),
        List.of(
            withoutCity + " airports have no city; imported without one",
            withoutElevation + " airports have no elevation; imported without one"));
  }

  private static Item airport(CSVRecord row) {
    double latitude = Double.parseDouble(row.get("latitude"));
    double longitude = Double.parseDouble(row.get("longitude"));
    boolean scheduled = row.get("scheduled").equals("yes");
    Map<String, @Nullable Object> airport = new LinkedHashMap<>();
    airport.put("code", row.get("iata"));
    airport.put("name", row.get("name"));
    airport.put("city", textOrNull(row.get("city")));
    airport.put("country", row.get("country"));
    airport.put("region", textOrNull(row.get("region")));
    airport.put("latitude", latitude);
    airport.put("longitude", longitude);
    airport.put("elevationFeet", numberOrNull(row.get("elevation_ft")));
    airport.put("timezone", row.get("timezone"));
    airport.put("scheduledService", scheduled);
    if (scheduled) {
      airport.putAll(
          Airports.place(
              latitude, longitude)); // other airports are not in the index of nearby airports
    }
    return Item.of(Airports.key(row.get("iata")), airport);
  }

  private List<Item> searchItems(CSVRecord row) {
    String code = row.get("iata");
    Set<String> words = SearchWords.of(code + " " + row.get("name") + " " + row.get("city"));
    int rank = served.contains(code) ? 0 : row.get("scheduled").equals("yes") ? 1 : 2;
    return words.stream()
        .filter(word -> !SearchWords.isCommon(word))
        .map(word -> Airports.searchItem(word, rank, code, words))
        .toList();
  }

  /** The days of the real data, in order. */
  List<LocalDate> days() {
    return List.copyOf(flightsByDay.keySet());
  }

  /**
   * The flights of a real day, moved to another date, and the sample travellers' items on that
   * date.
   *
   * @param firstNumber the number of the day's first flight; the others count upwards
   */
  Part flights(LocalDate day, LocalDate date, int firstNumber) {
    List<Item> flights = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<CSVRecord> rows = Objects.requireNonNull(flightsByDay.get(day), day.toString());
    for (int place = 0; place < rows.size(); place++) {
      CSVRecord row = rows.get(place);
      ZoneId zone = zones.get(row.get("origin"));
      if (zone == null || !zones.containsKey(row.get("destination"))) {
        remarks.add(
            "flight from %s to %s at %s skipped: the data has no such airport"
                .formatted(row.get("origin"), row.get("destination"), row.get("departed")));
      } else {
        flights.add(flight(row, firstNumber + place, date, zone));
      }
    }
    List<Item> items = new ArrayList<>(flights);
    if (firstNumber == DAILY) {
      items.addAll(SampleTravellers.items(date, flights));
    }
    return new Part(items, flights.size(), remarks);
  }

  private static Item flight(CSVRecord row, int number, LocalDate date, ZoneId zone) {
    String origin = row.get("origin");
    String destination = row.get("destination");
    int miles = Integer.parseInt(row.get("distance_mi"));
    int delay = Integer.parseInt(row.get("delay_min"));
    LocalTime time = LocalDateTime.parse(row.get("departed"), DEPARTED).toLocalTime();
    Instant departsAt = date.atTime(time).atZone(zone).toInstant();
    InventedDetails.Airline airline = InventedDetails.airline(origin, destination);
    String id = "%s%d-%s".formatted(airline.code(), number, date);
    Map<String, @Nullable Object> flight = new LinkedHashMap<>();
    flight.put("id", id);
    flight.put("number", airline.code() + " " + number);
    flight.put("airlineCode", airline.code());
    flight.put("originCode", origin);
    flight.put("destinationCode", destination);
    flight.put("departsAt", departsAt.toString());
    flight.put("arrivesAt", departsAt.plus(InventedDetails.duration(miles)).toString());
    flight.put("expectedAt", departsAt.plusSeconds(delay * 60L).toString());
    flight.put("delayMinutes", delay);
    flight.put("state", "SCHEDULED");
    flight.put("gate", InventedDetails.gate(origin, number));
    flight.put("aircraft", InventedDetails.aircraft(miles));
    flight.put("distanceMiles", miles);
    return Item.of(Flights.key(id), flight);
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Integer numberOrNull(String text) {
    return text.isEmpty() ? null : Integer.valueOf(text);
  }

  private static List<CSVRecord> rows(String file) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(SampleData.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      return format.parse(reader).getRecords();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
