package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.Fields;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Condition;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.ItemType;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import dev.screenful.store.Transaction;
import dev.screenful.store.Transactions;
import dev.screenful.store.Upgrade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Counters that many mutations change at the same time. */
final class CountersTest {

  private static final int BOOKINGS = 80;

  private static final int SEATS = 60;

  private static final String SDL =
      """
      scalar UUID
      directive @once(not: String) on FIELD_DEFINITION
      type Query { none: String }
      type Mutation { book(input: BookInput!): Flight @once @public(why: "test") }
      input BookInput { requestId: UUID! }
      type Flight { booked: Int }
      """;

  private final Key key = new Key("COUNTER#" + UUID.randomUUID(), "FLIGHT");
  private final AtomicInteger runs = new AtomicInteger();
  private final Phone phone = new TinyApp(SDL, this::register).phone();

  private void register(Fields fields) {
    fields.attributes("Flight", List.of("booked"));
    fields.query("none", call -> null);
    fields.mutation("book", this::book);
  }

  private Map<String, ?> book(Call call, Transaction transaction) {
    runs.incrementAndGet();
    transaction.add(
        key,
        "booked",
        1,
        Condition.lacks("booked").or(Condition.isBefore("booked", SEATS)),
        found -> new ClientError("SOLD_OUT", "No seat is left."));
    return Map.of();
  }

  /** Books on a phone with an address of its own, so that no rate limit is shared. */
  private String book(UUID requestId) {
    return phone
        .from("2001:db8:" + requestId.toString().substring(0, 4) + "::1")
        .ask(
            "mutation ($input: BookInput!) { book(input: $input) { booked } }",
            Map.of("input", Map.of("requestId", requestId.toString())))
        .code();
  }

  private List<String> bookAtOnce(List<UUID> requestIds) throws Exception {
    List<String> codes = new ArrayList<>();
    try (ExecutorService phones = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> replies = new ArrayList<>();
      requestIds.forEach(id -> replies.add(phones.submit(() -> book(id))));
      for (Future<String> reply : replies) {
        codes.add(reply.get());
      }
    }
    return codes;
  }

  private static Store store(TableDefinition definition) {
    Table shared = TinyApp.table();
    return new Store(new Table(shared.client(), shared.name(), definition), Deadline.distant())
        .consistent();
  }

  private static Transactions transactions(TableDefinition definition) {
    return new Transactions(store(definition), TestBench.CLOCK);
  }

  private Item flight() {
    return Objects.requireNonNull(store(TableDefinition.of()).get(key, Projection.whole()));
  }

  private void write(Map<String, ?> attributes) {
    new BulkWriter(TinyApp.table()).write(List.of(Item.of(key, attributes)));
  }

  @Test
  void eighty_bookings_at_once_count_right_and_none_runs_again() throws Exception {
    write(Map.of("gate", "A1")); // the first booking begins the counter
    List<UUID> requestIds = new ArrayList<>();
    for (int booking = 0; booking < BOOKINGS; booking++) {
      requestIds.add(UUID.randomUUID());
    }

    List<String> codes = bookAtOnce(requestIds);

    assertThat(runs).hasValue(BOOKINGS);
    assertThat(Collections.frequency(codes, "no error")).isEqualTo(SEATS);
    assertThat(Collections.frequency(codes, "SOLD_OUT")).isEqualTo(BOOKINGS - SEATS);
    assertThat(flight().number("booked")).isEqualTo(SEATS);

    assertThat(bookAtOnce(requestIds)).isEqualTo(codes);
    assertThat(flight().number("booked")).isEqualTo(SEATS);
  }

  @Test
  void a_replacement_does_not_undo_an_addition_that_it_has_not_read() {
    write(Map.of("booked", 1, "gate", "A1"));
    AtomicInteger attempts = new AtomicInteger();

    transactions(TableDefinition.of())
        .commit(transaction -> {
          Item read = flight();
          if (attempts.incrementAndGet() == 1) {
            transactions(TableDefinition.of())
                .commit(other -> {
                  other.add(key, "booked", 2);
                  return "";
                });
          }
          return transaction.replace(read, Map.of("gate", "B2"));
        });

    assertThat(attempts).hasValue(2);
    assertThat(flight().number("booked")).isEqualTo(3);
    assertThat(flight().text("gate")).isEqualTo("B2");
    assertThat(Transaction.version(flight())).isEqualTo(2);
  }

  @Test
  void a_counter_begins_with_its_first_addition() {
    for (int amount : List.of(5, -7)) {
      transactions(TableDefinition.of())
          .commit(transaction -> {
            transaction.add(key, "booked", amount);
            return "";
          });
    }

    assertThat(flight().number("booked")).isEqualTo(-2);
  }

  @Test
  void an_addition_that_the_engine_can_not_record_is_refused() {
    TableDefinition synced = TableDefinition.of().with(ItemType.of("COUNTER#", "").synced());
    TableDefinition upgraded =
        TableDefinition.of()
            .with(ItemType.of("COUNTER#", "").with(new Upgrade(1, Set.of(), item -> Map.of())));
    TableDefinition owned = TableDefinition.of().withImmutable(Set.of("by"));

    assertThatThrownBy(() ->
            transactions(synced)
                .commit(transaction -> {
                  transaction.add(key, "booked", 1);
                  return "";
                }))
        .hasMessageContaining("is synced, and its change log needs the whole item; use replace");
    assertThatThrownBy(() ->
            transactions(upgraded)
                .commit(transaction -> {
                  transaction.add(key, "booked", 1);
                  return "";
                }))
        .hasMessageContaining("has upgrades, which need the whole item; use replace");
    for (String attribute : List.of("by", "version", "pk")) {
      assertThatThrownBy(() ->
              transactions(owned)
                  .commit(transaction -> {
                    transaction.add(key, attribute, 1);
                    return "";
                  }))
          .hasMessageContaining("'" + attribute + "' is no counter");
    }
  }
}
