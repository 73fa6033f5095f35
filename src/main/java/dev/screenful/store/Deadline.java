package dev.screenful.store;

import java.time.Duration;

/**
 * The time by which a request must be answered. Work for the request ends by then, so that it can
 * still return a partial response.
 */
public final class Deadline {

  private final long nanoTime;

  private Deadline(long nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A deadline that passes after a time. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** A deadline for batch jobs, such as an import: 24 hours. */
  public static Deadline distant() {
    return in(Duration.ofHours(24));
  }

  /** The remaining time; negative once the deadline has passed. */
  public Duration remaining() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  /** Whether no time remains. */
  public boolean hasPassed() {
    return !remaining().isPositive();
  }
}
