package dev.screenful.store;

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
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes many items fast, each in place of what was under its key: for imports, not for what a
 * traveller does.
 */
public final class BulkWriter {

  /** Items in one BatchWriteItem (DynamoDB's limit). */
  private static final int BATCH = 25;

  /** Batches under way at once; the local engine gets no faster with more. */
  private static final int SIDE_BY_SIDE = 4;

  /** How long a batch is tried again that DynamoDB takes only in part. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Table table;

  public BulkWriter(Table table) {
    this.table = table;
  }

  /** Writes all items and returns when every one of them is stored. */
  public void write(Collection<Item> items) {
    write(items, stored -> {});
  }

  /**
   * Writes all items and returns when every one of them is stored.
   *
   * @param progress receives the number of stored items after each batch, on several threads
   */
  public void write(Collection<Item> items, IntConsumer progress) {
    List<WriteRequest> writes =
        items.stream()
            .map(item ->
                WriteRequest.builder()
                    .putRequest(put -> put.item(stamped(item).attributes()))
                    .build())
            .toList();
    AtomicInteger stored = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<CompletableFuture<Void>> batches = new ArrayList<>();
      for (int from = 0; from < writes.size(); from += BATCH) {
        List<WriteRequest> batch = writes.subList(from, Math.min(from + BATCH, writes.size()));
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

  /** Waits for all; where one fails, those that wait are not tried any more. */
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

  private void batch(List<WriteRequest> batch) {
    Deadline deadline = Deadline.in(PATIENCE);
    List<WriteRequest> left = batch;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      Map<String, List<WriteRequest>> request = Map.of(table.name(), left);
      BatchWriteItemResponse response =
          table.client().batchWriteItem(write -> write.requestItems(request));
      left = response.unprocessedItems().getOrDefault(table.name(), List.of());
      if (!left.isEmpty()) {
        Backoff.pause(attempt, deadline);
      }
    }
  }
}
