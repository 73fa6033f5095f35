package dev.screenful.store;

import java.security.SecureRandom;
import java.time.Duration;

/** Pauses between attempts, with exponential backoff and full jitter. */
final class Backoff {

  /** Milliseconds of the longest pause before the second attempt; doubles with each attempt. */
  private static final int INITIAL_MILLIS = 20;

  /** Milliseconds of the longest pause. */
  private static final int MAX_MILLIS = 1000;

  /** Attempts at reads that should succeed soon; their pauses add up to a second at most. */
  static final int MAX_ATTEMPTS = 6;

  private Backoff() {}

  /**
   * Waits a random time up to the longest pause ("full jitter"), so that competing writers do not
   * collide again. The generator is a secure one, since a snapshot would copy the state of others:
   * all function instances would pause alike.
   *
   * @param attempt the number of attempts so far
   * @throws DeadlineExceeded at once, if the deadline would pass during the pause
   */
  static void pause(int attempt, Deadline deadline) {
    int longest = Math.min(MAX_MILLIS, INITIAL_MILLIS << Math.min(attempt - 1, 10));
    Duration pause = Duration.ofMillis(new SecureRandom().nextInt(longest) + 1);
    if (pause.compareTo(deadline.remaining()) >= 0) {
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
