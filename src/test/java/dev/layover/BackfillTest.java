package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.Sdk;
import dev.screenful.store.Backfill;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Upgrades of items that an older version of the app wrote, on read and by the backfill. */
final class BackfillTest {

  private static final int OLD_ITEMS = 250;

  private final Table table =
      new Table(
          LayoverBench.shared().table().client(),
          "backfill-" + UUID.randomUUID(),
          LayoverTable.DEFINITION);

  /** Writes a follow in the old format, without id and schema version. */
  private static void putOldFollow(Table table, String traveller, String sort) {
    Sdk.shared()
        .putItem(put ->
            put.tableName(table.name())
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("TRAVELLER#" + traveller),
                        "sk", AttributeValue.fromS("FOLLOW#" + sort),
                        "flightId", AttributeValue.fromS("PQ142-2026-01-16"),
                        "followedAt", AttributeValue.fromS("2025-01-01T00:00:00Z"))));
  }

  private Map<String, AttributeValue> stored(int number) {
    return Sdk.shared()
        .getItem(get ->
            get.tableName(table.name())
                .key(
                    Map.of(
                        "pk", AttributeValue.fromS("TRAVELLER#t" + number),
                        "sk", AttributeValue.fromS("FOLLOW#" + number))))
        .item();
  }

  @Test
  void an_old_item_is_upgraded_however_it_is_read() {
    String traveller = "old-" + UUID.randomUUID();
    putOldFollow(LayoverBench.shared().table(), traveller, "2026-01-16T13:20:00Z#PQ142-2026-01-16");
    Phone phone =
        Phone.of(
            LayoverBench.shared().trusting(LayoverBench.shared().table().client(), TestBench.CLOCK),
            traveller);
    String id = "Follow:2026-01-16T13:20:00Z#PQ142-2026-01-16";

    assertThat(
            phone
                .ask("{ me { follows { edges { node { id } } } } }")
                .data("/me/follows/edges/0/node/id")
                .asText())
        .isEqualTo(id);
    assertThat(
            phone
                .ask("{ node(id: \"%s\") { id ... on Follow { followedAt } } }".formatted(id))
                .data("/node/id")
                .asText())
        .isEqualTo(id);
    assertThat(phone.ask("{ changes { changed { id } } }").data("/changes/changed/0/id").asText())
        .isEqualTo(id);
  }

  @Test
  void a_stopped_backfill_continues_where_it_was_and_skips_new_items() {
    LocalDynamo.createTable(table.client(), table.name(), table.definition());
    for (int number = 0; number < OLD_ITEMS; number++) {
      putOldFollow(table, "t" + number, Integer.toString(number));
    }
    Map<String, AttributeValue> changed = new HashMap<>(stored(7));
    changed.put("id", AttributeValue.fromS("7"));
    changed.put("travellerId", AttributeValue.fromS("t7"));
    changed.put("schemaVersion", AttributeValue.fromN("2"));
    changed.put("followedAt", AttributeValue.fromS("changed"));
    Sdk.shared().putItem(put -> put.tableName(table.name()).item(changed));

    Backfill.Report first = new Backfill(table).run(100);
    Backfill.Report second = new Backfill(table).run(Integer.MAX_VALUE);
    Backfill.Report third = new Backfill(table).run(Integer.MAX_VALUE);

    assertThat(first.isDone()).isFalse();
    assertThat(first.read()).isEqualTo(100);
    assertThat(second.isDone()).isTrue();
    assertThat(first.upgraded() + second.upgraded()).isEqualTo(OLD_ITEMS - 1);
    assertThat(third.upgraded()).isZero();
    for (int number = 0; number < OLD_ITEMS; number++) {
      Map<String, AttributeValue> item = stored(number);
      assertThat(item.get("id")).isEqualTo(AttributeValue.fromS(Integer.toString(number)));
      assertThat(item.get("schemaVersion")).isEqualTo(AttributeValue.fromN("2"));
    }
    assertThat(stored(7).get("followedAt")).isEqualTo(AttributeValue.fromS("changed"));
  }

  @Test
  void a_new_item_has_the_current_schema_version() {
    Phone.of(
            LayoverBench.shared().trusting(LayoverBench.shared().table().client(), TestBench.CLOCK),
            "today")
        .ask(
            "mutation ($requestId: UUID!, $id: ID!) { followFlight(input: {requestId: $requestId, flightId: $id}) { __typename } }",
            Map.of("id", "Flight:PQ142-2026-01-18"));
    Item flight =
        Objects.requireNonNull(
            new Store(LayoverBench.shared().table(), Deadline.distant())
                .get(new Key("FLIGHT#PQ142-2026-01-18", "FLIGHT"), Projection.of("departsAt")));

    Item follow =
        new Store(LayoverBench.shared().table(), Deadline.distant())
            .consistent()
            .get(
                Travellers.followKey("today", flight.text("departsAt"), "PQ142-2026-01-18"),
                Projection.whole());

    assertThat(Objects.requireNonNull(follow).number("schemaVersion")).isEqualTo(2);
  }

  @Test
  void a_listing_is_complete_right_after_a_backfill() {
    String traveller = "backfilled-" + UUID.randomUUID();
    Phone phone =
        Phone.of(
            LayoverBench.shared().trusting(LayoverBench.shared().table().client(), TestBench.CLOCK),
            traveller);
    putOldFollow(LayoverBench.shared().table(), traveller, "2026-01-16T13:20:00Z#PQ142-2026-01-16");
    phone.ask("{ changes { token } }"); // logs the follow in its upgraded form
    Map<String, AttributeValue> key =
        Map.of(
            "pk", AttributeValue.fromS("TRAVELLER#" + traveller),
            "sk", AttributeValue.fromS("FOLLOW#2026-01-16T13:20:00Z#PQ142-2026-01-16"));
    Sdk.shared()
        .updateItem(update ->
            update
                .tableName(LayoverBench.shared().table().name())
                .key(key)
                .updateExpression(
                    "SET id = :id, travellerId = :traveller, schemaVersion = :version")
                .expressionAttributeValues(
                    Map.of(
                        ":id",
                        AttributeValue.fromS("2026-01-16T13:20:00Z#PQ142-2026-01-16"),
                        ":traveller",
                        AttributeValue.fromS(traveller),
                        ":version",
                        AttributeValue.fromN("2"))));

    assertThat(phone.ask("{ changes { hasMore } }").data("/changes/hasMore").asBoolean()).isFalse();
  }
}
