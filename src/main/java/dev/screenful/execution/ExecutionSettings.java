package dev.screenful.execution;

import java.time.Duration;

/**
 * What differs between deployments in how operations are executed.
 *
 * @param cursorSecret signs cursors and sync tokens; the same in all environments of a deployment,
 *     at least 32 characters
 * @param onceKept how long a repeated mutation is known as one
 * @param writesPerMinute how many mutations a caller may make in a minute, see {@link
 *     dev.screenful.store.TokenBucket}
 */
public record ExecutionSettings(String cursorSecret, Duration onceKept, int writesPerMinute) {

  /** A bucket counts in microseconds, and a token takes at least one. */
  private static final int MOST_WRITES = 60_000_000;

  public ExecutionSettings {
    if (cursorSecret.length() < 32) {
      throw new IllegalArgumentException(
          "CURSOR_SECRET has at least 32 characters; let the template make one.");
    }
    if (!onceKept.isPositive()) {
      throw new IllegalArgumentException("ONCE_DAYS is at least 1; phones ask again for days.");
    }
    if (writesPerMinute < 1 || writesPerMinute > MOST_WRITES) {
      throw new IllegalArgumentException(
          "WRITES_PER_MINUTE is from 1 to %d.".formatted(MOST_WRITES));
    }
  }

  @Override
  public String toString() {
    return "ExecutionSettings[onceKept=%s, writesPerMinute=%d]"
        .formatted(onceKept, writesPerMinute); // never the secret
  }
}
