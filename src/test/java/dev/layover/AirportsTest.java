package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Wire;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Airports by code, by search text, and by position. */
final class AirportsTest {

  private static final String SEARCH =
      "query ($text: String!) { searchAirports(text: $text) { code } }";
  private static final String NEARBY =
      """
      query ($latitude: Float!, $longitude: Float!, $radiusKm: PositiveInt!) {
        nearbyAirports(latitude: $latitude, longitude: $longitude, radiusKm: $radiusKm, first: 50) {
          distanceKm
          airport { code }
        }
      }
      """;

  private final Phone phone = LayoverBench.stranger();

  @ParameterizedTest
  @CsvSource({
    "sfo,                    SFO",
    "san fran,               SFO",
    "FRANCISCO,              SFO",
    "jfk international,      JFK",
    "kennedy,                JFK",
    "malmo,                  MMX",
    "Malmö,                  MMX",
    "tromso,                 TOS",
    "o'hare,                 ORD",
    "international dulles,   IAD",
  })
  void a_search_lists_the_typed_airport_first(String text, String code) {
    assertThat(phone.ask(SEARCH, Map.of("text", text)).data("/searchAirports/0/code").asText())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s", "!!", "qqqqqq", "san qqq", "#", "\uD83D\uDE00"})
  void a_search_without_matches_is_empty(String text) {
    assertThat(phone.ask(SEARCH, Map.of("text", text)).data("/searchAirports")).isEmpty();
  }

  @Test
  void airports_are_found_by_their_codes() throws IOException {
    List<String> notFirst = new ArrayList<>();
    for (CSVRecord row : airports()) {
      if (row.getRecordNumber() % 25 == 0) {
        String code = row.get("iata");
        JsonNode found = phone.ask(SEARCH, Map.of("text", code)).data("/searchAirports/0/code");
        if (!found.asText().equals(code)) {
          notFirst.add(code);
        }
      }
    }
    assertThat(notFirst).isEmpty();
  }

  @Test
  void a_search_returns_at_most_the_requested_number_of_airports() {
    assertThat(
            phone
                .ask("{ searchAirports(text: \"san\", first: 3) { code } }")
                .data("/searchAirports"))
        .hasSize(3);
    assertThat(
            phone
                .ask("{ searchAirports(text: \"san\", first: 500) { code } }")
                .data("/searchAirports")
                .size())
        .isBetween(10, 50);
  }

  /** Compares the index with the distances of all airports in the file. */
  @Test
  void nearby_airports_match_the_distances_of_all_airports() throws IOException {
    List<CSVRecord> airports = airports();
    SplittableRandom random = new SplittableRandom(2026);
    List<double[]> positions = new ArrayList<>();
    positions.add(new double[] {-16.69, 179.88}); // Fiji, on both sides of the date line
    positions.add(new double[] {78.2, 15.5}); // Svalbard
    positions.add(new double[] {0.01, -0.01});
    positions.add(new double[] {90, 0});
    for (int i = 0; i < 20; i++) {
      CSVRecord near = airports.get(random.nextInt(airports.size()));
      positions.add(
          new double[] {
            Double.parseDouble(near.get("latitude")) + random.nextDouble(-1, 1),
            Math.clamp(
                Double.parseDouble(near.get("longitude")) + random.nextDouble(-1, 1), -180, 180)
          });
    }
    for (double[] position : positions) {
      int radius = random.nextInt(1, 201);
      Phone.Reply reply =
          phone.ask(
              NEARBY,
              Map.of("latitude", position[0], "longitude", position[1], "radiusKm", radius));
      assertThat(reply.data("/nearbyAirports").findValuesAsText("code"))
          .as("%d km around %s, %s", radius, position[0], position[1])
          .containsExactlyInAnyOrderElementsOf(measured(airports, position, radius));
      List<Double> distances =
          reply.data("/nearbyAirports").findValues("distanceKm").stream()
              .map(JsonNode::asDouble)
              .toList();
      assertThat(distances).isSortedAccordingTo(Comparator.naturalOrder());
    }
  }

  private static List<String> measured(List<CSVRecord> airports, double[] from, int radiusKm) {
    return airports.stream()
        .filter(row -> row.get("scheduled").equals("yes"))
        .filter(row -> Math.round(km(from, row) * 10) / 10.0 <= radiusKm)
        .map(row -> row.get("iata"))
        .toList();
  }

  /** The spherical law of cosines, which differs from the formula under test. */
  private static double km(double[] from, CSVRecord to) {
    double a = Math.toRadians(from[0]);
    double b = Math.toRadians(Double.parseDouble(to.get("latitude")));
    double d = Math.toRadians(Double.parseDouble(to.get("longitude")) - from[1]);
    return 6371
        * Math.acos(
            Math.clamp(Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(d), -1, 1));
  }

  private static List<CSVRecord> airports() throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/dev/layover/local/airports.csv"))) {
      return format.parse(file).getRecords();
    }
  }

  @ParameterizedTest
  @CsvSource({"91, 0, 10", "0, 181, 10", "0, 0, 201", "-90.1, 0, 10"})
  void an_invalid_position_or_radius_is_refused(double latitude, double longitude, int radiusKm) {
    Phone.Reply reply =
        phone.ask(
            NEARBY, Map.of("latitude", latitude, "longitude", longitude, "radiusKm", radiusKm));
    assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void an_airport_code_may_be_in_lower_case_and_an_unknown_code_is_an_error() {
    assertThat(phone.ask("{ airport(code: \"sfo\") { code } }").data("/airport/code").asText())
        .isEqualTo("SFO");
    assertThat(phone.ask("{ airport(code: \"QQQ\") { code } }").code()).isEqualTo("NOT_FOUND");
    assertThat(phone.ask("{ airport(code: \"\") { code } }").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void a_missing_field_of_an_airport_is_null() {
    Phone.Reply reply = phone.ask("{ airport(code: \"AKH\") { city name } }");
    assertThat(reply.data("/airport/city").isNull()).isTrue();
    assertThat(reply.data("/airport/name").asText()).isEqualTo("Prince Sultan Air Base");
  }

  @Test
  void airports_of_kosovo_do_not_fail_their_neighbours() {
    Phone.Reply two =
        phone.ask("{ airport(code: \"PRN\") { country } sfo: airport(code: \"SFO\") { code } }");
    Phone.Reply near =
        phone.ask(
            "{ nearbyAirports(latitude: 41.96, longitude: 21.62, radiusKm: 100) { airport { country } } }");

    assertThat(two.code()).isEqualTo("no error");
    assertThat(two.data("/airport/country").asText()).isEqualTo("XK");
    assertThat(near.code()).isEqualTo("no error");
    assertThat(near.body().toString()).contains("XK", "MK");
  }

  @Test
  void a_search_in_the_far_north_makes_at_most_60_calls() {
    Wire wire = new Wire();
    Phone counted = phone.reaching(LayoverBench.shared().handler(wire.client()));
    for (double latitude : List.of(77.3, -77.5, 90.0, 0.0)) {
      int before = wire.exchanges().size();
      assertThat(
              counted
                  .ask(
                      "{ nearbyAirports(latitude: %s, longitude: 11, radiusKm: 200) { distanceKm } }"
                          .formatted(latitude))
                  .code())
          .isEqualTo("no error");
      assertThat(wire.exchanges().size() - before).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void a_body_can_make_two_searches_and_the_refused_ones_cost_nothing() {
    Wire wire = new Wire();
    Phone counted =
        phone.reaching(LayoverBench.shared().handler(Map.of("BATCH_LIMIT", "10"), wire.client()));
    String entry =
        "{\"query\": \"{ a: nearbyAirports(latitude: 77.3, longitude: 11, radiusKm: 200) { distanceKm } }\"}";

    Phone.Reply reply = counted.send("[" + String.join(",", Collections.nCopies(10, entry)) + "]");

    assertThat(reply.body().findValuesAsText("code")).hasSize(8).containsOnly("QUERY_TOO_COMPLEX");
    assertThat(reply.body().at("/1/data/a").isArray()).isTrue();
    assertThat(reply.body().at("/2/errors/0/message").asText())
        .contains("complexity is 500, 1500 with the operations before it; the limit is 1000");
    assertThat(wire.exchanges().size()).isBetween(1, 120);
  }
}
