package dev.screenful.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of a connection.
 *
 * @param connection the id of the connection
 * @param operation the id that the client gave to the subscription
 * @param expiresAt when the token of its caller expires; null if it does not
 */
record Subscriber(String connection, String operation, @Nullable Instant expiresAt) {

  /** Whether the token of its caller has expired. */
  boolean hasExpired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
