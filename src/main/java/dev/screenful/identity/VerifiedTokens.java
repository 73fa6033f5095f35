package dev.screenful.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified recently, with their callers. An app sends the same token with each
 * request for an hour, and an elliptic-curve signature takes longer to verify than most screens
 * take to answer.
 */
final class VerifiedTokens {

  /**
   * The time after which a token is verified again. The issuer's keys are cached for longer, so a
   * withdrawn key is not accepted for longer because of this.
   */
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  /** The most tokens; each has a few kilobytes at most. */
  private static final int CAPACITY = 256;

  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private record Entry(Caller.Verified caller, Instant verified, Instant expires) {}

  /** The caller of a token; null if it must be verified. */
  synchronized Caller.@Nullable Verified get(String token, Instant now) {
    Entry entry = entries.get(token);
    if (entry == null) {
      return null;
    }
    boolean isCurrent =
        now.isBefore(entry.expires())
            && !now.isBefore(entry.verified())
            && now.isBefore(entry.verified().plus(MAX_AGE));
    if (!isCurrent) {
      entries.remove(token);
    }
    return isCurrent ? entry.caller() : null;
  }

  /**
   * Adds a token.
   *
   * @param expires when it is no longer accepted
   */
  synchronized void put(String token, Caller.Verified caller, Instant now, Instant expires) {
    entries.put(token, new Entry(caller, now, expires));
    if (entries.size() > CAPACITY) {
      entries.remove(entries.keySet().iterator().next());
    }
  }
}
