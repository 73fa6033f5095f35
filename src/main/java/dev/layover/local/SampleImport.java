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
import java.util.List;
import java.util.Map;
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

  private final BulkWriter writer;
  private final Store store;
  private final LocalDate yesterday;

  SampleImport(Table table, Clock clock) {
    this.writer = new BulkWriter(table);
    this.store = new Store(table, Deadline.distant()).consistent();
    this.yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
  }

  /**
   * Imports what is not there yet.
   *
   * @return what there is now, and what was odd about what came, for people
   */
  String run(boolean allFlights) {
    SampleData data = new SampleData();
    Map<String, Long> loaded = loaded();
    List<String> remarks = new ArrayList<>();
    if (!loaded.containsKey(AIRPORTS)) {
      remember(AIRPORTS, data.importAirports(writer), loaded, remarks);
    }
    for (Day day : days(data, allFlights)) {
      if (!loaded.containsKey(day.name())) {
        SampleData.Report report =
            data.importFlights(writer, day.real(), day.date(), day.firstNumber());
        remember(day.name(), report, loaded, remarks);
      }
    }
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

  private void remember(
      String what, SampleData.Report report, Map<String, Long> loaded, List<String> remarks) {
    writer.write(List.of(Item.of(new Key(PARTITION, what), Map.of("count", report.stored()))));
    loaded.put(what, (long) report.stored());
    remarks.addAll(report.remarks());
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
