package dev.screenful.execution;

import dev.screenful.resolver.BatchLoader;
import dev.screenful.store.Cost;
import dev.screenful.store.DeadlineExceeded;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one request, or of all queries of a batch. graphql-java runs on the calling
 * thread only. Resolvers run on virtual threads and hand their results back to that thread. When
 * the thread has nothing to do and no resolver is running, the loop reads all items that fields
 * wait for in one batch, and calls each batch loader once with all keys that fields wait for.
 *
 * <p>So the reads of a request do not depend on thread timing. Branches of different depth, such as
 * departures and a traveller's bookings, share batches, and a screen makes the same round trips
 * each time.
 */
final class RequestLoop {

  /** A field that waits for the item under a key, and the store of its operation. */
  private record Load(
      Store store,
      String field,
      Key key,
      Projection projection,
      boolean consistent,
      CompletableFuture<Optional<Item>> item) {

    Cost cost() {
      return store.cost();
    }
  }

  /** A field that waits for the value of a key from a batch loader, and the cost to charge. */
  private record KeyedLoad(
      Cost cost,
      String field,
      BatchLoader<Object> loader,
      Object key,
      CompletableFuture<@Nullable Object> value) {}

  private final Store store;
  private final Executor executor;
  private final BlockingQueue<Runnable> returned = new LinkedBlockingQueue<>();

  // Used by the calling thread only.
  private final List<Load> waiting = new ArrayList<>();
  private final List<KeyedLoad> waitingForLoaders = new ArrayList<>();
  private final List<CompletableFuture<?>> awaited = new ArrayList<>();
  private int running;

  /**
   * A loop.
   *
   * @param store the store of the request; at its deadline, waiting fields fail
   */
  RequestLoop(Store store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  /** The store of the request, charging a cost. */
  Store store(Cost cost) {
    return store.chargedTo(cost);
  }

  /**
   * Starts an operation and runs the loop until it is done. At the deadline, waiting fields fail
   * with {@link DeadlineExceeded}, and the operation completes with the others.
   */
  <T> T run(Supplier<CompletableFuture<T>> start) {
    CompletableFuture<T> result = start.get();
    while (!result.isDone()) {
      if (running == 0) { // results that are handed back but not yet processed count as running
        readWaiting();
      }
      Runnable next = next();
      if (next == null) {
        giveUp();
      } else {
        next.run();
      }
    }
    return result.join();
  }

  /** Runs a resolver on a virtual thread. */
  CompletableFuture<@Nullable Object> resolve(Supplier<@Nullable Object> resolver) {
    CompletableFuture<@Nullable Object> value = awaited();
    if (!value.isDone()) {
      runAsync(resolver::get, value::complete, value::completeExceptionally);
    }
    return value;
  }

  /**
   * Reads an item with the next batch.
   *
   * @param operation the store of the operation
   */
  CompletableFuture<Optional<Item>> load(
      Store operation, String field, Key key, Projection projection, boolean consistent) {
    CompletableFuture<Optional<Item>> item = awaited();
    if (!item.isDone()) {
      waiting.add(new Load(operation, field, key, projection, consistent, item));
    }
    return item;
  }

  /** Loads the value of a key with the next batch of its loader. */
  CompletableFuture<@Nullable Object> load(
      Cost cost, String field, BatchLoader<Object> loader, Object key) {
    CompletableFuture<@Nullable Object> value = awaited();
    if (!value.isDone()) {
      waitingForLoaders.add(new KeyedLoad(cost, field, loader, key, value));
    }
    return value;
  }

  private <T extends @Nullable Object> CompletableFuture<T> awaited() {
    CompletableFuture<T> future = new CompletableFuture<>();
    if (store.deadline().hasPassed()) {
      future.completeExceptionally(new DeadlineExceeded());
    } else {
      awaited.add(future);
    }
    return future;
  }

  private void giveUp() {
    List<CompletableFuture<?>> missing =
        awaited.stream().filter(future -> !future.isDone()).toList();
    if (missing.isEmpty()) {
      throw new DeadlineExceeded();
    }
    waiting.clear();
    waitingForLoaders.clear();
    missing.forEach(future -> future.completeExceptionally(new DeadlineExceeded()));
  }

  private void readWaiting() {
    if (waiting.isEmpty() && waitingForLoaders.isEmpty()) {
      throw new IllegalStateException("The request waits, but nothing is running.");
    }
    if (!waiting.isEmpty()) {
      readItems();
    }
    Map<BatchLoader<Object>, List<KeyedLoad>> batches =
        waitingForLoaders.stream().collect(Collectors.groupingBy(KeyedLoad::loader));
    waitingForLoaders.clear();
    batches.forEach(this::load);
  }

  private void load(BatchLoader<Object> loader, List<KeyedLoad> batch) {
    Set<Object> keys = new LinkedHashSet<>();
    Set<Cost> charged = new HashSet<>();
    for (KeyedLoad load : batch) {
      keys.add(load.key());
      charged.add(load.cost());
      charged.add(load.cost().field(load.field()));
    }
    charged.forEach(cost -> cost.share(0, 1, 0));
    runAsync(
        () -> {
          Duration remaining = store.deadline().remaining();
          if (!remaining.isPositive()) {
            throw new DeadlineExceeded();
          }
          // a copy, so that a map that fails does not fail the loop
          return new HashMap<>(
              Objects.requireNonNull(
                  loader.load(Collections.unmodifiableSet(keys), remaining),
                  "A batch loader returned null; return a map, empty if no key has a value."));
        },
        values -> batch.forEach(load -> load.value().complete(values.get(load.key()))),
        failure -> batch.forEach(load -> load.value().completeExceptionally(failure)));
  }

  private void readItems() {
    List<Load> batch = List.copyOf(waiting);
    waiting.clear();
    List<Key> keys = batch.stream().map(Load::key).toList();
    Projection union =
        batch.stream().map(Load::projection).reduce(Projection.of(), Projection::plus);
    Cost shared = new Cost();
    boolean consistent = batch.stream().anyMatch(Load::consistent);
    Store first = batch.getFirst().store().chargedTo(shared); // its operation's span has the call
    Store view = consistent ? first.consistent() : first;
    runAsync(
        () -> view.getAll(keys, union),
        items -> {
          charge(batch, shared, items.keySet());
          batch.forEach(load -> load.item().complete(found(items, load.key())));
        },
        failure -> {
          charge(batch, shared, Set.of());
          batch.forEach(load -> load.item().completeExceptionally(failure));
        });
  }

  /**
   * Charges the operations that share a batch. Each is charged for the round trips and for the
   * items that it asked for, unless they came from the cache. Read units are split by number of
   * keys.
   */
  private static void charge(List<Load> batch, Cost shared, Set<Key> found) {
    Map<Cost, List<Load>> operations = batch.stream().collect(Collectors.groupingBy(Load::cost));
    int keys = operations.values().stream().mapToInt(loads -> keys(loads).size()).sum();
    operations.forEach((cost, loads) -> {
      charge(cost, keys(loads), found, shared, keys);
      loads.stream()
          .collect(Collectors.groupingBy(Load::field))
          .forEach((field, own) -> charge(cost.field(field), keys(own), found, shared, keys));
    });
  }

  private static void charge(Cost cost, Set<Key> keys, Set<Key> found, Cost shared, int keysOfAll) {
    cost.share(
        Math.min((int) keys.stream().filter(found::contains).count(), shared.items()),
        shared.trips(),
        shared.readUnits() * keys.size() / keysOfAll);
  }

  private static Set<Key> keys(List<Load> loads) {
    return loads.stream().map(Load::key).collect(Collectors.toSet());
  }

  private static Optional<Item> found(Map<Key, Item> items, Key key) {
    return Optional.ofNullable(items.get(key));
  }

  private <T extends @Nullable Object> void runAsync(
      Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    running++;
    executor.execute(() -> {
      Runnable outcome;
      try {
        T value = work.call();
        outcome = () -> done.accept(value);
      } catch (OutOfMemoryError fatal) { // ends the request, not only its field
        outcome =
            () -> {
              throw fatal;
            };
      } catch (Throwable thrown) { // even an Error, so that the request does not wait forever
        outcome = () -> failed.accept(thrown);
      }
      Runnable handedBack = outcome;
      returned.add(() -> {
        running--;
        handedBack.run();
      });
    });
  }

  /** The next result, or null if the deadline passes first. */
  private @Nullable Runnable next() {
    try {
      return returned.poll(
          Math.max(0, store.deadline().remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The request was interrupted.", interrupted);
    }
  }
}
