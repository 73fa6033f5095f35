package dev.screenful.execution;

import dev.screenful.schema.CacheHint;
import org.jspecify.annotations.Nullable;

/**
 * Collects the cache hints of the fields that an operation has executed. A value that depends on
 * the caller makes the response private. Fields add hints on the calling thread; resolvers ask for
 * the caller on others.
 */
final class CacheHints {

  private @Nullable Integer maxAge;
  private volatile boolean isPrivate;

  void add(CacheHint hint) {
    Integer other = hint.maxAge();
    if (other != null) {
      maxAge = maxAge == null ? other : Math.min(maxAge, other);
    }
    if (hint.isPrivate()) {
      makePrivate();
    }
  }

  void makePrivate() {
    isPrivate = true;
  }

  CachePolicy strictest() {
    return new CachePolicy(maxAge == null ? 0 : Math.max(0, maxAge), isPrivate);
  }
}
