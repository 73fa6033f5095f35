package dev.screenful.execution;

import java.time.Duration;

/**
 * The deployment's settings for executing operations.
 *
 * @param cursorSecret signs cursors and sync tokens; at least 32 characters, the same on all
 *     function instances
 * @param onceRetention how long the outcome of a mutation is kept for repeats
 * @param writesPerMinute the mutations that a caller may run in a minute, see {@link
 *     dev.screenful.store.TokenBucket}
 */
public record ExecutionSettings(String cursorSecret, Duration onceRetention, int writesPerMinute) {

  /** A token bucket counts in microseconds, and each token takes at least one. */
  private static final int MAX_WRITES = 60_000_000;

  public ExecutionSettings {
    if (cursorSecret.length() < 32) {
      throw new IllegalArgumentException(
          "CURSOR_SECRET must have at least 32 characters; let the template generate it.");
    }
    if (!onceRetention.isPositive()) {
      throw new IllegalArgumentException(
          "ONCE_DAYS must be at least 1; clients retry after days offline.");
    }
    if (writesPerMinute < 1 || writesPerMinute > MAX_WRITES) {
      throw new IllegalArgumentException(
          "WRITES_PER_MINUTE must be between 1 and %d.".formatted(MAX_WRITES));
    }
  }

  @Override
  public String toString() {
    return "ExecutionSettings[onceRetention=%s, writesPerMinute=%d]"
        .formatted(onceRetention, writesPerMinute); // never the secret
  }
}
