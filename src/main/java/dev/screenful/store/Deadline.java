package dev.screenful.store;

import java.time.Duration;

/**
 * When a request must have its answer. What is done for the request ends by then, so that it can
 * still answer with what it has.
 */
public final class Deadline {

  private final long nanoTime;

  private Deadline(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The deadline that is over in some time. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** A deadline for what nobody waits for, such as an import: 24 hours. */
  public static Deadline distant() {
    return in(Duration.ofHours(24));
  }

  /** The time that is left, negative where it is over. */
  public Duration left() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  /** Whether there is no time left. */
  public boolean isOver() {
    return !left().isPositive();
  }
}
