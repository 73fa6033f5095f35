package dev.screenful.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts. */
final class Backoff {

  /**
   * The longest pause before the second attempt, in milliseconds; it doubles with each further one.
   */
  private static final int FIRST = 20;

  /** The longest pause of all, in milliseconds. */
  private static final int LONGEST = 1000;

  /** Attempts at what must come about in a moment; with their pauses they take a second at most. */
  static final int ATTEMPTS = 6;

  private Backoff() {}

  /**
   * Waits before the next attempt: between nothing and the longest pause ("full jitter"), so that
   * rivals don't meet again.
   *
   * @param attempt how many there were
   * @throws DeadlineExceeded at once, where the time would be over after the pause
   */
  static void pause(int attempt, Deadline deadline) {
    int longest = Math.min(LONGEST, FIRST << Math.min(attempt - 1, 10));
    Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest) + 1);
    if (pause.compareTo(deadline.left()) >= 0) {
      throw new DeadlineExceeded();
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before another attempt.", interrupted);
    }
  }
}
