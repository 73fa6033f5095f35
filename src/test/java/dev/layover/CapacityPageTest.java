package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.layover.local.LayoverBench;
import dev.screenful.build.Capacity;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.build.Quotas;
import dev.screenful.document.ParsedDocument;
import dev.screenful.kit.IndexTraffic;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.kit.Wire;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.store.ItemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/capacity.md}. {@code -Dapprove} writes them; {@code -Dmeasure} also
 * measures the milliseconds again.
 */
final class CapacityPageTest {

  private static final Path PAGE = Path.of("docs/capacity.md");
  private static final Path MEASURED = Path.of("src/test/resources/approved/milliseconds.json");
  private static final String BEGIN = "<!-- capacity: begin -->\n";
  private static final String END = "\n<!-- capacity: end -->";

  /** Nine of ten openings read. Among both kinds, each screen is opened equally often. */
  private static final double READS = 0.9;

  private static final int WARM_UP = 30;
  private static final int REPEATS = 15;

  private final TestBench bench = LayoverBench.shared().fresh();
  private final ObjectNode measured;

  CapacityPageTest() throws IOException {
    measured = (ObjectNode) Phone.JSON.readTree(MEASURED.toFile());
  }

  @Test
  void the_tables_are_those_of_the_screens_and_the_sample_data() throws IOException {
    List<Screen> screens =
        bench.screens().stream()
            .filter(screen -> !ParsedDocument.of(screen.document()).isSubscription())
            .toList();
    long mutations = screens.stream().filter(CapacityPageTest::isMutation).count();
    List<Capacity.ScreenShare> loads = new ArrayList<>();
    double logBytes = 0;
    for (Screen screen : screens) {
      double share =
          isMutation(screen) ? (1 - READS) / mutations : READS / (screens.size() - mutations);
      loads.add(load(screen, share));
      logBytes += share * measured.at("/logBytes/" + screen.name()).asDouble();
    }
    if (System.getProperty("measure") != null) {
      Files.writeString(MEASURED, measured.toPrettyString() + "\n");
    }

    String tables = new Capacity(loads, keys(), logBytes, Quotas.DEFAULTS).markdown();

    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (System.getProperty("approve") != null) {
      page = page.substring(0, begin) + tables + page.substring(end);
      Files.writeString(PAGE, page);
      end = begin + tables.length();
    }
    assertThat(page.substring(begin, end))
        .as("Run mvn test -Dtest=CapacityPageTest -Dapprove, and review %s", PAGE)
        .isEqualTo(tables);
  }

  @Test
  void the_limit_of_the_stage_is_that_of_the_template() throws IOException {
    assertThat(Files.readString(Path.of("template.yaml")))
        .containsPattern(
            "\n  ThrottlingRateLimit:\n.*\n.*\n    Default: %.0f\n"
                .formatted(Quotas.DEFAULTS.stageRequests()));
  }

  private static boolean isMutation(Screen screen) {
    return ParsedDocument.of(screen.document()).isMutation();
  }

  /** A query is opened before, as the first sync of a traveller writes more than the others. */
  private Capacity.ScreenShare load(Screen screen, double share) throws IOException {
    Wire wire = new Wire();
    if (!isMutation(screen)) {
      open(screen, new Wire());
    }
    double millis = open(screen, wire);
    String line = requestLine(screen);
    if (System.getProperty("measure") != null) {
      ((ObjectNode) measured.get("millis"))
          .put(screen.name(), isMutation(screen) ? millis : median(screen));
      ((ObjectNode) measured.get("logBytes"))
          .put(screen.name(), line.getBytes(StandardCharsets.UTF_8).length);
    }
    double known = measured.at("/millis/" + screen.name()).asDouble();
    assertThat(known)
        .as("%s has no milliseconds. Run mvn test -Dtest=CapacityPageTest -Dmeasure", screen.name())
        .isPositive();
    MeasuredScreen cost =
        MeasuredScreen.of(screen.name(), null, Phone.JSON.readValue(line, Map.class), known);
    return new Capacity.ScreenShare(cost, share, touches(wire));
  }

  /** Opens a screen on a new instance, and returns the milliseconds. */
  private double open(Screen screen, Wire wire) {
    return open(screen, phone(screen).reaching(bench.handler(wire.client())));
  }

  private Phone phone(Screen screen) {
    String caller = ScreenExample.of(screen, bench.examples()).caller();
    return caller == null ? bench.stranger() : bench.phoneOf(caller);
  }

  private double open(Screen screen, Phone phone) {
    long started = System.nanoTime();
    Phone.Reply reply =
        phone.ask(screen.document(), ScreenExample.of(screen, bench.examples()).variables());
    double millis = (System.nanoTime() - started) / 1e6;
    assertThat(reply.code()).as("%s: %s", screen.name(), reply.body()).isEqualTo("no error");
    return millis;
  }

  private double median(Screen screen) {
    Phone phone = phone(screen).reaching(bench.handler(new Wire().client()));
    for (int time = 0; time < WARM_UP; time++) {
      open(screen, phone);
    }
    return DoubleStream.generate(() -> open(screen, phone))
        .limit(REPEATS)
        .sorted()
        .toArray()[REPEATS / 2];
  }

  private String requestLine(Screen screen) {
    return bench.logged("\"screen\":\"%s\"".formatted(screen.name())).stream()
        .filter(line -> line.contains("\"event\":\"request\""))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** The keys of all exchanges, by kind, with their units. */
  private static List<Capacity.KeyAccess> touches(Wire wire) {
    Map<String, Capacity.KeyAccess> touches = new HashMap<>();
    for (Wire.Exchange exchange : wire.exchanges()) {
      double units = 0;
      for (JsonNode capacity : exchange.response().findValues("CapacityUnits")) {
        units += capacity.asDouble();
      }
      boolean reads = !exchange.operation().matches(".*(Put|Update|Delete|Write).*");
      List<String> partitions = partitions(exchange);
      for (String partition : partitions) {
        double each = units / partitions.size();
        touches.merge(
            kind(exchange, partition),
            new Capacity.KeyAccess(
                kind(exchange, partition), 1, reads ? each : 0, reads ? 0 : each),
            (one, other) ->
                new Capacity.KeyAccess(
                    one.kind(),
                    one.keys() + other.keys(),
                    one.readUnits() + other.readUnits(),
                    one.writeUnits() + other.writeUnits()));
      }
    }
    return touches.keySet().stream().sorted().map(touches::get).toList();
  }

  /** The partition of each key of a request. */
  private static List<String> partitions(Wire.Exchange exchange) {
    JsonNode request = exchange.request();
    if (exchange.operation().equals("Query")) {
      String value = request.get("KeyConditionExpression").asText().replaceFirst("^\\S+ = ", "");
      String name = value.replaceFirst(" .*", "");
      return List.of(request.get("ExpressionAttributeValues").get(name).get("S").asText());
    }
    List<JsonNode> keys = new ArrayList<>(request.findValues("Key"));
    keys.addAll(request.findValues("Item"));
    request.findValues("Keys").forEach(several -> several.forEach(keys::add));
    return keys.stream().map(key -> key.at("/pk/S").asText()).toList();
  }

  private static String kind(Wire.Exchange exchange, String partition) {
    return exchange.request().has("IndexName")
        ? exchange.request().get("IndexName").asText()
        : partition.replaceFirst("#.*", "#");
  }

  /**
   * The keys that travellers share. Airports are as popular as their flights are many, and flights
   * of the next day are equally popular.
   */
  private Map<String, Capacity.KeyPopularity> keys() {
    Map<String, Double> flights = new HashMap<>();
    Map<String, Double> airports = new HashMap<>();
    Map<String, Double> airlines = new HashMap<>();
    Map<String, Double> departures = new HashMap<>();
    Map<String, Double> cells = new HashMap<>();
    Map<String, Double> searches = new HashMap<>();
    List<Map<String, @Nullable Object>> items = IndexTraffic.items(bench.table());
    for (Map<String, @Nullable Object> item : items) {
      String partition = text(item, "pk");
      if (text(item, "sk").equals("FLIGHT")) {
        Instant departure = Instant.parse(text(item, "departsAt"));
        if (!departure.isBefore(TestBench.NOW)
            && departure.isBefore(TestBench.NOW.plus(Duration.ofDays(1)))) {
          count(flights, partition, 1);
        }
        count(airports, "AIRPORT#" + text(item, "originCode"), 1);
        count(airports, "AIRPORT#" + text(item, "destinationCode"), 1);
        count(airlines, "AIRLINE#" + text(item, "airlineCode"), 1);
        count(departures, text(item, "originCode"), 1);
      } else if (partition.startsWith("SEARCH#")) {
        count(searches, partition, 1);
      }
    }
    for (Map<String, @Nullable Object> item : items) {
      if (item.containsKey("cell")) {
        count(cells, text(item, "cell"), departures.getOrDefault(text(item, "code"), 0.0));
      }
    }
    return Map.of(
        "FLIGHT#",
        cached("FLIGHT#", flights),
        "AIRPORT#",
        cached("AIRPORT#", airports),
        "AIRLINE#",
        cached("AIRLINE#", airlines),
        "departures",
        new Capacity.KeyPopularity(departures, Duration.ZERO),
        "nearby",
        new Capacity.KeyPopularity(cells, Duration.ZERO),
        "SEARCH#",
        new Capacity.KeyPopularity(searches, Duration.ZERO));
  }

  private static Capacity.KeyPopularity cached(String kind, Map<String, Double> popularity) {
    Duration time =
        LayoverTable.DEFINITION.itemTypes().stream()
            .filter(type -> type.partition().equals(kind))
            .map(ItemType::cacheTime)
            .findFirst()
            .orElseThrow();
    return new Capacity.KeyPopularity(popularity, time);
  }

  private static void count(Map<String, Double> counts, String key, double more) {
    counts.merge(key, more, Double::sum);
  }

  private static String text(Map<String, @Nullable Object> item, String attribute) {
    return String.valueOf(item.get(attribute));
  }
}
