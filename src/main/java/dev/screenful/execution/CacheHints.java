package dev.screenful.execution;

import dev.screenful.schema.CacheHint;
import org.jspecify.annotations.Nullable;

/** Collects the cache hints of the fields that an operation has executed. */
final class CacheHints {

  private @Nullable Integer maxAge;
  private boolean isPrivate;

  void add(CacheHint hint) {
    Integer other = hint.maxAge();
    if (other != null) {
      maxAge = maxAge == null ? other : Math.min(maxAge, other);
    }
    isPrivate |= hint.isPrivate();
  }

  CachePolicy strictest() {
    return new CachePolicy(maxAge == null ? 0 : Math.max(0, maxAge), isPrivate);
  }
}
