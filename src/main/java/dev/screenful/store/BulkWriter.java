package dev.screenful.store;

import dev.screenful.dynamodb.BatchPutItems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Writes many items fast, replacing existing ones. For imports, not for requests. */
public final class BulkWriter {

  /** Items in one BatchWriteItem (DynamoDB's limit). */
  private static final int BATCH = 25;

  /** Concurrent batches; more do not speed up the local engine. */
  private static final int CONCURRENCY = 4;

  /** How long the unprocessed items of a batch are retried. */
  private static final Duration RETRY_TIME = Duration.ofMinutes(1);

  private final Table table;

  public BulkWriter(Table table) {
    this.table = table;
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
    List<Map<String, @Nullable Object>> all =
        items.stream().map(item -> stamped(item).attributes()).toList();
    AtomicInteger stored = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(CONCURRENCY)) {
      List<CompletableFuture<Void>> batches = new ArrayList<>();
      for (int from = 0; from < all.size(); from += BATCH) {
        List<Map<String, @Nullable Object>> batch =
            all.subList(from, Math.min(from + BATCH, all.size()));
        batches.add(
            CompletableFuture.runAsync(
                () -> {
                  batch(batch);
                  progress.accept(stored.addAndGet(batch.size()));
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

  private void batch(List<Map<String, @Nullable Object>> batch) {
    Deadline deadline = Deadline.in(RETRY_TIME);
    DynamoCalls calls = new DynamoCalls(table.client(), deadline);
    List<Map<String, @Nullable Object>> unprocessed = batch;
    for (int attempt = 1; !unprocessed.isEmpty(); attempt++) {
      unprocessed = calls.make(new BatchPutItems(table.name(), unprocessed));
      if (!unprocessed.isEmpty()) {
        Backoff.pause(attempt, deadline);
      }
    }
  }
}
