package dev.screenful.identity;

/** Turns a bearer token into the caller it was issued to. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * The caller of a token.
   *
   * @throws InvalidToken where it can't be trusted, for whatever reason
   */
  Caller.Verified verify(String token) throws InvalidToken;

  /** A verifier for a function that no issuer is configured for: it trusts no token. */
  static TokenVerifier none() {
    return token -> {
      throw new InvalidToken("No token issuer is configured.");
    };
  }
}
