package dev.screenful.execution;

import java.time.Duration;
import java.util.List;

/**
 * The deployment's settings for executing operations.
 *
 * @param cursorSecrets the secrets of cursors and sync tokens, at least 32 characters each, the
 *     same on all function instances: the first signs, and tokens of any of them are accepted, so
 *     that a deployment can rotate its secret
 * @param onceRetention how long the outcome of a mutation is kept for repeats; at most 3,650 days
 * @param writesPerMinute the mutations that a caller may run in a minute, see {@link
 *     dev.screenful.store.TokenBucket}
 */
public record ExecutionSettings(
    List<String> cursorSecrets, Duration onceRetention, int writesPerMinute) {

  /** Ten years: longer than any client retries, and within the times that the table can store. */
  private static final int MAX_ONCE_DAYS = 3650;

  /** A token bucket counts in microseconds, and each token takes at least one. */
  private static final int MAX_WRITES = 60_000_000;

  public ExecutionSettings {
    cursorSecrets = List.copyOf(cursorSecrets);
    for (String secret : cursorSecrets) {
      if (secret.length() < 32) {
        throw new IllegalArgumentException(
            "CURSOR_SECRET and OTHER_CURSOR_SECRET must have at least 32 characters; let the template generate them.");
      }
    }
    if (!onceRetention.isPositive() || onceRetention.toDays() > MAX_ONCE_DAYS) {
      throw new IllegalArgumentException(
          "ONCE_DAYS must be between 1 and %d; clients retry after days offline."
              .formatted(MAX_ONCE_DAYS));
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
