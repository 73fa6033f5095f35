package dev.screenful.store;

import dev.screenful.dynamodb.BatchWriteItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Writes many items fast, replacing existing ones, and deletes many. Nothing is checked, and the
 * change log does not show it, so this is for imports and for items of the engine.
 */
public final class BulkWriter {

  /** Items in one BatchWriteItem (DynamoDB's limit). */
  private static final int BATCH = 25;

  /** Concurrent batches; more do not speed up the local engine. */
  private static final int CONCURRENCY = 4;

  private final Table table;
  private final Deadline deadline;
  private final Cost cost;
  private final DynamoCalls calls;

  /** A writer for imports. */
  public BulkWriter(Table table) {
    this(new Store(table, Deadline.distant()));
  }

  /** A writer to the table of a store, counting on its cost, until its deadline. */
  public BulkWriter(Store store) {
    this.table = store.table();
    this.deadline = store.deadline();
    this.cost = store.cost();
    this.calls = store.calls();
  }

  /** Writes items, and returns when all are stored. */
  public void write(Collection<Item> items) {
    write(items, stored -> {});
  }

  /**
   * Writes items, and returns when all are stored.
   *
   * @param progress receives the number of stored items after each batch, on several threads
   */
  public void write(Collection<Item> items, IntConsumer progress) {
    inBatches(
        items.stream().map(item -> stamped(item).attributes()).toList(),
        batch -> new BatchWriteItem(table.name(), batch, List.of()),
        progress);
  }

  /** Deletes the items under some keys, and returns when all are deleted. */
  public void delete(Collection<Key> keys) {
    inBatches(
        keys.stream().map(Key::attributes).toList(),
        batch -> new BatchWriteItem(table.name(), List.of(), batch),
        deleted -> {});
  }

  private <T> void inBatches(
      List<T> all, Function<List<T>, BatchWriteItem> request, IntConsumer progress) {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(CONCURRENCY)) {
      List<CompletableFuture<Void>> batches = new ArrayList<>();
      for (int from = 0; from < all.size(); from += BATCH) {
        List<T> batch = all.subList(from, Math.min(from + BATCH, all.size()));
        batches.add(
            CompletableFuture.runAsync(
                () -> {
                  make(request.apply(batch));
                  progress.accept(done.addAndGet(batch.size()));
                },
                executor));
      }
      join(batches, executor);
    }
  }

  /** Waits for all batches. If one fails, waiting batches are cancelled. */
  private static void join(List<CompletableFuture<Void>> batches, ExecutorService executor) {
    try {
      batches.forEach(CompletableFuture::join);
    } catch (CompletionException failed) {
      executor.shutdownNow();
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private Item stamped(Item item) {
    return table.definition().stamp(Objects.requireNonNull(item.key()), item);
  }

  private void make(BatchWriteItem request) {
    for (int attempt = 1; ; attempt++) {
      BatchWriteItem.Response rest = calls.make(request);
      cost.write(rest.units());
      if (rest.puts().isEmpty() && rest.deletes().isEmpty()) {
        return;
      }
      request = new BatchWriteItem(table.name(), rest.puts(), rest.deletes());
      Backoff.pause(attempt, deadline);
    }
  }
}
