package dev.screenful.identity;

import java.net.URI;
import java.util.Set;

/**
 * A trusted OpenID Connect issuer, and the apps that its tokens must be issued for.
 *
 * @param uri the issuer identifier, as in discovery and in the claim {@code iss}. It must use https
 *     unless the host is this machine
 * @param audiences the client ids of the accepted apps, at least one. A token contains its app's id
 *     in {@code aud}, or in {@code client_id} if it has no {@code aud}, as access tokens of Amazon
 *     Cognito do
 * @param rolesClaim the claim that lists the caller's roles
 */
public record Issuer(URI uri, Set<String> audiences, String rolesClaim) {

  public Issuer {
    audiences = Set.copyOf(audiences);
    requireHttps(uri);
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "CLIENT_IDS must contain the client ids of the accepted apps if ISSUER is set.");
    }
  }

  /** Refuses plain HTTP, over which an attacker could replace the keys. */
  static URI requireHttps(URI uri) {
    boolean isLocal = Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
    if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && isLocal)) {
      throw new IllegalArgumentException(uri + " must be an https URL.");
    }
    return uri;
  }
}
