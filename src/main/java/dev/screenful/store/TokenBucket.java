package dev.screenful.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often something may be done, for all environments together: a bucket holds as many tokens as
 * may be taken in a minute, and fills up again at that rate. An item is all there is of it; it says
 * when the bucket will be full, from which follows how many tokens it has.
 *
 * <p>Taking one costs a write, two where the bucket is not full. A write whose answer was lost is
 * made again, and takes another one.
 */
public final class TokenBucket {

  private static final String FULL_AT = "fullAt";
  private static final String EXPIRES_AT = "expiresAt";

  /** Microseconds in which an empty bucket fills. */
  private static final long MINUTE = 60_000_000;

  private final Store store;
  private final InstantSource clock;

  /** Microseconds until there is one token more. */
  private final long interval;

  /**
   * Buckets of one size.
   *
   * @param store what they are in, whose account pays and whose deadline holds
   * @param perMinute tokens that a bucket holds, and that it gets in a minute; 1 to 60,000,000
   */
  public TokenBucket(Store store, InstantSource clock, int perMinute) {
    this.store = store;
    this.clock = clock;
    this.interval = MINUTE / perMinute;
  }

  /**
   * Takes a token.
   *
   * @param owner whose bucket it is
   * @param use what the token is for; each use has a bucket of its own
   * @return zero where it was taken, else how long it takes until there is one
   */
  public Duration take(String owner, String use) {
    Key key = new Key("RATE#" + owner, use);
    Transactions transactions = new Transactions(store, clock);
    Item found = null;
    while (true) { // again at once: after a pause, what was found would be out of date
      Instant instant = clock.instant();
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
      long full = fullAt(found, now) + interval;
      long wait = full - now - MINUTE;
      if (wait > 0) {
        return Duration.of(wait, ChronoUnit.MICROS);
      }
      long expiresAt = instant.plus(1, ChronoUnit.HOURS).getEpochSecond();
      Item next = Item.of(key, Map.of(FULL_AT, full, EXPIRES_AT, expiresAt));
      found = transactions.putOrFind(next, isAsFound(found, now));
      if (found == null) {
        return Duration.ZERO;
      }
      if (!found.has(FULL_AT)) { // the table deleted it meanwhile
        found = null;
      }
    }
  }

  /** At first it is taken for a full one, as it mostly is. */
  private static Condition isAsFound(@Nullable Item found, long now) {
    return found == null
        ? Condition.absent().or(Condition.isBefore(FULL_AT, now + 1))
        : Condition.is(FULL_AT, found.number(FULL_AT));
  }

  /**
   * When the bucket is full. An empty one is so in a minute; what is further off, by more than
   * clocks differ, was written by a clock that was wrong.
   */
  private long fullAt(@Nullable Item found, long now) {
    long full = found == null ? now : found.number(FULL_AT);
    return full < now || full > now + 2 * MINUTE ? now : full;
  }
}
