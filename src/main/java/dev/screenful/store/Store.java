package dev.screenful.store;

import dev.screenful.dynamodb.BatchGetItem;
import dev.screenful.dynamodb.GetItem;
import dev.screenful.dynamodb.ItemPage;
import dev.screenful.dynamodb.QueryItems;
import dev.screenful.telemetry.Span;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table for one request, and counts each call on the request's {@link Cost}. Calls block;
 * run them on virtual threads.
 *
 * <p>Reads are eventually consistent, at half the read units, unless the store is {@link
 * #consistent}. Mutations read consistently, so that their response shows their own writes. Indexes
 * are always eventually consistent in DynamoDB. Writes need a {@link Transaction}.
 */
public final class Store {

  /** Keys in one BatchGetItem (DynamoDB's limit). */
  private static final int BATCH = 100;

  private final Table table;
  private final Cost cost;
  private final boolean consistent;
  private final Deadline deadline;
  private final SharedReads shared;
  private final @Nullable ReadSet reads;
  private final Span span;
  private final DynamoCalls calls;

  private Store(
      Table table,
      Cost cost,
      boolean consistent,
      Deadline deadline,
      SharedReads shared,
      @Nullable ReadSet reads,
      Span span) {
    this.table = table;
    this.cost = cost;
    this.consistent = consistent;
    this.deadline = deadline;
    this.shared = shared;
    this.reads = reads;
    this.span = span;
    this.calls = new DynamoCalls(table, deadline, span);
  }

  /**
   * A store for one request.
   *
   * @param deadline ends all calls
   */
  public Store(Table table, Deadline deadline) {
    this(table, new Cost(), false, deadline, new SharedReads(table, deadline), null, Span.NONE);
  }

  /** This store, counting its calls on another cost. */
  public Store chargedTo(Cost other) {
    return new Store(table, other, consistent, deadline, shared, reads, span);
  }

  /** This store with strongly consistent reads: they see all acknowledged writes. */
  public Store consistent() {
    return consistent ? this : new Store(table, cost, true, deadline, shared, reads, span);
  }

  /** This store, noting all that it reads. */
  public Store noting(ReadSet all) {
    return new Store(table, cost, consistent, deadline, shared, all, span);
  }

  /** This store, with its calls as parts of a span. */
  public Store traced(Span other) {
    return new Store(table, cost, consistent, deadline, shared, reads, other);
  }

  /** An item that was stored inside another one, with all upgrades applied. */
  public Item upgraded(Item stored) {
    return table.definition().upgrade(stored);
  }

  Table table() {
    return table;
  }

  DynamoCalls calls() {
    return calls;
  }

  /** The deadline of all calls. */
  public Deadline deadline() {
    return deadline;
  }

  TableDefinition definition() {
    return table.definition();
  }

  /** The cost that calls are counted on. */
  public Cost cost() {
    return cost;
  }

  /** The item under a key; null if there is none. */
  public @Nullable Item get(Key key, Projection projection) {
    return getAll(List.of(key), projection).get(key);
  }

  /**
   * The items under some keys, read in batches of 100. Keys without an item are missing from the
   * result. Eventually consistent reads use the caches of the request and of the function instance.
   */
  public Map<Key, Item> getAll(Collection<Key> keys, Projection projection) {
    Set<Key> possible =
        keys.stream().filter(Key::isPossible).collect(Collectors.toCollection(LinkedHashSet::new));
    if (reads != null) {
      possible.forEach(reads::item);
    }
    return consistent ? read(possible, projection) : shared.read(possible, projection, this::read);
  }

  private Map<Key, Item> read(Set<Key> keys, Projection projection) {
    Map<Key, Item> items = new LinkedHashMap<>();
    if (keys.size() == 1) {
      one(keys.iterator().next(), projection, items);
      return items;
    }
    List<Key> distinct = List.copyOf(keys);
    for (int from = 0; from < distinct.size(); from += BATCH) {
      batch(distinct.subList(from, Math.min(from + BATCH, distinct.size())), projection, items);
    }
    return items;
  }

  private void one(Key key, Projection projection, Map<Key, Item> items) {
    Expression expression = new Expression();
    Projection complete = complete(projection, List.of(key));
    String attributes = expression.projection(complete);
    GetItem.Response response =
        calls.make(
            new GetItem(
                table.name(), key.attributes(), attributes, expression.placeholders(), consistent));
    cost.read(response.item() == null ? 0 : 1, response.units());
    if (response.item() != null) {
      items.put(key, upgraded(response.item(), complete));
    }
  }

  private void batch(List<Key> keys, Projection projection, Map<Key, Item> items) {
    Expression expression = new Expression();
    Projection complete = complete(projection, keys);
    String attributes = expression.projection(complete);
    List<? extends Map<String, ?>> wanted = keys.stream().map(Key::attributes).toList();
    for (int attempt = 1; ; attempt++) {
      BatchGetItem.Response response =
          calls.make(
              new BatchGetItem(
                  table.name(), wanted, attributes, expression.placeholders(), consistent));
      for (Map<String, @Nullable Object> item : response.items()) {
        items.put(Key.of(item), upgraded(item, complete));
      }
      cost.read(response.items().size(), response.units());
      wanted = response.unprocessed();
      if (wanted.isEmpty()) {
        return;
      }
      if (attempt == Backoff.MAX_ATTEMPTS) {
        throw new StoreUnavailable(
            "After %d attempts, %d keys of a batch are still unprocessed."
                .formatted(attempt, wanted.size()));
      }
      Backoff.pause(attempt, deadline);
    }
  }

  /**
   * A page of a query. If an index does not contain the whole projection, only keys are read from
   * it, and the items from the table in one batch.
   */
  public Page query(Query query, PageRequest request, Projection projection) {
    Position after = request.after();
    Query rest = after == null ? query : query.after(after);
    if (!query.isPossible() || !rest.isPossible()) {
      return new Page(List.of(), null, false, after != null);
    }
    if (reads != null) {
      reads.partition(query);
    }
    Index index = query.index();
    if (index == null) {
      return read(rest, request, projection.plus(table.definition().needs(query.partition())));
    }
    boolean covered = index.covers(projection);
    Page keys = read(rest, request, covered ? projection : Projection.of());
    if (covered
        && keys.entries().stream()
            .noneMatch(entry -> table.definition().hasUpgrades(entry.position().key()))) {
      return keys;
    }
    Map<Key, Item> items =
        getAll(keys.entries().stream().map(entry -> entry.position().key()).toList(), projection);
    List<Page.Entry> entries = new ArrayList<>();
    for (Page.Entry entry : keys.entries()) {
      Item item = items.get(entry.position().key());
      if (item != null) { // null: deleted since the index was read
        entries.add(new Page.Entry(item, entry.position()));
      }
    }
    return new Page(entries, keys.end(), keys.hasNext(), keys.hasPrevious());
  }

  private Page read(Query query, PageRequest request, Projection projection) {
    Expression expression = new Expression();
    Position after = request.after();
    String range = expression.keyCondition(query);
    Projection complete = projection.plus(Key.PARTITION, Key.SORT, query.sortAttribute());
    String attributes = expression.projection(complete);
    int limit = request.first() + 1; // one more shows whether a next page exists
    List<Page.Entry> entries = new ArrayList<>();
    Map<String, ?> start = after == null ? null : start(query, after);
    do {
      ItemPage page =
          calls.make(
              new QueryItems(
                  table.name(),
                  query.index() == null ? null : query.index().name(),
                  range,
                  attributes,
                  expression.placeholders(),
                  start,
                  consistent && query.index() == null,
                  query.isDescending(),
                  limit - entries.size()));
      for (Map<String, @Nullable Object> item : page.items()) {
        entries.add(new Page.Entry(upgraded(item, complete), position(query, item)));
      }
      cost.read(page.items().size(), page.units());
      start = page.lastKey();
    } while (start != null && entries.size() < limit); // DynamoDB ends a response at 1 MB
    boolean more = entries.size() == limit;
    List<Page.Entry> requested = more ? entries.subList(0, limit - 1) : entries;
    Position end = requested.isEmpty() ? null : requested.getLast().position();
    return new Page(requested, end, more, after != null);
  }

  /** The first items of several concurrent queries, in the order of the queries. */
  public List<Item> queryAll(Collection<Query> queries, int firstOfEach, Projection projection) {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<List<Item>>> pages =
          queries.stream()
              .map(query ->
                  CompletableFuture.supplyAsync(
                      () -> query(query, PageRequest.first(firstOfEach), projection).items(),
                      executor))
              .toList();
      return pages.stream().flatMap(page -> page.join().stream()).toList();
    }
  }

  private static Map<String, String> start(Query query, Position position) {
    Map<String, String> start = new LinkedHashMap<>(position.key().attributes());
    start.put(query.partitionAttribute(), query.partition());
    start.put(query.sortAttribute(), position.sort());
    return start;
  }

  private static Position position(Query query, Map<String, @Nullable Object> item) {
    return new Position(
        (String) Objects.requireNonNull(item.get(query.sortAttribute())), Key.of(item));
  }

  /** A projection with the key attributes and the attributes that upgrades need. */
  private Projection complete(Projection projection, List<Key> keys) {
    Projection complete = projection.plus(Key.PARTITION, Key.SORT);
    for (ItemType type : table.definition().itemTypes()) {
      if (keys.stream().anyMatch(type::includes)) {
        complete = complete.plus(type.needs());
      }
    }
    return complete;
  }

  private Item upgraded(Map<String, @Nullable Object> attributes, Projection read) {
    return table.definition().upgrade(new Item(attributes, read));
  }
}
