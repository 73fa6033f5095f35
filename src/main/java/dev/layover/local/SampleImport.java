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
 * Brings a table's sample data up to date: what was loaded is remembered in the table, so a folder
 * that is kept gets the days that it lacks and loses nothing that happened to the others.
 */
final class SampleImport {

  /**
   * Days of flights, from yesterday on: wherever on earth it is still or already another day, there
   * are some.
   */
  private static final int DAYS = 8;

  /** The first number of the flights for load tests, beyond those of every day. */
  private static final int LOAD_TEST = 1000;

  private static final String PARTITION = "SAMPLE";
  private static final String AIRPORTS = "airports";

  /** Is told how far an import is. */
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

  /** Imports what is not there yet, as {@link #run(boolean, Progress)} does. */
  String run(boolean allFlights) {
    return run(allFlights, (stored, all) -> {});
  }

  /**
   * Imports what is not there yet.
   *
   * @param progress is told how many items are stored, of how many; from several threads
   * @return what there is now, and what was odd about what came, for people
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

  /** How many there are of what was loaded before: airports, and the flights of each date. */
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

  /** A real day to be laid over a date. */
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
