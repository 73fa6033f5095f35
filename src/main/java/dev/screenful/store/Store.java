package dev.screenful.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table as one request sees it: every read and write is counted on that request's {@link Cost}.
 * Calls block; run them on virtual threads.
 *
 * <p>How consistent its reads are is settled once: a mutation reads strongly, so that its answer
 * shows what it did; a query reads eventually, at half the units. Reads of an index are always
 * eventually consistent, as DynamoDB has it.
 */
public final class Store {

  /** Keys in one BatchGetItem (DynamoDB's limit). */
  private static final int BATCH = 100;

  private final DynamoDbClient client;
  private final String table;
  private final Cost cost;
  private final boolean consistent;

  /**
   * A view of a table.
   *
   * @param table the table
   * @param cost where this view's calls are counted
   * @param consistent whether reads see all writes that were acknowledged before
   */
  public Store(Table table, Cost cost, boolean consistent) {
    this.client = table.client();
    this.table = table.name();
    this.cost = cost;
    this.consistent = consistent;
  }

  /** The same view, whose calls are counted on another account. */
  public Store on(Cost account) {
    return new Store(new Table(client, table), account, consistent);
  }

  /** Where this view's calls are counted. */
  public Cost cost() {
    return cost;
  }

  /** The item under a key, or null. */
  public @Nullable Item get(Key key, Projection projection) {
    if (!key.isPossible()) {
      return null;
    }
    Expression expression = new Expression();
    String attributes = expression.projection(withKey(projection));
    GetItemResponse response =
        client.getItem(
            get ->
                get.tableName(table)
                    .key(key.attributes())
                    .projectionExpression(attributes)
                    .expressionAttributeNames(expression.names())
                    .consistentRead(consistent)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    cost.read(response.hasItem() ? 1 : 0, units(response.consumedCapacity()));
    return response.hasItem() ? new Item(response.item()) : null;
  }

  /** The items under some keys, in batches of 100; a key without an item is not in the answer. */
  public Map<Key, Item> getAll(Collection<Key> keys, Projection projection) {
    List<Key> distinct = new LinkedHashSet<>(keys).stream().filter(Key::isPossible).toList();
    Map<Key, Item> items = new LinkedHashMap<>();
    for (int from = 0; from < distinct.size(); from += BATCH) {
      batch(distinct.subList(from, Math.min(from + BATCH, distinct.size())), projection, items);
    }
    return items;
  }

  private void batch(List<Key> keys, Projection projection, Map<Key, Item> items) {
    Expression expression = new Expression();
    String attributes = expression.projection(withKey(projection));
    List<Map<String, AttributeValue>> wanted = keys.stream().map(Key::attributes).toList();
    for (int attempt = 1; ; attempt++) {
      KeysAndAttributes request =
          KeysAndAttributes.builder()
              .keys(wanted)
              .projectionExpression(attributes)
              .expressionAttributeNames(expression.names())
              .consistentRead(consistent)
              .build();
      BatchGetItemResponse response =
          client.batchGetItem(
              get ->
                  get.requestItems(Map.of(table, request))
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      List<Map<String, AttributeValue>> found = response.responses().getOrDefault(table, List.of());
      found.forEach(item -> items.put(Key.of(item), new Item(item)));
      cost.read(found.size(), response.consumedCapacity().stream().mapToDouble(Store::units).sum());
      KeysAndAttributes unprocessed = response.unprocessedKeys().get(table);
      if (unprocessed == null || unprocessed.keys().isEmpty()) {
        return;
      }
      wanted = unprocessed.keys();
      Backoff.pause(attempt, wanted.size() + " keys of a batch were still unread");
    }
  }

  /**
   * A page of a query. Of an index that does not hold the whole projection only the keys are read,
   * and the items from the table in one batch.
   */
  public Page query(Query query, PageRequest request, Projection projection) {
    if (!query.isPossible()) {
      return new Page(List.of(), false, false);
    }
    Index index = query.index();
    if (index == null || index.covers(projection)) {
      return read(query, request, projection);
    }
    Page keys = read(query, request, Projection.of(Key.PARTITION, Key.SORT));
    Map<Key, Item> items =
        getAll(keys.entries().stream().map(entry -> entry.position().key()).toList(), projection);
    List<Page.Entry> entries = new ArrayList<>();
    for (Page.Entry entry : keys.entries()) {
      Item item = items.get(entry.position().key());
      if (item != null) { // null: deleted since the index was read
        entries.add(new Page.Entry(item, entry.position()));
      }
    }
    return new Page(entries, keys.hasNext(), keys.hasPrevious());
  }

  private Page read(Query query, PageRequest request, Projection projection) {
    Expression expression = new Expression();
    Position after = request.after();
    String range = expression.keyCondition(after == null ? query : query.after(after));
    String attributes = expression.projection(withKey(projection).plus(query.sortAttribute()));
    int limit = request.first() + 1; // one more tells whether there is a next page
    List<Page.Entry> entries = new ArrayList<>();
    Map<String, AttributeValue> start = after == null ? null : start(query, after);
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse response =
          client.query(
              q ->
                  q.tableName(table)
                      .indexName(query.index() == null ? null : query.index().name())
                      .keyConditionExpression(range)
                      .projectionExpression(attributes)
                      .expressionAttributeNames(expression.names())
                      .expressionAttributeValues(expression.values())
                      .exclusiveStartKey(from)
                      .consistentRead(consistent && query.index() == null)
                      .limit(limit - entries.size())
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      response
          .items()
          .forEach(item -> entries.add(new Page.Entry(new Item(item), position(query, item))));
      cost.read(response.items().size(), units(response.consumedCapacity()));
      start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
    } while (start != null && entries.size() < limit); // a response ends at 1 MB, full or not
    boolean more = entries.size() == limit;
    return new Page(more ? entries.subList(0, limit - 1) : entries, more, after != null);
  }

  /**
   * The first items of several queries, which run side by side; the answer has them query by query.
   */
  public List<Item> queryAll(Collection<Query> queries, int firstOfEach, Projection projection) {
    try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<Item>>> pages =
          queries.stream()
              .map(
                  query ->
                      CompletableFuture.supplyAsync(
                          () -> query(query, PageRequest.first(firstOfEach), projection).items(),
                          sideBySide))
              .toList();
      return pages.stream().flatMap(page -> page.join().stream()).toList();
    }
  }

  private static Map<String, AttributeValue> start(Query query, Position position) {
    Map<String, AttributeValue> start = new LinkedHashMap<>(position.key().attributes());
    start.put(query.partitionAttribute(), AttributeValue.fromS(query.partition()));
    start.put(query.sortAttribute(), AttributeValue.fromS(position.sort()));
    return start;
  }

  private static Position position(Query query, Map<String, AttributeValue> item) {
    return new Position(Objects.requireNonNull(item.get(query.sortAttribute())).s(), Key.of(item));
  }

  /**
   * Commits some writes together or not at all. A transaction that met another one is tried again.
   *
   * @throws RuntimeException the error of the first condition that did not hold
   */
  public void transact(Consumer<Transaction> writes) {
    Transaction transaction = new Transaction(table);
    writes.accept(transaction);
    for (int attempt = 1; ; attempt++) {
      try {
        TransactWriteItemsResponse response =
            client.transactWriteItems(
                write ->
                    write
                        .transactItems(transaction.writes())
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        cost.write(response.consumedCapacity().stream().mapToDouble(Store::units).sum());
        return;
      } catch (TransactionCanceledException cancelled) {
        cost.write(0);
        refuse(transaction, cancelled);
        Backoff.pause(attempt, "the transaction met another one");
      }
    }
  }

  /**
   * Throws what the cancellation stands for, unless it was only a conflict with another
   * transaction.
   */
  private static void refuse(Transaction transaction, TransactionCanceledException cancelled) {
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int place = 0; place < reasons.size(); place++) {
      CancellationReason reason = reasons.get(place);
      if ("ConditionalCheckFailed".equals(reason.code())) {
        throw transaction.refusal(place).of(reason.hasItem() ? new Item(reason.item()) : null);
      }
    }
    Set<String> passing = Set.of("None", "TransactionConflict");
    if (!reasons.stream().allMatch(reason -> passing.contains(reason.code()))) {
      throw cancelled;
    }
  }

  /** Keys are always read: they tell the items of a batch apart and are a page's positions. */
  private static Projection withKey(Projection projection) {
    return projection.plus(Key.PARTITION, Key.SORT);
  }

  private static double units(@Nullable ConsumedCapacity capacity) {
    return capacity == null || capacity.capacityUnits() == null ? 0 : capacity.capacityUnits();
  }
}
