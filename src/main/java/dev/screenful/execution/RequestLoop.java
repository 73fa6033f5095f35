package dev.screenful.execution;

import dev.screenful.store.Cost;
import dev.screenful.store.DeadlineExceeded;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one request takes turns; the queries of a batch take them together. graphql-java runs on the
 * thread that called, and on no other; resolvers run beside it on virtual threads, and what they
 * return is handed back to that thread. When it has nothing left to do and no resolver is under
 * way, all items that fields wait for are read in one batch.
 *
 * <p>So what a request reads does not depend on how threads happen to run: branches of different
 * length, such as departures and a traveller's bookings, share their batches, and a screen takes
 * the same trips each time.
 */
final class RequestLoop {

  /** A field that waits for the item under a key, and who pays for it. */
  private record Load(
      Cost cost,
      String field,
      Key key,
      Projection projection,
      boolean consistent,
      CompletableFuture<Optional<Item>> item) {}

  private final Store store;
  private final Executor executor;
  private final BlockingQueue<Runnable> returned = new LinkedBlockingQueue<>();

  // Only touched by the thread that called.
  private final List<Load> waiting = new ArrayList<>();
  private final List<CompletableFuture<?>> awaited = new ArrayList<>();
  private int underWay;

  /**
   * A loop.
   *
   * @param store what all of the request reads goes through; at its deadline, what is still missing
   *     is given up
   */
  RequestLoop(Store store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  /** What the request reads, on an account. */
  Store store(Cost account) {
    return store.on(account);
  }

  /**
   * Starts something and runs the loop until it is done. At the deadline all that fields still wait
   * for fails with {@link DeadlineExceeded}, and the rest is answered.
   */
  <T> T run(Supplier<CompletableFuture<T>> start) {
    CompletableFuture<T> result = start.get();
    while (!result.isDone()) {
      if (underWay
          == 0) { // nothing has been returned either: what is counts as under way until it has run
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

  /** Calls a resolver on a thread of its own. */
  CompletableFuture<@Nullable Object> resolve(Supplier<@Nullable Object> resolver) {
    CompletableFuture<@Nullable Object> value = awaited();
    if (!value.isDone()) {
      beside(resolver, value::complete, value::completeExceptionally);
    }
    return value;
  }

  /** The item under a key, read with the next batch. */
  CompletableFuture<Optional<Item>> load(
      Cost cost, String field, Key key, Projection projection, boolean consistent) {
    CompletableFuture<Optional<Item>> item = awaited();
    if (!item.isDone()) {
      waiting.add(new Load(cost, field, key, projection, consistent, item));
    }
    return item;
  }

  private <T extends @Nullable Object> CompletableFuture<T> awaited() {
    CompletableFuture<T> future = new CompletableFuture<>();
    if (store.deadline().isOver()) {
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
    missing.forEach(future -> future.completeExceptionally(new DeadlineExceeded()));
  }

  private void readWaiting() {
    if (waiting.isEmpty()) {
      throw new IllegalStateException("The request waits for something that is not under way.");
    }
    List<Load> batch = List.copyOf(waiting);
    waiting.clear();
    List<Key> keys = batch.stream().map(Load::key).toList();
    Projection union =
        batch.stream().map(Load::projection).reduce(Projection.of(), Projection::plus);
    Cost shared = new Cost();
    boolean consistent = batch.stream().anyMatch(Load::consistent);
    Store view = consistent ? store.on(shared).consistent() : store.on(shared);
    beside(
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
   * Operations that share a batch each pay for the trips and for the items that they asked for, as
   * far as these were read and not held; the units are split by the number of keys.
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

  private static void charge(
      Cost account, Set<Key> keys, Set<Key> found, Cost shared, int keysOfAll) {
    account.share(
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

  private <T extends @Nullable Object> void beside(
      Supplier<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    underWay++;
    executor.execute(() -> {
      Runnable outcome;
      try {
        T value = work.get();
        outcome = () -> done.accept(value);
      } catch (Throwable thrown) { // an error too: the request must not wait forever
        outcome = () -> failed.accept(thrown);
      }
      Runnable handedBack = outcome;
      returned.add(() -> {
        underWay--;
        handedBack.run();
      });
    });
  }

  /** What came back, or null where nothing did until the deadline. */
  private @Nullable Runnable next() {
    try {
      return returned.poll(Math.max(0, store.deadline().left().toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The request was interrupted.", interrupted);
    }
  }
}
