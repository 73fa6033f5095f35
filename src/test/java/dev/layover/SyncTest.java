package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.layover.local.LayoverBench;
import dev.layover.local.SyncedPhone;
import dev.screenful.crypto.SignedTokens;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.kit.Wire;
import dev.screenful.local.Sdk;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Delta sync of a phone. */
final class SyncTest {

  private static final String FOLLOW =
      "mutation ($requestId: UUID!, $id: ID!) { followFlight(input: {requestId: $requestId, flightId: $id}) { follow { id } } }";
  private static final String UNFOLLOW =
      "mutation ($requestId: UUID!, $id: ID!) { unfollowFlight(input: {requestId: $requestId, flightId: $id}) { __typename } }";
  private static final String ONE = "Flight:CQ150-2026-01-19";
  private static final String OTHER = "Flight:PQ128-2026-01-19";

  private final TestBench bench = LayoverBench.shared();
  private final RequestStreamHandler handler =
      bench.trusting(bench.table().client(), TestBench.CLOCK);
  private final String name = "sync-" + UUID.randomUUID();
  private final Phone traveller = Phone.of(handler, name);
  private final SyncedPhone phone = new SyncedPhone(traveller);

  private String follow(String flight) {
    return traveller.ask(FOLLOW, Map.of("id", flight)).data("/followFlight/follow/id").asText();
  }

  /** The traveller's phone, calling an instance at a later time. */
  private Phone later(Duration time) {
    return Phone.of(
        bench.trusting(bench.table().client(), Clock.offset(TestBench.CLOCK, time)), name);
  }

  private Phone.Reply since(Phone asking, @Nullable String token) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("since", token);
    return asking.ask(
        "query ($since: SyncToken) { changes(since: $since) { token removed changed { id } } }",
        variables);
  }

  @Test
  void without_a_token_all_objects_are_returned_and_then_only_changes() {
    String one = follow(ONE);
    phone.syncAll(50);
    assertThat(phone.objects()).containsOnlyKeys(one);

    String other = follow(OTHER);
    Phone.Reply news = phone.sync(50);

    assertThat(news.data("/changes/changed").findValuesAsText("id")).containsExactly(other, OTHER);
    assertThat(phone.objects()).containsOnlyKeys(one, other);
  }

  @Test
  void a_removed_object_is_returned_by_its_id() {
    String one = follow(ONE);
    phone.syncAll(50);
    traveller.ask(UNFOLLOW, Map.of("id", ONE));

    Phone.Reply news = phone.sync(50);

    assertThat(news.data("/changes/removed/0").asText()).isEqualTo(one);
    assertThat(phone.objects()).isEmpty();
  }

  @Test
  void without_changes_the_page_is_empty_and_the_token_stays() {
    follow(ONE);
    phone.syncAll(50);
    String token = phone.token();

    Phone.Reply nothing = phone.sync(50);

    assertThat(nothing.data("/changes/changed")).isEmpty();
    assertThat(nothing.data("/changes/removed")).isEmpty();
    assertThat(phone.hasMore()).isFalse();
    assertThat(phone.token()).isEqualTo(token);
  }

  @Test
  void a_new_gate_of_a_followed_flight_is_a_change() {
    String one = follow("Flight:RQ180-2026-01-19");
    phone.syncAll(50);
    Phone.of(handler, "staff:STAFF")
        .ask(
            "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
            Map.of("input", Map.of("flightId", "Flight:RQ180-2026-01-19", "gate", "E91")));

    Phone.Reply news = phone.sync(50);

    assertThat(news.data("/changes/changed/0/id").asText()).isEqualTo(one);
    assertThat(news.data("/changes/changed/0/flight/gate").asText()).isEqualTo("E91");
    assertThat(phone.sync(50).data("/changes/changed")).isEmpty();
  }

  @Test
  void a_token_older_than_the_retention_gets_sync_reset() {
    follow(ONE);
    phone.syncAll(50);
    String token = phone.token();
    String other = follow(OTHER);

    assertThat(since(later(Duration.ofDays(29)), token).data("/changes/changed/0/id").asText())
        .isEqualTo(other);
    assertThat(since(later(Duration.ofDays(31)), token).code()).isEqualTo("SYNC_RESET");
  }

  @Test
  void a_token_without_later_changes_never_expires() {
    follow(ONE);
    phone.syncAll(50);

    assertThat(since(later(Duration.ofDays(400)), phone.token()).code()).isEqualTo("no error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAEzD1__n1Q_513ZoH7CpFZEJg", "****"})
  void an_invalid_token_gets_sync_reset(String token) {
    assertThat(since(traveller, token).code()).isEqualTo("SYNC_RESET");
  }

  @Test
  void a_token_of_another_traveller_gets_sync_reset() {
    follow(ONE);
    phone.syncAll(50);

    assertThat(since(Phone.of(handler, "stranger-" + name), phone.token()).code())
        .isEqualTo("SYNC_RESET");
  }

  @Test
  void an_anonymous_caller_can_not_sync() {
    assertThat(since(LayoverBench.stranger(), null).code()).isEqualTo("UNAUTHENTICATED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 51})
  void an_invalid_page_size_is_refused(int first) {
    assertThat(phone.ask(first).code()).isEqualTo("BAD_USER_INPUT");
  }

  /** Hides items from the first reads, as DynamoDB may during the commit of a transaction. */
  private static final class DelayedVisibility extends Wire {
    private final Predicate<JsonNode> hidden;
    private final AtomicInteger times;

    DelayedVisibility(int times, Predicate<JsonNode> hidden) {
      this.hidden = hidden;
      this.times = new AtomicInteger(times);
    }

    @Override
    protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
      if (operation.equals("Query") && response.findValues("pk").size() > 0) {
        ArrayNode items = (ArrayNode) response.get("Items");
        if (StreamSupport.stream(items.spliterator(), false).anyMatch(hidden) && hidesAgain()) {
          for (int place = items.size() - 1; place >= 0; place--) {
            if (hidden.test(items.get(place))) {
              items.remove(place);
            }
          }
        }
      } else if (operation.equals("GetItem")
          && response.has("Item")
          && hidden.test(response.get("Item"))
          && hidesAgain()) {
        response.remove("Item");
      }
      return response;
    }

    private boolean hidesAgain() {
      return times.getAndDecrement() > 0;
    }
  }

  private SyncedPhone through(Wire network) {
    return new SyncedPhone(Phone.of(bench.trusting(network.client(), TestBench.CLOCK), name));
  }

  private static Predicate<JsonNode> key(String partition, String sort) {
    return item -> partition.equals(text(item, "pk")) && text(item, "sk").endsWith(sort);
  }

  private static String text(JsonNode item, String name) {
    return item.at("/" + name + "/S").asText();
  }

  @Test
  void a_change_visible_before_its_predecessor_waits_for_it() {
    SyncedPhone reader = through(new DelayedVisibility(1, key("CHANGES#TRAVELLER#" + name, "2")));
    follow(ONE);
    reader.syncAll(50);
    follow(OTHER);
    follow("Flight:PQ142-2026-01-19");

    reader.syncAll(50);

    assertThat(reader.objects()).isEqualTo(SyncedPhone.stateOf(traveller));
    assertThat(reader.objects()).hasSize(3);
  }

  @Test
  void a_missing_change_gets_sync_reset() {
    SyncedPhone reader =
        through(new DelayedVisibility(1000, key("CHANGES#TRAVELLER#" + name, "2")));
    follow(ONE);
    reader.syncAll(50);
    follow(OTHER);

    assertThat(reader.sync(50).code()).isEqualTo("SYNC_RESET");
  }

  @Test
  void a_listing_waits_until_committed_items_are_visible() {
    follow(ONE);
    SyncedPhone reader =
        through(new DelayedVisibility(2, key("TRAVELLER#" + name, "CQ150-2026-01-19")));

    reader.syncAll(50);

    assertThat(reader.objects()).hasSize(1).isEqualTo(SyncedPhone.stateOf(traveller));
    assertThat(List.copyOf(reader.objects().keySet()).getFirst()).startsWith("Follow:");
  }

  @Test
  void a_flights_change_reaches_a_phone_that_was_offline_past_the_departure() {
    String flight = "Flight:VQ335-2026-01-16";
    String one = follow(flight);
    phone.syncAll(50);
    Phone.of(handler, "staff:STAFF")
        .ask(
            "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
            Map.of("input", Map.of("flightId", flight, "state", "CANCELLED")));

    Phone afterwards = later(Duration.ofDays(4));

    assertThat(since(afterwards, phone.token()).data("/changes/changed/0/id").asText())
        .isEqualTo(one);
  }

  @Test
  void more_changes_than_fit_in_one_transaction_are_all_returned() {
    List<String> flights =
        traveller
            .ask(
                "{ departures(airport: \"DFW\", from: \"2026-01-18T00:00:00Z\", first: 50) { edges { node { id } } } }")
            .body()
            .findValuesAsText("id");
    flights.forEach(this::follow);
    phone.syncAll(50);
    int before = phone.changes();
    for (String flight : flights) {
      Phone.of(handler, "staff:STAFF")
          .ask(
              "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
              Map.of("input", Map.of("flightId", flight, "gate", "A88")));
    }

    Phone.Reply reply = since(traveller, phone.token());
    assertThat(LayoverBench.shared().logged(reply.requestId()))
        .as("reads the 50 follows, their flights and the changes once")
        .anyMatch(line ->
            line.contains("\"event\":\"request\"")
                && Integer.parseInt(line.replaceAll(".*\"items\":(\\d+).*", "$1")) < 200);

    phone.syncAll(7);

    assertThat(phone.changes() - before).isEqualTo(50);
    assertThat(phone.objects()).isEqualTo(SyncedPhone.stateOf(traveller));
  }

  private static double logged(Phone.Reply reply, String figure) {
    String line =
        LayoverBench.shared().logged(reply.requestId()).stream()
            .filter(entry -> entry.contains("\"event\":\"request\""))
            .findFirst()
            .orElseThrow();
    return Wire.json(line).get(figure).asDouble();
  }

  private Phone.Reply gate(String flight, String gate) {
    return Phone.of(handler, "staff:STAFF")
        .ask(
            "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
            Map.of("input", Map.of("flightId", flight, "gate", gate)));
  }

  @Test
  void the_cost_of_a_page_and_of_a_mutation_does_not_grow_with_the_follows() {
    List<String> flights =
        Stream.of("ORD", "ATL", "LAX")
            .flatMap(airport ->
                traveller
                    .ask(
                        "{ departures(airport: \"%s\", from: \"2026-01-17T00:00:00Z\", first: 50) { edges { node { id } } } }"
                            .formatted(airport))
                    .body()
                    .findValuesAsText("id")
                    .stream())
            .limit(120)
            .toList();
    assertThat(flights).hasSize(120).doesNotHaveDuplicates();
    Phone.Reply first = traveller.ask(FOLLOW, Map.of("id", flights.getFirst()));
    flights.subList(1, 119).forEach(this::follow);
    Phone.Reply last = traveller.ask(FOLLOW, Map.of("id", flights.getLast()));
    assertThat(logged(last, "writeUnits")).isEqualTo(logged(first, "writeUnits"));

    Phone.Reply page = traveller.ask("{ changes(first: 1) { hasMore token changed { id } } }");
    assertThat(page.data("/changes/changed")).hasSize(1);
    assertThat(logged(page, "items")).isLessThan(150); // 49 follows and their flights

    phone.syncAll(50);
    int before = phone.changes();
    for (int changed : List.of(0, 60, 119)) {
      assertThat(gate(flights.get(changed), "C66").code()).isEqualTo("no error");
    }
    phone.syncAll(7);

    assertThat(phone.changes() - before).isEqualTo(3);
    assertThat(phone.objects()).hasSize(120).isEqualTo(SyncedPhone.stateOf(traveller));
    assertThat(phone.sync(50).data("/changes/changed")).isEmpty();
  }

  /** Tokens, heads and follows as an older version of the engine wrote them. */
  @Test
  void a_phone_goes_on_with_a_token_and_a_table_of_an_older_version() {
    String one = follow(ONE);
    String other = follow(OTHER);
    phone.syncAll(50);
    for (String flight : List.of(ONE, OTHER)) {
      String id = flight.substring("Flight:".length());
      Map<String, AttributeValue> older = new HashMap<>();
      older.putAll(item("TRAVELLER#" + name, "FOLLOW#", id));
      older.remove("dependencyVersion");
      Sdk.shared().putItem(put -> put.tableName(bench.table().name()).item(older));
    }
    Map<String, AttributeValue> head = new HashMap<>(item("CHANGES#TRAVELLER#" + name, "HEAD", ""));
    head.put("shown", AttributeValue.fromM(Map.of("FOLLOW#x", AttributeValue.fromN("1"))));
    Sdk.shared().putItem(put -> put.tableName(bench.table().name()).item(head));
    String token =
        new SignedTokens(List.of("a secret that only tests are signed with"))
            .sign("changes of TRAVELLER#" + name, "2");
    gate(ONE, "C65");

    Phone.Reply news = since(traveller, token);

    assertThat(news.data("/changes/changed").findValuesAsText("id")).contains(one, other);
    assertThat(since(traveller, news.data("/changes/token").asText()).data("/changes/changed"))
        .isEmpty();
    traveller.ask(UNFOLLOW, Map.of("id", ONE));
    assertThat(item("CHANGES#TRAVELLER#" + name, "HEAD", "")).doesNotContainKey("shown");
  }

  @Test
  void a_follow_without_its_flight_does_not_stop_the_sync() {
    Map<String, AttributeValue> damaged =
        Map.of(
            "pk", AttributeValue.fromS("TRAVELLER#" + name),
            "sk", AttributeValue.fromS("FOLLOW#2026-01-20T00:00:00Z#X"),
            "travellerId", AttributeValue.fromS(name),
            "followedAt", AttributeValue.fromS("2026-01-15T14:00:00Z"));
    Sdk.shared().putItem(put -> put.tableName(bench.table().name()).item(damaged));
    String one = follow(ONE);

    phone.syncAll(50);

    assertThat(phone.objects()).containsOnlyKeys(one, "Follow:2026-01-20T00:00:00Z#X");
    assertThat(phone.objects()).isEqualTo(SyncedPhone.stateOf(traveller));
  }

  private Map<String, AttributeValue> item(String partition, String prefix, String suffix) {
    return Sdk.shared()
        .query(query ->
            query
                .tableName(bench.table().name())
                .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(partition),
                        ":sk", AttributeValue.fromS(prefix))))
        .items()
        .stream()
        .filter(found -> Objects.requireNonNull(found.get("sk")).s().endsWith(suffix))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_listing_waits_until_the_last_change_is_visible() {
    follow(ONE);
    SyncedPhone reader =
        through(
            new DelayedVisibility(
                3,
                key("CHANGES#TRAVELLER#" + name, "1")
                    .or(key("TRAVELLER#" + name, "CQ150-2026-01-19"))));

    reader.syncAll(50);

    assertThat(reader.objects()).hasSize(1).isEqualTo(SyncedPhone.stateOf(traveller));
  }

  @Test
  void a_logged_flight_change_is_never_older_than_the_travellers_own_change() {
    String flight = "Flight:PQ128-2026-01-17";
    follow(flight);
    phone.syncAll(50);
    Phone.of(handler, "staff:STAFF")
        .ask(
            "mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { __typename } }",
            Map.of("input", Map.of("flightId", flight, "gate", "A77")));
    ObjectNode followed = stored("PQ128-2026-01-17");
    traveller.ask(UNFOLLOW, Map.of("id", flight));
    AtomicInteger stale = new AtomicInteger(1); // the first Query still returns the removed follow
    SyncedPhone reader =
        through(
            new Wire() {
              @Override
              protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
                if (operation.equals("Query")
                    && response.get("Items").isEmpty()
                    && stale.getAndDecrement() == 1) {
                  response.putArray("Items").add(followed);
                }
                return response;
              }
            });
    reader.syncAll(50);
    phone.syncAll(50);

    assertThat(reader.objects()).isEmpty();
    assertThat(phone.objects()).isEmpty();
  }

  /** The follow as the table has it. */
  private ObjectNode stored(String flightId) {
    ObjectNode item = Phone.JSON.createObjectNode();
    item("TRAVELLER#" + name, "FOLLOW#", flightId)
        .forEach((attribute, value) -> {
          ObjectNode encoded = item.putObject(attribute);
          if (value.s() == null) {
            encoded.put("N", value.n());
          } else {
            encoded.put("S", value.s());
          }
        });
    return item;
  }

  private Phone with(String secret, String other) {
    return Phone.of(
        bench.trusting(
            Map.of("CURSOR_SECRET", secret, "OTHER_CURSOR_SECRET", other),
            bench.table().client(),
            TestBench.CLOCK),
        name);
  }

  /** During a deployment, instances of the one before still run. */
  @Test
  void a_rotation_of_the_secret_interrupts_no_sync() {
    String one = "the secret before its rotation, 1";
    String two = "the secret that follows after it, 2";
    List<Phone> deployments = List.of(with(one, ""), with(one, two), with(two, one));
    String oldest = token(deployments.getFirst());

    for (int next = 1; next < deployments.size(); next++) {
      Phone before = deployments.get(next - 1);
      Phone after = deployments.get(next);
      assertThat(since(after, token(before)).data("/changes/token").asText()).isNotEmpty();
      assertThat(since(before, token(after)).data("/changes/token").asText()).isNotEmpty();
    }
    Phone last = with(two, "");
    assertThat(since(last, token(deployments.getLast())).data("/changes/token").asText())
        .isNotEmpty();
    assertThat(since(last, oldest).code()).isEqualTo("SYNC_RESET");
  }

  private String token(Phone asking) {
    return since(asking, null).data("/changes/token").asText();
  }
}
