package dev.screenful.identity;

import dev.screenful.telemetry.Log;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Verifies tokens and returns their caller. */
public interface TokenVerifier {

  /**
   * Verifies a bearer token and returns its caller.
   *
   * @param timeout the time that is left for the request. Reading keys takes a second at most
   * @return the caller, with an id of 1 to 255 characters
   * @throws InvalidToken if the token is not valid for any reason
   * @throws IssuerUnavailable if the token can't be verified at the moment
   */
  Caller.Verified verify(String token, Duration timeout) throws InvalidToken;

  /**
   * Returns the caller of claims that a JWT authorizer of API Gateway has already verified. All
   * values are strings.
   *
   * @throws InvalidToken if the claims are of another issuer or app; by default always
   */
  default Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
    throw new InvalidToken("Claims of an authorizer are not accepted.");
  }

  /**
   * Reads the issuer's keys now instead of with the first token.
   *
   * @throws IssuerUnavailable if they can't be read
   */
  default void prepare() {}

  /**
   * A verifier for an issuer; its keys are read when the first token arrives. Without an issuer,
   * every token is rejected.
   *
   * @param log receives a warning if the issuer has keys that can't be used
   */
  static TokenVerifier of(Optional<Issuer> issuer, InstantSource clock, Log log) {
    return issuer
        .<TokenVerifier>map(trusted -> OpenIdTokenVerifier.discovering(trusted, clock, log))
        .orElseGet(TokenVerifier::none);
  }

  /** A verifier that rejects every token, for a function without a configured issuer. */
  static TokenVerifier none() {
    return (token, timeout) -> {
      throw new InvalidToken("No token issuer is configured.");
    };
  }

  /**
   * This verifier of an issuer's tokens, and for all other tokens that of the app itself.
   *
   * @param app verifies the tokens that the app issues. Its ids must not be subjects of the issuer
   */
  default TokenVerifier or(TokenVerifier app) {
    return new AppTokenVerifier(this, app);
  }
}
