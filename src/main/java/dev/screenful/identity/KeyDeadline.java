package dev.screenful.identity;

import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;

/**
 * The time by which a request must know the issuer's keys.
 *
 * @param nanoTime as {@link System#nanoTime}
 */
record KeyDeadline(long nanoTime) implements SecurityContext {

  /** The deadline after a time. */
  static KeyDeadline in(Duration time) {
    return new KeyDeadline(System.nanoTime() + time.toNanos());
  }

  /** The remaining nanoseconds; negative once the deadline has passed. */
  long remaining() {
    return nanoTime - System.nanoTime();
  }
}
