package dev.screenful.execution;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.TokenBucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many mutations a caller may make. It is looked at first, so what is over the limit costs a
 * write and nothing else; it is not recorded as what the mutation came to. A repeat counts too.
 */
final class RateLimit {

  private final int perMinute;
  private final InstantSource clock;

  RateLimit(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** A mutation's resolver within the limit. */
  Function<FieldCall, @Nullable Object> limited(Function<FieldCall, @Nullable Object> mutation) {
    return call -> {
      Duration wait =
          new TokenBucket(call.store(), clock, perMinute)
              .take(call.caller().limitKey(), "MUTATIONS");
      if (wait.isPositive()) {
        throw new ClientError(
            ErrorCode.RATE_LIMITED.name(),
            "That is more than %d a minute; ask again later.".formatted(perMinute),
            Map.of("retryAfter", wait.plusMillis(999).toSeconds()));
      }
      return mutation.apply(call);
    };
  }
}
