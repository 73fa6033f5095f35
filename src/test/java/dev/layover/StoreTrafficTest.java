package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.layover.local.Phone;
import dev.layover.local.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The requests to DynamoDB, as sent. */
final class StoreTrafficTest {

  /** Records requests, and can leave keys of batches unprocessed as DynamoDB does under load. */
  private static final class Wire implements ExecutionInterceptor {

    private final List<SdkRequest> requests = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger batchesToCut;

    Wire(int batchesToCut) {
      this.batchesToCut = new AtomicInteger(batchesToCut);
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requests.add(context.request());
    }

    @Override
    public SdkResponse modifyResponse(
        Context.ModifyResponse context, ExecutionAttributes attributes) {
      if (context.request() instanceof BatchGetItemRequest request
          && context.response() instanceof BatchGetItemResponse response
          && batchesToCut.getAndDecrement() > 0) {
        return firstKeyOnly(request, response);
      }
      return context.response();
    }

    /** A response that leaves all keys but the first unprocessed. */
    private static BatchGetItemResponse firstKeyOnly(
        BatchGetItemRequest request, BatchGetItemResponse response) {
      KeysAndAttributes asked = keysOf(request);
      Map<String, AttributeValue> first = asked.keys().getFirst();
      List<Map<String, AttributeValue>> found =
          response.responses().getOrDefault("layover", List.of()).stream()
              .filter(item ->
                  first.entrySet().stream()
                      .allMatch(key -> key.getValue().equals(item.get(key.getKey()))))
              .toList();
      KeysAndAttributes rest =
          asked.toBuilder().keys(asked.keys().subList(1, asked.keys().size())).build();
      return response.toBuilder()
          .responses(Map.of("layover", found))
          .unprocessedKeys(rest.keys().isEmpty() ? Map.of() : Map.of("layover", rest))
          .build();
    }

    <T extends SdkRequest> List<T> sent(Class<T> type) {
      return requests.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  private static KeysAndAttributes keysOf(BatchGetItemRequest request) {
    return Objects.requireNonNull(request.requestItems().get("layover"));
  }

  /** A function instance with recorded requests. */
  private static RequestStreamHandler instance(Wire wire) {
    return TestBench.shared()
        .handler(
            LocalDynamo.clientBuilder(TestBench.shared().engine())
                .overrideConfiguration(override -> override.addExecutionInterceptor(wire))
                .build());
  }

  private static Phone.Reply ask(Wire wire, String document) {
    Phone.Reply reply = TestBench.stranger().reaching(instance(wire)).ask(document);
    assertThat(reply.code())
        .as("%s", TestBench.shared().logged(reply.requestId()))
        .isEqualTo("no error");
    return reply;
  }

  private static Set<String> attributes(String projection, Map<String, String> names) {
    return Arrays.stream(projection.split(", "))
        .map(names::get)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void all_airports_and_airlines_of_a_page_are_one_batch_of_distinct_keys() {
    Wire wire = new Wire(0);

    Phone.Reply reply =
        ask(
            wire,
            """
            { departures(airport: "DFW", first: 20) {
                edges { node { origin { code city } destination { code city } } } } }
            """);

    assertThat(reply.data("/departures/edges")).hasSize(20);
    assertThat(wire.sent(QueryRequest.class)).hasSize(1);
    assertThat(wire.sent(BatchGetItemRequest.class)).hasSize(1);
    Set<String> codes = new TreeSet<>(reply.body().findValuesAsText("code"));
    assertThat(keysOf(wire.sent(BatchGetItemRequest.class).getFirst()).keys()).hasSameSizeAs(codes);
  }

  @Test
  void branches_of_different_depth_always_share_batches() {
    Screen home =
        Screen.folder(Path.of("schema/screens")).stream()
            .filter(screen -> screen.name().equals("Home"))
            .findFirst()
            .orElseThrow();
    ScreenExample example = ScreenExample.of(home, TestBench.shared().examples());
    for (int time = 0; time < 20; time++) {
      Wire wire = new Wire(0);
      Phone.Reply reply =
          TestBench.phoneOf("traveller-1")
              .reaching(instance(wire))
              .ask(home.document(), example.variables());

      assertThat(reply.code()).isEqualTo("no error");
      assertThat(wire.sent(QueryRequest.class)).hasSize(3);
      assertThat(wire.sent(GetItemRequest.class)).hasSize(1);
      assertThat(wire.sent(BatchGetItemRequest.class)).hasSize(2);
    }
  }

  @Test
  void only_selected_attributes_are_read() {
    Wire wire = new Wire(0);

    ask(wire, "{ airport(code: \"SFO\") { name city } }");

    GetItemRequest get = wire.sent(GetItemRequest.class).getFirst();
    assertThat(attributes(get.projectionExpression(), get.expressionAttributeNames()))
        .containsExactly("city", "name", "pk", "sk");
  }

  @Test
  void aliases_and_fragments_are_part_of_the_projection() {
    Wire wire = new Wire(0);

    ask(
        wire,
        """
        query { airport(code: "SFO") { town: city ...more ... on Airport @include(if: false) { region } } }
        fragment more on Airport { where: timezone __typename }
        """);

    GetItemRequest get = wire.sent(GetItemRequest.class).getFirst();
    assertThat(attributes(get.projectionExpression(), get.expressionAttributeNames()))
        .containsExactly("city", "pk", "sk", "timezone");
  }

  @Test
  void a_resolver_gets_its_declared_attributes() {
    Wire wire = new Wire(0);

    ask(wire, "{ flight(id: \"Flight:PQ142-2026-01-17\") { status airline { name } } }");

    GetItemRequest get = wire.sent(GetItemRequest.class).getFirst();
    assertThat(attributes(get.projectionExpression(), get.expressionAttributeNames()))
        .containsExactly("airlineCode", "delayMinutes", "expectedAt", "pk", "sk", "state");
  }

  @Test
  void a_batch_reads_the_union_of_its_fields_projections() {
    Wire wire = new Wire(0);

    ask(
        wire,
        "{ flight(id: \"Flight:PQ142-2026-01-17\") { origin { city } destination { name } airline { code } } }");

    KeysAndAttributes batch = keysOf(wire.sent(BatchGetItemRequest.class).getFirst());
    assertThat(batch.keys()).hasSize(3);
    assertThat(attributes(batch.projectionExpression(), batch.expressionAttributeNames()))
        .containsExactly("city", "code", "name", "pk", "sk");
  }

  @Test
  void an_index_with_all_selected_attributes_needs_no_second_read() {
    Wire wire = new Wire(0);

    ask(
        wire,
        "{ departures(airport: \"DFW\", first: 5) { edges { node { number status gate followed } } } }");

    assertThat(wire.requests).hasSize(1);
    QueryRequest query = wire.sent(QueryRequest.class).getFirst();
    assertThat(query.indexName()).isEqualTo("departures");
  }

  @Test
  void attributes_outside_an_index_are_read_from_the_table_in_one_batch() {
    Wire wire = new Wire(0);

    Phone.Reply reply =
        ask(
            wire,
            "{ departures(airport: \"DFW\", first: 5) { edges { node { number aircraft } } } }");

    assertThat(reply.body().findValuesAsText("aircraft")).hasSize(5).doesNotContain("null");
    assertThat(wire.sent(QueryRequest.class)).hasSize(1);
    assertThat(wire.sent(BatchGetItemRequest.class)).hasSize(1);
  }

  /** DynamoDB updates an index shortly after the table. */
  @Test
  void an_index_entry_without_its_item_is_omitted() {
    ExecutionInterceptor late =
        new ExecutionInterceptor() {
          @Override
          public SdkResponse modifyResponse(
              Context.ModifyResponse context, ExecutionAttributes attributes) {
            if (context.response() instanceof BatchGetItemResponse response) {
              List<Map<String, AttributeValue>> found =
                  response.responses().getOrDefault("layover", List.of());
              return response.toBuilder()
                  .responses(Map.of("layover", found.subList(1, found.size())))
                  .build();
            }
            return context.response();
          }
        };
    RequestStreamHandler instance =
        TestBench.shared()
            .handler(
                LocalDynamo.clientBuilder(TestBench.shared().engine())
                    .overrideConfiguration(override -> override.addExecutionInterceptor(late))
                    .build());

    Phone.Reply reply =
        TestBench.stranger()
            .reaching(instance)
            .ask(
                "{ departures(airport: \"DFW\", first: 5) { edges { node { number aircraft } } } }");

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.body().findValuesAsText("aircraft")).hasSize(4).doesNotContain("null");
  }

  @Test
  void unprocessed_keys_are_requested_again() {
    Wire wire = new Wire(3);

    Phone.Reply reply =
        ask(
            wire,
            "{ departures(airport: \"DFW\", first: 20) { edges { node { destination { code city } } } } }");

    assertThat(reply.body().findValues("destination"))
        .hasSize(20)
        .noneMatch(destination -> destination.isNull());
    List<Integer> keys =
        wire.sent(BatchGetItemRequest.class).stream()
            .map(batch -> keysOf(batch).keys().size())
            .toList();
    assertThat(keys).hasSize(4).isSortedAccordingTo(Collections.reverseOrder());
  }

  @Test
  void keys_that_stay_unprocessed_fail_and_the_rest_of_the_screen_is_returned() {
    Wire wire = new Wire(1000);

    Phone.Reply reply =
        TestBench.stranger()
            .reaching(instance(wire))
            .ask(
                "{ departures(airport: \"DFW\", first: 20) { edges { node { number destination { code } } } } }");

    assertThat(reply.code()).isEqualTo("UNAVAILABLE");
    assertThat(reply.body().findValuesAsText("number")).hasSize(20);
  }

  @Test
  void more_than_a_hundred_keys_are_read_in_batches_of_a_hundred() {
    Wire wire = new Wire(0);
    String fields =
        Arrays.stream("DFW ORD ATL LAX".split(" "))
            .map(code ->
                "%s: departures(airport: \"%s\", first: 50) { edges { node { id aircraft } } }"
                    .formatted(code, code))
            .collect(Collectors.joining(" "));

    Phone.Reply reply = ask(wire, "{ " + fields + " }");

    assertThat(reply.body().findValuesAsText("aircraft")).hasSizeGreaterThan(150);
    assertThat(wire.sent(BatchGetItemRequest.class))
        .allMatch(batch -> keysOf(batch).keys().size() <= 100);
  }

  @Test
  void client_strings_reach_dynamodb_only_as_values() {
    Wire wire = new Wire(0);
    String evil = "x) OR attribute_exists(pk";

    ask(wire, "{ searchAirports(text: \"%s\") { code } }".formatted(evil));

    assertThat(wire.sent(QueryRequest.class)).isNotEmpty();
    assertThat(wire.sent(QueryRequest.class))
        .allSatisfy(
            query -> assertThat(query.keyConditionExpression()).doesNotContain("exists", "OR"));
  }

  @Test
  void an_item_requested_twice_in_a_request_is_read_once() {
    Wire wire = new Wire(0);

    ask(
        wire,
        "{ one: flight(id: \"Flight:PQ142-2026-01-17\") { gate } other: flight(id: \"Flight:PQ142-2026-01-17\") { gate } }");

    assertThat(wire.sent(GetItemRequest.class)).hasSize(1);
  }

  @Test
  void a_flight_is_cached_briefly_and_private_items_are_not() {
    Wire wire = new Wire(0);
    Phone phone = TestBench.phoneOf("traveller-1").reaching(instance(wire));
    String flight = "{ flight(id: \"Flight:PQ142-2026-01-17\") { gate status } }";
    String booking =
        "{ booking(id: \"%s\") { seat } }".formatted(TestBench.shared().examples().get("booking"));

    for (int time = 0; time < 3; time++) {
      assertThat(phone.ask(flight).code()).isEqualTo("no error");
    }
    assertThat(wire.sent(GetItemRequest.class)).hasSize(1);

    for (int time = 0; time < 3; time++) {
      assertThat(phone.ask(booking).code()).isEqualTo("no error");
    }
    assertThat(wire.sent(GetItemRequest.class)).hasSize(4);
  }

  @Test
  void an_instances_own_write_removes_the_item_from_its_cache() {
    Phone staff = TestBench.phoneOf("staff-1").reaching(instance(new Wire(0)));
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
    Wire eventual = new Wire(0);
    TestBench.phoneOf("traveller-1").reaching(instance(eventual)).ask(selection);
    assertThat(consistent(eventual)).containsOnly(false);

    Wire operation = new Wire(0);
    TestBench.phoneOf("traveller-1")
        .reaching(instance(operation))
        .ask("query @consistent " + selection);
    assertThat(consistent(operation)).hasSize(3).containsOnly(true);

    Wire field = new Wire(0);
    TestBench.phoneOf("traveller-1")
        .reaching(instance(field))
        .ask("{ changes { changed { id ... on Booking { flight { gate } } } } }");
    assertThat(consistent(field)).hasSizeGreaterThan(3).containsOnly(true);
  }

  private static List<Boolean> consistent(Wire wire) {
    List<Boolean> consistent = new ArrayList<>();
    wire.sent(GetItemRequest.class).forEach(get -> consistent.add(get.consistentRead()));
    wire.sent(QueryRequest.class).forEach(query -> consistent.add(query.consistentRead()));
    wire.sent(BatchGetItemRequest.class)
        .forEach(batch -> consistent.add(keysOf(batch).consistentRead()));
    return consistent;
  }
}
