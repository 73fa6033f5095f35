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

/**
 * The eventually consistent reads of one request. Each item is read once: from the cache of the
 * function instance for public data, as long as its {@link ItemType} allows, and otherwise from the
 * cache of the request.
 */
final class SharedReads {

  /** Reads items from the table. */
  @FunctionalInterface
  interface Reader {
    Map<Key, Item> read(Set<Key> keys, Projection projection);
  }

  /** The most items that one request caches. */
  private static final int REQUEST_CAPACITY = 2000;

  private final Table table;
  private final Deadline deadline;
  private final ItemCache request = new ItemCache(REQUEST_CAPACITY);

  SharedReads(Table table, Deadline deadline) {
    this.table = table;
    this.deadline = deadline;
  }

  /**
   * The items under some keys.
   *
   * @param reader reads the items that are not cached, with all attributes of a projection
   */
  Map<Key, Item> read(Set<Key> keys, Projection projection, Reader reader) {
    Map<Key, CompletableFuture<Optional<Item>>> reads = new LinkedHashMap<>();
    Map<Key, CompletableFuture<Optional<Item>>> own = new LinkedHashMap<>();
    Projection union = projection;
    for (Key key : keys) {
      ItemCache.Read read = cache(key).read(key, projection, cacheTime(key));
      reads.put(key, read.item());
      if (read.isNew()) {
        own.put(key, read.item());
        union = union.plus(read.projection());
      }
    }
    if (!own.isEmpty()) {
      complete(own, union, reader);
    }
    Map<Key, Item> items = new LinkedHashMap<>();
    Set<Key> failed = new LinkedHashSet<>();
    reads.forEach((key, read) -> {
      try {
        await(read).ifPresent(item -> items.put(key, item));
      } catch (CompletionException failure) { // of another request, whose deadline may be earlier
        failed.add(key);
      }
    });
    if (!failed.isEmpty()) {
      items.putAll(reader.read(failed, projection));
    }
    return items;
  }

  private void complete(
      Map<Key, CompletableFuture<Optional<Item>>> own, Projection projection, Reader reader) {
    try {
      Map<Key, Item> items = reader.read(own.keySet(), projection);
      own.forEach((key, read) -> {
        Item item = items.get(key);
        if (item == null) { // it may be created soon
          table.cache().remove(key);
        }
        read.complete(Optional.ofNullable(item));
      });
    } catch (Throwable failed) { // even an Error, so that no other request waits for this read
      own.forEach((key, read) -> {
        cache(key).remove(key);
        read.completeExceptionally(failed);
      });
      throw failed;
    }
  }

  private Optional<Item> await(CompletableFuture<Optional<Item>> read) {
    try {
      return read.get(Math.max(0, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new DeadlineExceeded();
    } catch (ExecutionException failed) {
      throw new CompletionException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading an item.", interrupted);
    }
  }

  private ItemCache cache(Key key) {
    return instanceCacheTime(key).isZero() ? request : table.cache();
  }

  private Duration cacheTime(Key key) {
    Duration time = instanceCacheTime(key);
    return time.isZero() ? deadline.remaining() : time;
  }

  /** How long the function instance may cache an item; zero for items that it must not. */
  private Duration instanceCacheTime(Key key) {
    return table.definition().itemType(key).map(ItemType::cacheTime).orElse(Duration.ZERO);
  }
}
