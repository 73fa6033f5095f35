package dev.screenful.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one operation has cost in the store so far, and what each of its fields; safe to be counted
 * from many threads.
 */
public final class Cost {

  private final AtomicInteger items = new AtomicInteger();
  private final AtomicInteger trips = new AtomicInteger();
  private final DoubleAdder readUnits = new DoubleAdder();
  private final DoubleAdder writeUnits = new DoubleAdder();
  private final ConcurrentMap<String, Cost> fields = new ConcurrentHashMap<>();
  private final @Nullable Cost whole;

  /** The cost of an operation. */
  public Cost() {
    this(null);
  }

  private Cost(@Nullable Cost whole) {
    this.whole = whole;
  }

  /** The cost of one field, which counts for the operation too. */
  public Cost field(String path) {
    return fields.computeIfAbsent(path, unseen -> new Cost(this));
  }

  /** What each field has cost, by its path. */
  public Map<String, Cost> fields() {
    return Map.copyOf(fields);
  }

  void read(int itemsRead, double capacityUnits) {
    share(itemsRead, 1, capacityUnits);
    if (whole != null) {
      whole.read(itemsRead, capacityUnits);
    }
  }

  void write(double capacityUnits) {
    trips.incrementAndGet();
    writeUnits.add(capacityUnits);
    if (whole != null) {
      whole.write(capacityUnits);
    }
  }

  /** Counts a share of what was read for several, here and nowhere else. */
  public void share(int itemsRead, int tripsMade, double capacityUnits) {
    trips.addAndGet(tripsMade);
    items.addAndGet(itemsRead);
    readUnits.add(capacityUnits);
  }

  /** Items that DynamoDB returned. */
  public int items() {
    return items.get();
  }

  /** Calls made to DynamoDB, whether one after the other or side by side. */
  public int trips() {
    return trips.get();
  }

  /** Read units that DynamoDB reported. */
  public double readUnits() {
    return readUnits.sum();
  }

  /** Write units that DynamoDB reported; a transaction takes two for each KB. */
  public double writeUnits() {
    return writeUnits.sum();
  }
}
