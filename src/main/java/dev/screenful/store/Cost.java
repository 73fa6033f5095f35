package dev.screenful.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/** What one operation has cost in the store so far; safe to be counted from many threads. */
public final class Cost {

  private final AtomicInteger items = new AtomicInteger();
  private final AtomicInteger trips = new AtomicInteger();
  private final DoubleAdder units = new DoubleAdder();

  void add(int itemsRead, double capacityUnits) {
    add(itemsRead, 1, capacityUnits);
  }

  /** Counts a share of what was read for several. */
  public void add(int itemsRead, int tripsMade, double capacityUnits) {
    trips.addAndGet(tripsMade);
    items.addAndGet(itemsRead);
    units.add(capacityUnits);
  }

  /** Items that DynamoDB returned. */
  public int items() {
    return items.get();
  }

  /** Calls made to DynamoDB, whether one after the other or side by side. */
  public int trips() {
    return trips.get();
  }

  /** Capacity units that DynamoDB reported, read and write together. */
  public double units() {
    return units.sum();
  }
}
