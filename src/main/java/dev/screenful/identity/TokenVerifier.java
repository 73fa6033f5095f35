package dev.screenful.identity;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Turns what proves who someone is into the caller. */
public interface TokenVerifier {

  /**
   * The caller of a bearer token.
   *
   * @throws InvalidToken where it can't be trusted, for whatever reason
   * @throws IssuerUnavailable where that can't be found out just now
   */
  Caller.Verified verify(String token) throws InvalidToken;

  /**
   * The caller of claims that a JWT authorizer of API Gateway has verified; all are texts.
   *
   * @throws InvalidToken where they are not of the issuer or app that is trusted here
   */
  Caller.Verified authorized(Map<String, String> claims) throws InvalidToken;

  /** Trusts an issuer, whose keys are read when the first token comes; or nobody. */
  static TokenVerifier of(Optional<Issuer> issuer, InstantSource clock) {
    return issuer
        .<TokenVerifier>map(trusted -> OpenIdTokenVerifier.discovering(trusted, clock))
        .orElseGet(TokenVerifier::none);
  }

  /** A verifier for a function that no issuer is configured for: it trusts no token. */
  static TokenVerifier none() {
    return new TokenVerifier() {
      @Override
      public Caller.Verified verify(String token) throws InvalidToken {
        throw new InvalidToken("No token issuer is configured.");
      }

      @Override
      public Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
        throw new InvalidToken("No token issuer is configured.");
      }
    };
  }
}
