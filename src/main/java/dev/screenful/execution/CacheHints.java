package dev.screenful.execution;

import org.jspecify.annotations.Nullable;

/** The hints of the fields that one operation has executed so far. */
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
