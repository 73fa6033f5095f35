package dev.screenful.identity;

import java.time.Duration;
import java.util.Map;

/**
 * Verifies the tokens of an issuer, and those that an app without an identity provider issues.
 *
 * @param issuer is asked first, so that no token of the issuer is taken for another one
 * @param app is asked for each token that the issuer's verifier rejects
 */
record AppTokenVerifier(TokenVerifier issuer, TokenVerifier app) implements TokenVerifier {

  @Override
  public Caller.Verified verify(String token, Duration timeout) throws InvalidToken {
    try {
      return issuer.verify(token, timeout);
    } catch (InvalidToken notTheIssuers) {
      try {
        return withValidId(app.verify(token, timeout));
      } catch (InvalidToken refused) {
        throw new InvalidToken(refused.getMessage() + " " + notTheIssuers.getMessage());
      }
    }
  }

  private static Caller.Verified withValidId(Caller.Verified caller) throws InvalidToken {
    if (caller.id().isBlank() || caller.id().length() > OpenIdTokenVerifier.MAX_SUBJECT) {
      throw new InvalidToken(
          "The id of the app's caller must have 1 to %d characters."
              .formatted(OpenIdTokenVerifier.MAX_SUBJECT));
    }
    return caller;
  }

  @Override
  public Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
    return issuer.authorized(claims);
  }

  @Override
  public void prepare() {
    issuer.prepare();
    app.prepare();
  }
}
