package dev.screenful.priming;

import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.TokenVerifier;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A verifier that remembers no token, so that each request verifies a signature.
 *
 * @param verifiers makes a new verifier
 */
record ForgetfulVerifier(Supplier<? extends TokenVerifier> verifiers) implements TokenVerifier {

  @Override
  public Caller.Verified verify(String token, Duration timeout) throws InvalidToken {
    return verifiers.get().verify(token, timeout);
  }

  @Override
  public Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
    return verifiers.get().authorized(claims);
  }
}
