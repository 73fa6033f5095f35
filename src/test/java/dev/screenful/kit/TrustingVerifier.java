package dev.screenful.kit;

import dev.screenful.identity.Caller;
import dev.screenful.identity.TokenVerifier;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Trusts every token: {@code Bearer NAME} is the caller NAME, and {@code Bearer NAME:ROLE} is one
 * with a role. So tests can have any number of callers.
 */
public final class TrustingVerifier implements TokenVerifier {

  @Override
  public Caller.Verified verify(String token, Duration timeout) {
    String[] parts = token.split(":", 2);
    return new Caller.Verified(parts[0], parts[0], parts.length == 1 ? Set.of() : Set.of(parts[1]));
  }

  @Override
  public Caller.Verified authorized(Map<String, String> claims) {
    return verify(String.valueOf(claims.get("sub")), Duration.ZERO);
  }
}
