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
 * Limits the mutations of each caller. The limit is checked first, so a refused mutation costs one
 * write and is not recorded as an outcome. Repeats count too.
 */
final class RateLimit {

  private final int perMinute;
  private final InstantSource clock;

  RateLimit(int perMinute, InstantSource clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** A resolver of a mutation that checks the limit first. */
  Function<FieldCall, @Nullable Object> limited(Function<FieldCall, @Nullable Object> mutation) {
    return call -> {
      Duration wait =
          new TokenBucket(call.store(), clock, perMinute)
              .take(call.request().caller().rateLimitKey(), "MUTATIONS");
      if (wait.isPositive()) {
        throw new ClientError(
            ErrorCode.RATE_LIMITED.name(),
            "More than %d mutations a minute. Retry later.".formatted(perMinute),
            Map.of("retryAfter", wait.plusMillis(999).toSeconds()));
      }
      return mutation.apply(call);
    };
  }
}
