package dev.screenful.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Eventually consistent reads of one request, which nobody makes twice: what the request has read
 * or is reading is read once, and what everyone may see is shared by all requests of the
 * environment for the time that its {@link ItemType} says.
 */
final class SharedReads {

  /** Items that one request may have read and still remember. */
  private static final int REQUEST_HOLDS = 2000;

  private final Table table;
  private final Deadline deadline;
  private final ItemCache request = new ItemCache(REQUEST_HOLDS);

  SharedReads(Table table, Deadline deadline) {
    this.table = table;
    this.deadline = deadline;
  }

  /**
   * The items under some keys.
   *
   * @param reader reads those that nobody has or is reading
   */
  Map<Key, Item> read(
      Set<Key> keys, Projection projection, Function<Set<Key>, Map<Key, Item>> reader) {
    Map<Key, CompletableFuture<Optional<Item>>> readings = new LinkedHashMap<>();
    Map<Key, CompletableFuture<Optional<Item>>> own = new LinkedHashMap<>();
    for (Key key : keys) {
      ItemCache.Reading reading = holder(key).read(key, projection, heldFor(key));
      readings.put(key, reading.item());
      if (reading.isNew()) {
        own.put(key, reading.item());
      }
    }
    if (!own.isEmpty()) {
      complete(own, reader);
    }
    Map<Key, Item> items = new LinkedHashMap<>();
    Set<Key> failed = new LinkedHashSet<>();
    readings.forEach((key, reading) -> {
      try {
        await(reading).ifPresent(item -> items.put(key, item));
      } catch (CompletionException failure) { // of someone else, who may have had less time
        failed.add(key);
      }
    });
    if (!failed.isEmpty()) {
      items.putAll(reader.apply(failed));
    }
    return items;
  }

  private void complete(
      Map<Key, CompletableFuture<Optional<Item>>> own, Function<Set<Key>, Map<Key, Item>> reader) {
    try {
      Map<Key, Item> items = reader.apply(own.keySet());
      own.forEach((key, reading) -> {
        Item item = items.get(key);
        if (item == null) { // it may be there soon
          table.held().forget(key);
        }
        reading.complete(Optional.ofNullable(item));
      });
    } catch (Throwable failed) { // an error too: nobody must wait for this reading
      own.forEach((key, reading) -> {
        holder(key).forget(key);
        reading.completeExceptionally(failed);
      });
      throw failed;
    }
  }

  private Optional<Item> await(CompletableFuture<Optional<Item>> reading) {
    try {
      return reading.get(Math.max(0, deadline.left().toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new DeadlineExceeded();
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while an item was read.", interrupted);
    }
  }

  /** Where a read is shared: in the environment, for what it may hold, or in the request. */
  private ItemCache holder(Key key) {
    return environmentHolds(key).isZero() ? request : table.held();
  }

  private Duration heldFor(Key key) {
    Duration environment = environmentHolds(key);
    return environment.isZero() ? deadline.left() : environment;
  }

  private Duration environmentHolds(Key key) {
    return table.definition().kind(key).map(ItemType::heldFor).orElse(Duration.ZERO);
  }
}
