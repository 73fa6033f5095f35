package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import dev.screenful.resolver.BatchLoader;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Fields;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Values that are not in the table: one call for all keys of a level. */
final class BatchLoaderTest {

  private static final String SDL =
      """
      type Query {
        flights: [Flight!] @public(why: "test")
        weather(of: ID!): Weather @public(why: "test")
      }
      type Flight {
        to: String! from: String! other: Flight
        weather(unit: String = "C"): Weather departure: Weather
        broken: String refused: String absent: String slow: String torn: String
      }
      type Weather { city: String degrees: Int flight: Flight }
      """;

  /** The key of a field with an argument. */
  private record At(String city, String unit) {}

  private final List<Set<?>> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> remaining = Collections.synchronizedList(new ArrayList<>());
  private final TinyApp app =
      new TinyApp(SDL, this::register, Map.of(), Map.of("BATCH_LIMIT", "10"));
  private final Phone phone = app.phone();

  private Map<At, Map<String, Object>> weather(Set<At> keys, Duration time) {
    calls.add(keys);
    remaining.add(time);
    Map<At, Map<String, Object>> values =
        new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    for (At key : keys) {
      if (!key.city().equals("nowhere")) {
        values.put(key, Map.of("city", key.city(), "degrees", key.unit().equals("F") ? 50 : 10));
      }
    }
    return values;
  }

  private void register(Fields fields) {
    BatchLoader<At> weather = this::weather;
    fields.attributes("Flight", List.of("to", "from"));
    fields.attributes("Weather", List.of("city", "degrees"));
    fields.query(
        "flights", call -> List.of(flight("a", "b"), flight("b", "a"), flight("a", "nowhere")));
    fields.batch("Query", "weather", call -> new At(call.text("of"), "C"), weather);
    fields.batch(
        "Flight",
        "weather",
        call -> new At(call.source().text("to"), call.text("unit")),
        weather,
        "to");
    fields.batch(
        "Flight", "departure", call -> new At(call.source().text("from"), "C"), weather, "from");
    fields.load("Flight", "other", "to", BatchLoaderTest::key);
    fields.load("Weather", "flight", "city", BatchLoaderTest::key);
    fields.<String>batch("Flight", "absent", call -> null, (keys, time) -> Map.of());
    fields.batch(
        "Flight",
        "broken",
        call -> call.source().text("to"),
        (keys, time) -> {
          throw new IOException("the service is at http://secret");
        },
        "to");
    fields.batch(
        "Flight",
        "torn",
        call -> call.source().text("to"),
        (keys, time) ->
            new AbstractMap<String, Object>() {
              @Override
              public Set<Map.Entry<String, Object>> entrySet() {
                throw new IllegalStateException("the map of a client for http://secret");
              }
            },
        "to");
    fields.batch(
        "Flight",
        "refused",
        call -> call.source().text("to"),
        (keys, time) -> {
          throw new ClientError(ErrorCode.UNAVAILABLE, "No weather today.");
        },
        "to");
    fields.batch(
        "Flight",
        "slow",
        call -> call.source().text("to"),
        (keys, time) -> {
          remaining.add(time);
          Thread.sleep(Duration.ofSeconds(20));
          return Map.of();
        },
        "to");
  }

  private static Map<String, Object> flight(String to, String from) {
    return Map.of("to", to, "from", from);
  }

  private static Key key(String city) {
    return new Key("BATCHED#" + city, "FLIGHT");
  }

  private static void write() {
    new BulkWriter(TinyApp.table())
        .write(
            List.of(
                Item.of(key("a"), flight("b", "nowhere")), Item.of(key("b"), flight("a", "b"))));
  }

  /** The trips of all requests so far, as logged. */
  private List<Integer> trips() {
    return app.log()
        .lines()
        .map(BatchLoaderTest::json)
        .filter(line -> line.has("trips"))
        .map(line -> line.get("trips").asInt())
        .toList();
  }

  private static JsonNode json(String line) {
    try {
      return Phone.JSON.readTree(line);
    } catch (JsonProcessingException invalid) {
      throw new IllegalStateException(invalid);
    }
  }

  private Set<String> cities(int call) {
    Set<String> cities = new TreeSet<>();
    calls.get(call).forEach(key -> cities.add(key.toString()));
    return cities;
  }

  private static final String A = "At[city=a, unit=C]";
  private static final String B = "At[city=b, unit=C]";

  @Test
  void all_keys_of_a_level_are_loaded_in_one_call_without_duplicates() {
    write();

    Phone.Reply reply =
        phone.ask(
            "{ flights { weather { city degrees } departure { city } inF: weather(unit: \"F\") { degrees } } weather(of: \"c\") { degrees } }");

    assertThat(reply.code()).as(app.log()).isEqualTo("no error");
    assertThat(calls).hasSize(1);
    assertThat(cities(0))
        .containsExactlyInAnyOrder(
            A,
            "At[city=a, unit=F]",
            B,
            "At[city=b, unit=F]",
            "At[city=c, unit=C]",
            "At[city=nowhere, unit=C]");
    assertThat(reply.data("/flights/0/weather/city").asText()).isEqualTo("a");
    assertThat(reply.data("/flights/0/departure/city").asText()).isEqualTo("b");
    assertThat(reply.data("/flights/1/inF/degrees").asInt()).isEqualTo(50);
    assertThat(reply.data("/flights/2/departure").isNull()).isTrue();
    assertThat(reply.data("/weather/degrees").asInt()).isEqualTo(10);
    assertThat(trips()).containsExactly(1);
  }

  @Test
  void levels_are_loaded_one_after_another_beside_the_reads_of_the_table() {
    write();

    Phone.Reply reply =
        phone.ask(
            "{ flights { weather { flight { to weather { city } } } other { departure { city } } } }");

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/flights/0/weather/flight/weather/city").asText()).isEqualTo("b");
    assertThat(reply.data("/flights/1/other/departure/city").asText()).isEqualTo("b");
    // weather and other; the departures of other and the flights of weather; their weather
    assertThat(calls).hasSize(3);
    assertThat(cities(0)).containsExactly(A, B);
    assertThat(trips()).hasSize(1);
    // other flights are read twice, since the second time other attributes are selected
    assertThat(trips().getFirst()).isEqualTo(3 + 2);
  }

  @Test
  void operations_of_a_body_share_a_call_and_each_counts_its_trip() {
    String body =
        "{\"query\": \"{ weather(of: \\\"a\\\") { city } }\"}, {\"query\": \"{ weather(of: \\\"b\\\") { city } }\"}";

    JsonNode replies = phone.send("[" + body + "]").body();

    assertThat(replies.at("/1/data/weather/city").asText()).isEqualTo("b");
    assertThat(calls).hasSize(1);
    assertThat(cities(0)).containsExactly(A, B);
    assertThat(trips()).containsExactly(1, 1);
  }

  @Test
  void no_key_is_null_without_a_call() {
    Phone.Reply reply = phone.ask("{ flights { absent } }");

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/flights/0/absent").isNull()).isTrue();
    assertThat(trips()).containsExactly(0);
  }

  @Test
  void a_failure_of_a_loader_fails_its_fields_only_and_is_masked() {
    Phone.Reply broken = phone.ask("{ flights { to broken weather { city } } }");

    assertThat(broken.body().at("/errors")).hasSize(3);
    assertThat(broken.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(broken.body().toString()).doesNotContain("secret");
    assertThat(broken.data("/flights/0/weather/city").asText()).isEqualTo("a");
    assertThat(app.log()).contains("the service is at http://secret", "/flights[0]/broken");

    Phone.Reply torn = phone.ask("{ flights { to torn weather { city } } }");
    assertThat(torn.body().at("/errors")).hasSize(3);
    assertThat(torn.body().toString()).doesNotContain("secret");
    assertThat(torn.data("/flights/0/weather/city").asText()).isEqualTo("a");

    Phone.Reply refused = phone.ask("{ flights { refused } }");
    assertThat(refused.code()).isEqualTo("UNAVAILABLE");
    assertThat(refused.message()).isEqualTo("No weather today.");
  }

  @Test
  void a_loader_gets_the_remaining_time_and_the_others_are_answered_at_the_deadline() {
    Phone.Reply reply = phone.within(3000).ask("{ flights { to slow weather { city } } }");

    assertThat(reply.code()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(reply.data("/flights/0/slow").isNull()).isTrue();
    assertThat(reply.data("/flights/0/weather/city").asText()).isEqualTo("a");
    assertThat(remaining).hasSize(2);
    assertThat(remaining).allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(3)));
  }

  @Test
  void a_batched_field_must_be_nullable() {
    String sdl = SDL.replace("broken: String", "broken: String!");

    assertThatThrownBy(() -> new TinyApp(sdl, this::register))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining("Flight.broken is loaded separately");
  }
}
