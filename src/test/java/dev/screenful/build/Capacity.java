package dev.screenful.build;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The resources and dollars that some numbers of screens a second need, as Markdown tables. */
public final class Capacity {

  /** Openings of screens a second. */
  private static final List<Integer> RATES = List.of(10, 1_000, 100_000);

  private static final double MONTH = Duration.ofDays(30).toSeconds();

  /** How much longer requests may take on AWS in the row that assumes so. */
  private static final int SLOWER = 3;

  /**
   * A screen in the mix.
   *
   * @param share of all openings; the shares add up to 1
   * @param touches the keys that one opening reads and writes
   */
  public record ScreenShare(MeasuredScreen screen, double share, List<KeyAccess> touches) {}

  /**
   * Some keys of the same kind, and their units in one opening.
   *
   * @param kind the beginning of a partition key such as {@code FLIGHT#}, or the name of an index
   * @param keys the number of partition keys
   */
  public record KeyAccess(String kind, int keys, double readUnits, double writeUnits) {}

  /**
   * The partition keys of a kind that many callers share.
   *
   * @param popularity the weight of each key
   * @param cachedFor the time for which an instance of the function does not read a key again
   */
  public record KeyPopularity(Map<String, Double> popularity, Duration cachedFor) {}

  /** The means of all openings. */
  record Mean(double millis, double readUnits, double writeUnits, double bytes) {}

  /** A quota, and the openings a second at which it is met. */
  private record Limit(String name, double quota, double screens) {}

  /** The busiest key at some rate. */
  private record HottestKey(String name, double units, double over) {}

  /** A row with a cell for each rate. */
  private record Row(String name, DoubleFunction<String> cell) {}

  private final List<ScreenShare> loads;
  private final Map<String, KeyPopularity> keys;
  private final double logBytes;
  private final Quotas quotas;
  private final Mean mean;
  private final KeyTraffic traffic;

  /**
   * A calculation.
   *
   * @param keys the keys that callers share, by kind; each caller has others of the other kinds
   * @param logBytes the mean size of the log of a request
   */
  public Capacity(
      List<ScreenShare> loads, Map<String, KeyPopularity> keys, double logBytes, Quotas quotas) {
    this.loads = loads;
    this.keys = keys;
    this.logBytes = logBytes;
    this.quotas = quotas;
    this.mean =
        new Mean(
            mean(MeasuredScreen::millis),
            mean(MeasuredScreen::readUnits),
            mean(MeasuredScreen::writeUnits),
            mean(MeasuredScreen::bytes));
    this.traffic = new KeyTraffic(loads, keys);
  }

  private double mean(ToDoubleFunction<MeasuredScreen> figure) {
    return loads.stream()
        .mapToDouble(load -> load.share() * figure.applyAsDouble(load.screen()))
        .sum();
  }

  /** The concurrent executions, by Little's law: arrivals a second times seconds of each. */
  double concurrency(double rate) {
    return rate * mean.millis() / 1000;
  }

  /** All tables. */
  public String markdown() {
    return String.join(
        "\n\n",
        "### First limits",
        limits(),
        "### Load",
        load(),
        "### Dollars a month",
        bill(),
        "### The mix",
        mix());
  }

  private String limits() {
    List<Limit> limits = new ArrayList<>();
    limits.add(
        at("requests a second of the template (`ThrottlingRateLimit`)", quotas.stageRequests(), 1));
    limits.add(at("concurrent executions of Lambda", quotas.concurrency(), concurrency(1)));
    limits.add(at("requests to Lambda a second", quotas.lambdaRequests(), 1));
    limits.add(at("requests to API Gateway a second", quotas.gatewayRequests(), 1));
    limits.add(
        at(
            "read units of the table and its indexes a second",
            quotas.tableReadUnits(),
            mean.readUnits()));
    limits.add(
        at(
            "write units of the table and its indexes a second",
            quotas.tableWriteUnits(),
            mean.writeUnits()));
    limits.add(
        new Limit(
            "read units of one partition a second",
            quotas.partitionReadUnits(),
            firstRate(rate -> hottest(rate, true), quotas.partitionReadUnits())));
    limits.add(
        new Limit(
            "write units of one partition a second",
            quotas.partitionWriteUnits(),
            firstRate(rate -> hottest(rate, false), quotas.partitionWriteUnits())));
    limits.sort(Comparator.comparingDouble(Limit::screens));
    List<List<String>> rows = new ArrayList<>();
    for (Limit limit : limits) {
      rows.add(List.of(limit.name(), number(limit.quota()), number(limit.screens())));
    }
    return table(List.of("limit", "default", "met at screens a second"), rows);
  }

  private static Limit at(String name, double quota, double perScreen) {
    return new Limit(name, quota, quota / perScreen);
  }

  /** The rate at which the busiest key reaches a limit. The load grows with the rate. */
  private static double firstRate(DoubleFunction<HottestKey> hottest, double limit) {
    double low = 0;
    double high = 1e9;
    while (high - low > 1) {
      double middle = (low + high) / 2;
      if (hottest.apply(middle).units() < limit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private String load() {
    return byRate(
        List.of(
            new Row("concurrent executions", rate -> number(concurrency(rate))),
            new Row(
                "the same, if a request takes %d times as long".formatted(SLOWER),
                rate -> number(SLOWER * concurrency(rate))),
            new Row("read units a second", rate -> number(rate * mean.readUnits())),
            new Row("write units a second", rate -> number(rate * mean.writeUnits())),
            new Row("busiest key by reads", rate -> hottest(rate, true).name()),
            new Row("its read units a second", rate -> number(hottest(rate, true).units())),
            new Row(
                "keys that need more reads than a partition has",
                rate -> whole(hottest(rate, true).over())),
            new Row("busiest key by writes", rate -> hottest(rate, false).name()),
            new Row("its write units a second", rate -> number(hottest(rate, false).units())),
            new Row(
                "keys that need more writes than a partition has",
                rate -> whole(hottest(rate, false).over()))));
  }

  /**
   * The busiest key. An instance of the function reads a cached key at most once in its time, and
   * there are as many instances as concurrent executions.
   */
  private HottestKey hottest(double rate, boolean reads) {
    double limit = reads ? quotas.partitionReadUnits() : quotas.partitionWriteUnits();
    String name = "none";
    double most = 0;
    double over = 0;
    for (Map.Entry<String, Map<String, KeyTraffic.Units>> kind : traffic.units().entrySet()) {
      double cached =
          Objects.requireNonNull(keys.get(kind.getKey())).cachedFor().toMillis() / 1000.0;
      double cap = reads && cached > 0 ? concurrency(rate) / cached : Double.MAX_VALUE;
      for (Map.Entry<String, KeyTraffic.Units> key : kind.getValue().entrySet()) {
        double units =
            Math.min(cap, rate * (reads ? key.getValue().read() : key.getValue().written()));
        over += units > limit ? 1 : 0;
        if (units > most) {
          most = units;
          name =
              kind.getKey().endsWith("#")
                  ? "`%s`".formatted(key.getKey())
                  : "`%s` of the index `%s`".formatted(key.getKey(), kind.getKey());
        }
      }
    }
    return new HottestKey(name, most, over);
  }

  private String bill() {
    Map<String, Double> lines =
        Prices.read()
            .billPerMillion(
                mean.readUnits(), mean.writeUnits(), mean.millis(), mean.bytes(), logBytes);
    Map<String, Double> all = new LinkedHashMap<>(lines);
    all.put("**all**", lines.values().stream().mapToDouble(Double::doubleValue).sum());
    return byRate(
        all.keySet().stream()
            .map(line ->
                new Row(line, rate -> number(rate * MONTH / 1e6 * all.getOrDefault(line, 0.0))))
            .toList());
  }

  private String mix() {
    List<List<String>> rows = new ArrayList<>();
    for (ScreenShare load : loads) {
      MeasuredScreen screen = load.screen();
      rows.add(
          List.of(
              "`" + screen.name() + "`",
              decimal(100 * load.share()),
              number(screen.bytes()),
              decimal(screen.millis()),
              decimal(screen.readUnits()),
              decimal(screen.writeUnits())));
    }
    rows.add(
        List.of(
            "**mean**",
            "",
            number(mean.bytes()),
            decimal(mean.millis()),
            decimal(mean.readUnits()),
            decimal(mean.writeUnits())));
    return table(List.of("screen", "share, %", "bytes", "ms", "read units", "write units"), rows);
  }

  private static String byRate(List<Row> rows) {
    List<String> head = new ArrayList<>(List.of("screens a second"));
    RATES.forEach(rate -> head.add(number(rate)));
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      RATES.forEach(rate -> line.add(row.cell().apply(rate)));
      cells.add(line);
    }
    return table(head, cells);
  }

  private static String table(List<String> head, List<List<String>> rows) {
    String line = head.stream().skip(1).map(column -> " ---: |").collect(Collectors.joining());
    return rows.stream()
        .map(Capacity::line)
        .collect(Collectors.joining("\n", line(head) + "\n| --- |" + line + "\n", ""));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String number(double value) {
    return value < 10 ? decimal(value) : whole(value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
