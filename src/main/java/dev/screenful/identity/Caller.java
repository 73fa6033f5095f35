package dev.screenful.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks. */
public sealed interface Caller {

  /** Someone who did not sign in. */
  record Anonymous() implements Caller {}

  /**
   * Someone whose token was verified.
   *
   * @param id the token's subject, stable and unique with its issuer
   * @param name what to call them, where the token says so
   * @param roles what they may act as, such as {@code STAFF}
   */
  record Verified(String id, @Nullable String name, Set<String> roles) implements Caller {
    public Verified {
      roles = Set.copyOf(roles);
    }
  }
}
