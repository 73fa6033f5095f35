package dev.screenful.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/** The cost of an operation in the store, in total and by field. Thread-safe. */
public final class Cost {

  private final AtomicInteger items = new AtomicInteger();
  private final AtomicInteger trips = new AtomicInteger();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final ConcurrentMap<String, Cost> fields = new ConcurrentHashMap<>();
  private final @Nullable Cost operation;

  /** The cost of an operation. */
  public Cost() {
    this(null);
  }

  private Cost(@Nullable Cost operation) {
    this.operation = operation;
  }

  /** The cost of a field. It counts for the operation too. */
  public Cost field(String path) {
    return fields.computeIfAbsent(path, unseen -> new Cost(this));
  }

  /** The cost of each field, by its path. */
  public Map<String, Cost> fields() {
    return Map.copyOf(fields);
  }

  void read(int itemsRead, double capacityUnits) {
    share(itemsRead, 1, capacityUnits);
    if (operation != null) {
      operation.read(itemsRead, capacityUnits);
    }
  }

  void write(double capacityUnits) {
    trips.incrementAndGet();
    writeUnits.add(capacityUnits);
    if (operation != null) {
      operation.write(capacityUnits);
    }
  }

  /** Counts a call to another service than DynamoDB. */
  public void call() {
    trips.incrementAndGet();
    if (operation != null) {
      operation.call();
    }
  }

  /** Adds a share of a call for several operations or fields, to this cost only. */
  public void share(int itemsRead, int tripsMade, double capacityUnits) {
    trips.addAndGet(tripsMade);
    items.addAndGet(itemsRead);
    readUnits.add(capacityUnits);
  }

  /** Items that DynamoDB returned. */
  public int items() {
    return items.get();
  }

  /** Calls to DynamoDB, of batch loaders and to other services, sequential or concurrent. */
  public int trips() {
    return trips.get();
  }

  /** Read units, as reported by DynamoDB. */
  public double readUnits() {
    return readUnits.sum();
  }

  /** Write units, as reported by DynamoDB; a transaction takes two for each KB. */
  public double writeUnits() {
    return writeUnits.sum();
  }
}
