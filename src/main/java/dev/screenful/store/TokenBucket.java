package dev.screenful.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit that all function instances share. A bucket holds the tokens of one minute and
 * refills at that rate. It is stored as one item with the time when it will be full, from which the
 * number of tokens follows.
 *
 * <p>Taking a token costs one write, or two if the bucket is not full. If the response to a write
 * is lost, the retry takes another token.
 */
public final class TokenBucket {

  private static final String FULL_AT = "fullAt";
  private static final String EXPIRES_AT = "expiresAt";

  /** Attempts to take a token; each one that fails means that another request took one. */
  private static final int MAX_ATTEMPTS = 50;

  /** Microseconds that an empty bucket takes to fill. */
  private static final long MINUTE = 60_000_000;

  private final Store store;
  private final InstantSource clock;

  /** Microseconds between two tokens. */
  private final long interval;

  /**
   * Buckets of one size.
   *
   * @param store the store of the buckets
   * @param perMinute the capacity of a bucket, and its refill in a minute; 1 to 60,000,000
   */
  public TokenBucket(Store store, InstantSource clock, int perMinute) {
    this.store = store;
    this.clock = clock;
    this.interval = MINUTE / perMinute;
  }

  /**
   * Takes a token.
   *
   * @param owner the owner of the bucket
   * @param use the use of the token; each use has its own bucket
   * @return zero if a token was taken, otherwise the time until the next token
   * @throws StoreUnavailable if DynamoDB fails, or other requests interfere with all attempts
   */
  public Duration take(String owner, String use) {
    Key key = new Key("RATE#" + owner, use);
    Transactions transactions = new Transactions(store, clock);
    Item found = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) { // a pause would outdate the item
      Instant instant = clock.instant();
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
      long full = fullAt(found, now) + interval;
      long wait = full - now - MINUTE;
      if (wait > 0) {
        return Duration.of(wait, ChronoUnit.MICROS);
      }
      long expiresAt = instant.plus(1, ChronoUnit.HOURS).getEpochSecond();
      Item next = Item.of(key, Map.of(FULL_AT, full, EXPIRES_AT, expiresAt));
      found = transactions.putIf(next, isUnchanged(found, now));
      if (found == null) {
        return Duration.ZERO;
      }
      if (!found.has(FULL_AT)) { // it expired and was deleted meanwhile
        found = null;
      }
    }
    throw new StoreUnavailable(
        "After %d attempts, other requests of the caller still take tokens."
            .formatted(MAX_ATTEMPTS));
  }

  /** The first attempt assumes a full bucket, the usual case. */
  private static Condition isUnchanged(@Nullable Item found, long now) {
    return found == null
        ? Condition.absent().or(Condition.isBefore(FULL_AT, now + 1))
        : Condition.is(FULL_AT, found.number(FULL_AT));
  }

  /**
   * The time when the bucket is full: at most a minute ahead, plus clock skew. A later time was
   * written by a wrong clock and is ignored.
   */
  private long fullAt(@Nullable Item found, long now) {
    long full = found == null ? now : found.number(FULL_AT);
    return full < now || full > now + 2 * MINUTE ? now : full;
  }
}
