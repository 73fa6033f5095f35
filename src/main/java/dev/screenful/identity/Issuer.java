package dev.screenful.identity;

import java.net.URI;
import java.util.Set;

/**
 * An OpenID Connect issuer, and for whom its tokens must be.
 *
 * @param uri its identifier, as discovery and the claim {@code iss} have it; https, but for this
 *     machine
 * @param audiences the ids of the apps whose tokens are taken: in {@code aud}, or in {@code
 *     client_id} where there is no {@code aud}, as in access tokens of Amazon Cognito
 * @param rolesClaim the claim that lists the roles of a caller
 */
public record Issuer(URI uri, Set<String> audiences, String rolesClaim) {

  public Issuer {
    audiences = Set.copyOf(audiences);
    requireSafe(uri);
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "An issuer's tokens are taken for named apps only; name their client ids.");
    }
  }

  /** Keys that came by plain HTTP could be anyone's. */
  static URI requireSafe(URI uri) {
    boolean local = Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && local)) {
      throw new IllegalArgumentException(uri + " is not an https URL.");
    }
    return uri;
  }
}
