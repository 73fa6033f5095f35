package dev.layover.local;

import dev.screenful.store.BulkWriter;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports the sample data into a table. The table records the imported days, so a later import adds
 * only the missing days and does not change the others.
 */
final class SampleImport {

  /**
   * The number of days with flights, from yesterday on, so that every time zone has flights today.
   */
  private static final int DAYS = 8;

  /** The first number of the additional flights for load tests. */
  private static final int LOAD_TEST = 1000;

  private static final String PARTITION = "SAMPLE";
  private static final String AIRPORTS = "airports";

  /** Receives the progress of an import. */
  interface Progress {
    void report(int stored, int all);
  }

  private final BulkWriter writer;
  private final Store store;
  private final LocalDate yesterday;

  SampleImport(Table table, Clock clock) {
    this.writer = new BulkWriter(table);
    this.store = new Store(table, Deadline.distant()).consistent();
    this.yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
  }

  /** Imports missing data, without progress reports. */
  String run(boolean allFlights) {
    return run(allFlights, (stored, all) -> {});
  }

  /**
   * Imports missing data.
   *
   * @param progress receives the number of stored items and the total, from several threads
   * @return a summary for people: counts, and remarks about the rows
   */
  String run(boolean allFlights, Progress progress) {
    Map<String, Long> loaded = loaded();
    Map<String, SampleData.Part> missing = missing(loaded.keySet(), allFlights);
    List<Item> items = new ArrayList<>();
    missing.values().forEach(part -> items.addAll(part.items()));
    writer.write(items, stored -> progress.report(stored, items.size()));
    List<Item> notes = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    missing.forEach((name, part) -> {
      notes.add(Item.of(new Key(PARTITION, name), Map.of("count", part.count())));
      loaded.put(name, (long) part.count());
      remarks.addAll(part.remarks());
    });
    writer.write(notes);
    long airports = loaded.getOrDefault(AIRPORTS, 0L);
    long flights = loaded.values().stream().mapToLong(Long::longValue).sum() - airports;
    String counts = "%,d airports, %,d flights".formatted(airports, flights);
    return Stream.concat(Stream.of(counts), remarks.stream())
        .collect(Collectors.joining("%n            ".formatted()));
  }

  /** The counts of earlier imports: airports, and the flights of each date. */
  private Map<String, Long> loaded() {
    return store
        .query(Query.of(PARTITION), PageRequest.first(1000), Projection.of("count"))
        .entries()
        .stream()
        .collect(
            Collectors.toMap(
                entry -> entry.position().sort(), entry -> entry.item().number("count")));
  }

  private Map<String, SampleData.Part> missing(Set<String> loaded, boolean allFlights) {
    SampleData data = new SampleData();
    Map<String, SampleData.Part> missing = new LinkedHashMap<>();
    if (!loaded.contains(AIRPORTS)) {
      missing.put(AIRPORTS, data.airports());
    }
    for (Day day : days(data, allFlights)) {
      if (!loaded.contains(day.name())) {
        missing.put(day.name(), data.flights(day.real(), day.date(), day.firstNumber()));
      }
    }
    return missing;
  }

  /** The real day whose flights are moved to a date. */
  private record Day(LocalDate date, LocalDate real, int firstNumber) {
    String name() {
      return date + "#" + firstNumber;
    }
  }

  private List<Day> days(SampleData data, boolean allFlights) {
    List<Day> days = new ArrayList<>();
    for (int place = 0; place < DAYS; place++) {
      days.add(new Day(yesterday.plusDays(place), SampleData.BUSIEST_DAY, SampleData.DAILY));
    }
    if (allFlights) {
      for (LocalDate real : data.days()) {
        days.add(new Day(yesterday.plusDays(days.size() - DAYS), real, LOAD_TEST));
      }
    }
    return days;
  }
}
