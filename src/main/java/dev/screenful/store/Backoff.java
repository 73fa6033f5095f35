package dev.screenful.store;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts, for what DynamoDB did only in part. */
final class Backoff {

  /** Attempts in all; with the longest pauses they take 1.6 seconds. */
  private static final int ATTEMPTS = 6;

  /**
   * The longest pause before the second attempt, in milliseconds; it doubles with each further one.
   */
  private static final int PAUSE = 50;

  private Backoff() {}

  /**
   * Waits before the next attempt: between nothing and the longest pause ("full jitter"), so that
   * rivals don't meet again.
   *
   * @param attempt how many there were
   * @param why what made another one necessary
   * @throws IllegalStateException where there were enough of them
   */
  static void pause(int attempt, String why) {
    if (attempt == ATTEMPTS) {
      throw new IllegalStateException("After %d attempts %s.".formatted(attempt, why));
    }
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE << (attempt - 1)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted when " + why + ".", interrupted);
    }
  }
}
