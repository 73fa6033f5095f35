package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Wire;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The requests to DynamoDB, as sent. */
final class StoreTrafficTest {

  /** Leaves keys of batches unprocessed, as DynamoDB does under load. */
  private static final class Overloaded extends Wire {

    private final AtomicInteger batchesToCut;

    Overloaded(int batchesToCut) {
      this.batchesToCut = new AtomicInteger(batchesToCut);
    }

    /** Only the first key was processed. */
    @Override
    protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
      if (operation.equals("BatchGetItem") && batchesToCut.getAndDecrement() > 0) {
        ObjectNode asked = (ObjectNode) keysOf(request).deepCopy();
        ArrayNode keys = (ArrayNode) asked.get("Keys");
        JsonNode first = keys.remove(0);
        ArrayNode found = (ArrayNode) response.at("/Responses/layover");
        for (int place = found.size() - 1; place >= 0; place--) {
          if (!found.get(place).get("pk").equals(first.get("pk"))
              || !found.get(place).get("sk").equals(first.get("sk"))) {
            found.remove(place);
          }
        }
        if (!keys.isEmpty()) {
          response.putObject("UnprocessedKeys").set("layover", asked);
        }
      }
      return response;
    }
  }

  private static JsonNode keysOf(JsonNode batch) {
    return batch.at("/RequestItems/layover");
  }

  /** A function instance with recorded requests. */
  private static RequestStreamHandler instance(Wire wire) {
    return LayoverBench.shared().handler(wire.client());
  }

  private static Phone.Reply ask(Wire wire, String document) {
    Phone.Reply reply = LayoverBench.stranger().reaching(instance(wire)).ask(document);
    assertThat(reply.code())
        .as("%s", LayoverBench.shared().logged(reply.requestId()))
        .isEqualTo("no error");
    return reply;
  }

  /** The attributes that a request asks for. */
  private static Set<String> attributes(JsonNode request) {
    return Arrays.stream(request.get("ProjectionExpression").asText().split(", "))
        .map(name -> request.get("ExpressionAttributeNames").get(name).asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void all_airports_and_airlines_of_a_page_are_one_batch_of_distinct_keys() {
    Wire wire = new Wire();

    Phone.Reply reply =
        ask(
            wire,
            """
            { departures(airport: "DFW", first: 20) {
                edges { node { origin { code city } destination { code city } } } } }
            """);

    assertThat(reply.data("/departures/edges")).hasSize(20);
    assertThat(wire.sent("Query")).hasSize(1);
    assertThat(wire.sent("BatchGetItem")).hasSize(1);
    Set<String> codes = new TreeSet<>(reply.body().findValuesAsText("code"));
    assertThat(keysOf(wire.sent("BatchGetItem").getFirst()).get("Keys")).hasSameSizeAs(codes);
  }

  @Test
  void branches_of_different_depth_always_share_batches() {
    Screen home =
        Screen.folder(Path.of("schema/screens")).stream()
            .filter(screen -> screen.name().equals("Home"))
            .findFirst()
            .orElseThrow();
    ScreenExample example = ScreenExample.of(home, LayoverBench.shared().examples());
    for (int time = 0; time < 20; time++) {
      Wire wire = new Wire();
      Phone.Reply reply =
          LayoverBench.phoneOf("traveller-1")
              .reaching(instance(wire))
              .ask(home.document(), example.variables());

      assertThat(reply.code()).isEqualTo("no error");
      assertThat(wire.sent("Query")).hasSize(3);
      assertThat(wire.sent("GetItem")).hasSize(1);
      assertThat(wire.sent("BatchGetItem")).hasSize(2);
    }
  }

  @Test
  void only_selected_attributes_are_read() {
    Wire wire = new Wire();

    ask(wire, "{ airport(code: \"SFO\") { name city } }");

    JsonNode get = wire.sent("GetItem").getFirst();
    assertThat(attributes(get)).containsExactly("city", "name", "pk", "sk");
  }

  @Test
  void aliases_and_fragments_are_part_of_the_projection() {
    Wire wire = new Wire();

    ask(
        wire,
        """
        query { airport(code: "SFO") { town: city ...more ... on Airport @include(if: false) { region } } }
        fragment more on Airport { where: timezone __typename }
        """);

    JsonNode get = wire.sent("GetItem").getFirst();
    assertThat(attributes(get)).containsExactly("city", "pk", "sk", "timezone");
  }

  @Test
  void variables_of_skip_and_include_decide_about_the_projection() {
    String document =
        """
        query ($yes: Boolean!, $also: Boolean! = true) {
          airport(code: "SFO") {
            name @skip(if: $yes)
            city @include(if: $also)
            ... @include(if: $yes) { region }
            ... on Node @skip(if: $yes) { id }
          }
        }
        """;
    Wire on = new Wire();
    LayoverBench.stranger().reaching(instance(on)).ask(document, Map.of("yes", true));
    Wire off = new Wire();
    LayoverBench.stranger()
        .reaching(instance(off))
        .ask(document, Map.of("yes", false, "also", false));

    assertThat(attributes(on.sent("GetItem").getFirst()))
        .containsExactly("city", "pk", "region", "sk");
    assertThat(attributes(off.sent("GetItem").getFirst()))
        .containsExactly("code", "name", "pk", "sk");
  }

  @Test
  void each_possible_type_adds_its_attributes_to_the_projection() {
    Wire wire = new Wire();

    ask(
        wire,
        """
        {
          node(id: "Airport:SFO") {
            ... on Airport { city ... on Node { ... on Flight { aircraft } } }
            ...Any
            ... on Flight { gate }
          }
        }
        fragment Any on Node { ... on Airline { name } }
        """);

    assertThat(attributes(wire.sent("GetItem").getFirst()))
        .containsExactly("city", "gate", "name", "pk", "sk");
  }

  @Test
  void a_resolver_gets_its_declared_attributes() {
    Wire wire = new Wire();

    ask(wire, "{ flight(id: \"Flight:PQ142-2026-01-17\") { status airline { name } } }");

    JsonNode get = wire.sent("GetItem").getFirst();
    assertThat(attributes(get))
        .containsExactly("airlineCode", "delayMinutes", "expectedAt", "pk", "sk", "state");
  }

  @Test
  void a_batch_reads_the_union_of_its_fields_projections() {
    Wire wire = new Wire();

    ask(
        wire,
        "{ flight(id: \"Flight:PQ142-2026-01-17\") { origin { city } destination { name } airline { code } } }");

    JsonNode batch = keysOf(wire.sent("BatchGetItem").getFirst());
    assertThat(batch.get("Keys")).hasSize(3);
    assertThat(attributes(batch)).containsExactly("city", "code", "name", "pk", "sk");
  }

  @Test
  void an_index_with_all_selected_attributes_needs_no_second_read() {
    Wire wire = new Wire();

    ask(
        wire,
        "{ departures(airport: \"DFW\", first: 5) { edges { node { number status gate followed } } } }");

    assertThat(wire.exchanges()).hasSize(1);
    JsonNode query = wire.sent("Query").getFirst();
    assertThat(query.get("IndexName").asText()).isEqualTo("departures");
  }

  @Test
  void attributes_outside_an_index_are_read_from_the_table_in_one_batch() {
    Wire wire = new Wire();

    Phone.Reply reply =
        ask(
            wire,
            "{ departures(airport: \"DFW\", first: 5) { edges { node { number aircraft } } } }");

    assertThat(reply.body().findValuesAsText("aircraft")).hasSize(5).doesNotContain("null");
    assertThat(wire.sent("Query")).hasSize(1);
    assertThat(wire.sent("BatchGetItem")).hasSize(1);
  }

  /** DynamoDB updates an index shortly after the table. */
  @Test
  void an_index_entry_without_its_item_is_omitted() {
    Wire late =
        new Wire() {
          @Override
          protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
            if (operation.equals("BatchGetItem")) {
              ((ArrayNode) response.at("/Responses/layover")).remove(0);
            }
            return response;
          }
        };
    RequestStreamHandler instance = instance(late);

    Phone.Reply reply =
        LayoverBench.stranger()
            .reaching(instance)
            .ask(
                "{ departures(airport: \"DFW\", first: 5) { edges { node { number aircraft } } } }");

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.body().findValuesAsText("aircraft")).hasSize(4).doesNotContain("null");
  }

  @Test
  void pages_whose_items_are_gone_lead_to_the_next_ones() {
    AtomicInteger gone = new AtomicInteger(2);
    Wire late =
        new Wire() {
          @Override
          protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
            if (operation.equals("BatchGetItem") && gone.getAndDecrement() > 0) {
              ((ArrayNode) response.at("/Responses/layover")).removeAll();
            }
            return response;
          }
        };
    Phone phone = LayoverBench.stranger().reaching(instance(late));
    String page =
        "query ($after: String) { departures(airport: \"DFW\", first: 4, after: $after) { edges { node { number aircraft } } pageInfo { endCursor hasNextPage } } }";
    List<String> whole =
        LayoverBench.stranger()
            .ask("{ departures(airport: \"DFW\", first: 20) { edges { node { number } } } }")
            .body()
            .findValuesAsText("number");

    List<String> followed = new ArrayList<>();
    Map<String, String> after = Map.of();
    for (int pages = 0; followed.size() < 10; pages++) {
      Phone.Reply reply = phone.ask(page, after);
      assertThat(reply.body().findValuesAsText("number")).hasSize(pages < 2 ? 0 : 4);
      assertThat(reply.data("/departures/pageInfo/hasNextPage").asBoolean()).isTrue();
      followed.addAll(reply.body().findValuesAsText("number"));
      after = Map.of("after", reply.data("/departures/pageInfo/endCursor").asText());
    }

    assertThat(followed).isEqualTo(whole.subList(8, 8 + followed.size()));
  }

  @Test
  void unprocessed_keys_are_requested_again() {
    Wire wire = new Overloaded(3);

    Phone.Reply reply =
        ask(
            wire,
            "{ departures(airport: \"DFW\", first: 20) { edges { node { destination { code city } } } } }");

    assertThat(reply.body().findValues("destination"))
        .hasSize(20)
        .noneMatch(destination -> destination.isNull());
    List<Integer> keys =
        wire.sent("BatchGetItem").stream().map(batch -> keysOf(batch).get("Keys").size()).toList();
    assertThat(keys).hasSize(4).isSortedAccordingTo(Collections.reverseOrder());
  }

  @Test
  void keys_that_stay_unprocessed_fail_and_the_rest_of_the_screen_is_returned() {
    Wire wire = new Overloaded(1000);

    Phone.Reply reply =
        LayoverBench.stranger()
            .reaching(instance(wire))
            .ask(
                "{ departures(airport: \"DFW\", first: 20) { edges { node { number destination { code } } } } }");

    assertThat(reply.code()).isEqualTo("UNAVAILABLE");
    assertThat(reply.body().findValuesAsText("number")).hasSize(20);
  }

  @Test
  void more_than_a_hundred_keys_are_read_in_batches_of_a_hundred() {
    Wire wire = new Wire();
    String fields =
        Arrays.stream("DFW ORD ATL LAX".split(" "))
            .map(code ->
                "%s: departures(airport: \"%s\", first: 50) { edges { node { id aircraft } } }"
                    .formatted(code, code))
            .collect(Collectors.joining(" "));

    Phone.Reply reply = ask(wire, "{ " + fields + " }");

    assertThat(reply.body().findValuesAsText("aircraft")).hasSizeGreaterThan(150);
    assertThat(wire.sent("BatchGetItem"))
        .allMatch(batch -> keysOf(batch).get("Keys").size() <= 100);
  }

  @Test
  void client_strings_reach_dynamodb_only_as_values() {
    Wire wire = new Wire();
    String evil = "x) OR attribute_exists(pk";

    ask(wire, "{ searchAirports(text: \"%s\") { code } }".formatted(evil));

    assertThat(wire.sent("Query")).isNotEmpty();
    assertThat(wire.sent("Query"))
        .allSatisfy(query ->
            assertThat(query.get("KeyConditionExpression").asText())
                .doesNotContain("exists", "OR"));
  }

  @Test
  void an_item_requested_twice_in_a_request_is_read_once() {
    Wire wire = new Wire();

    ask(
        wire,
        "{ one: flight(id: \"Flight:PQ142-2026-01-17\") { gate } other: flight(id: \"Flight:PQ142-2026-01-17\") { gate } }");

    assertThat(wire.sent("GetItem")).hasSize(1);
  }

  @Test
  void screens_that_select_different_attributes_of_a_cached_item_do_not_replace_each_other() {
    Wire wire = new Wire();
    Phone phone = LayoverBench.stranger().reaching(instance(wire));
    phone.ask("{ airport(code: \"SFO\") { name } }");
    phone.ask("{ airport(code: \"SFO\") { city } }");

    assertThat(attributes(wire.sent("GetItem").get(1))).containsExactly("city", "name", "pk", "sk");
    for (String field : List.of("name", "city", "name city")) {
      Phone.Reply reply = phone.ask("{ airport(code: \"SFO\") { " + field + " } }");
      assertThat(reply.data("/airport")).hasSize(field.split(" ").length);
    }
    assertThat(wire.exchanges()).hasSize(2);
  }

  @Test
  void a_flight_is_cached_briefly_and_private_items_are_not() {
    Wire wire = new Wire();
    Phone phone = LayoverBench.phoneOf("traveller-1").reaching(instance(wire));
    String flight = "{ flight(id: \"Flight:PQ142-2026-01-17\") { gate status } }";
    String booking =
        "{ booking(id: \"%s\") { seat } }"
            .formatted(LayoverBench.shared().examples().get("booking"));

    for (int time = 0; time < 3; time++) {
      assertThat(phone.ask(flight).code()).isEqualTo("no error");
    }
    assertThat(wire.sent("GetItem")).hasSize(1);

    for (int time = 0; time < 3; time++) {
      assertThat(phone.ask(booking).code()).isEqualTo("no error");
    }
    assertThat(wire.sent("GetItem")).hasSize(4);
  }

  @Test
  void an_instances_own_write_removes_the_item_from_its_cache() {
    Phone staff = LayoverBench.phoneOf("staff-1").reaching(instance(new Wire()));
    String flight = "{ flight(id: \"Flight:VQ335-2026-01-18\") { gate } }";
    staff.ask(flight);

    staff.ask(
        "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
        Map.of("input", Map.of("flightId", "Flight:VQ335-2026-01-18", "gate", "D77")));

    assertThat(staff.ask(flight).data("/flight/gate").asText()).isEqualTo("D77");
  }

  @Test
  void reads_are_eventually_consistent_unless_the_sdl_or_the_operation_has_consistent() {
    String selection =
        "{ flight(id: \"Flight:PQ142-2026-01-17\") { destination { city } origin { city } } me { bookings { edges { node { id } } } } }";
    Wire eventual = new Wire();
    LayoverBench.phoneOf("traveller-1").reaching(instance(eventual)).ask(selection);
    assertThat(consistent(eventual)).containsOnly(false);

    Wire operation = new Wire();
    LayoverBench.phoneOf("traveller-1")
        .reaching(instance(operation))
        .ask("query @consistent " + selection);
    assertThat(consistent(operation)).hasSize(3).containsOnly(true);

    Wire field = new Wire();
    LayoverBench.phoneOf("traveller-1")
        .reaching(instance(field))
        .ask("{ changes { changed { id ... on Booking { flight { gate } } } } }");
    assertThat(consistent(field)).hasSizeGreaterThan(3).containsOnly(true);
  }

  private static List<Boolean> consistent(Wire wire) {
    List<Boolean> consistent = new ArrayList<>();
    wire.sent("GetItem").forEach(get -> consistent.add(isConsistent(get)));
    wire.sent("Query").forEach(query -> consistent.add(isConsistent(query)));
    wire.sent("BatchGetItem").forEach(batch -> consistent.add(isConsistent(keysOf(batch))));
    return consistent;
  }

  private static boolean isConsistent(JsonNode request) {
    return request.get("ConsistentRead").asBoolean();
  }
}
