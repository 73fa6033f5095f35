package dev.layover.local;

import dev.screenful.store.BulkWriter;
import dev.screenful.store.Cost;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings a table's sample data up to date: what was loaded is remembered in the table, so a folder that is kept gets the
 * days that it lacks and loses nothing that happened to the others.
 */
final class SampleImport {

  /** Days of flights, from yesterday on: wherever on earth it is still or already another day, there are some. */
  private static final int DAYS = 8;

  private static final String PARTITION = "SAMPLE";
  private static final String AIRPORTS = "airports";

  private final BulkWriter writer;
  private final Store store;
  private final LocalDate yesterday;

  SampleImport(Table table, Clock clock) {
    this.writer = new BulkWriter(table);
    this.store = new Store(table, new Cost());
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
    dates(data, allFlights)
        .forEach(
            (date, day) -> {
              if (!loaded.containsKey(date.toString())) {
                remember(date.toString(), data.importFlights(writer, day, date), loaded, remarks);
              }
            });
    long airports = loaded.getOrDefault(AIRPORTS, 0L);
    long flights = loaded.values().stream().mapToLong(Long::longValue).sum() - airports;
    String counts = "%,d airports, %,d flights".formatted(airports, flights);
    return Stream.concat(Stream.of(counts), remarks.stream()).collect(Collectors.joining("%n            ".formatted()));
  }

  /** How many there are of what was loaded before: airports, and the flights of each date. */
  private Map<String, Long> loaded() {
    return store.query(Query.of(PARTITION), PageRequest.first(1000), Projection.of("count")).entries().stream()
        .collect(Collectors.toMap(entry -> entry.position().sort(), entry -> entry.item().number("count")));
  }

  private void remember(String what, SampleData.Report report, Map<String, Long> loaded, List<String> remarks) {
    writer.write(List.of(Item.of(new Key(PARTITION, what), Map.of("count", report.stored()))));
    loaded.put(what, (long) report.stored());
    remarks.addAll(report.remarks());
  }

  /** The dates to fill, each with the real day that is laid over it. */
  private Map<LocalDate, LocalDate> dates(SampleData data, boolean allFlights) {
    Map<LocalDate, LocalDate> dates = new LinkedHashMap<>();
    List<LocalDate> days = new ArrayList<>(Collections.nCopies(DAYS, SampleData.BUSIEST_DAY));
    if (allFlights) {
      days.addAll(data.days());
    }
    for (int place = 0; place < days.size(); place++) {
      dates.put(yesterday.plusDays(place), days.get(place));
    }
    return dates;
  }
}
