package dev.screenful.identity;

import java.net.URI;
import java.net.URISyntaxException;
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

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  public Issuer {
    audiences = Set.copyOf(audiences);
    if (!isHttps(uri) || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "ISSUER must be an https URL without query and fragment, not %s.".formatted(uri));
    }
    if (uri.getPath().endsWith(DISCOVERY)) {
      throw new IllegalArgumentException("ISSUER must be without " + DISCOVERY + ".");
    }
    if (audiences.isEmpty()) {
      throw new IllegalArgumentException(
          "CLIENT_IDS must contain the client ids of the accepted apps if ISSUER is set.");
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if a setting is invalid; the message names its variable
   */
  public static Issuer of(String uri, Set<String> audiences, String rolesClaim) {
    try {
      return new Issuer(new URI(uri), audiences, rolesClaim);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("ISSUER is not a URL: " + malformed.getMessage());
    }
  }

  /** Whether a URL uses https, or is on this machine. Over plain HTTP, keys could be replaced. */
  static boolean isHttps(URI uri) {
    boolean isLocal = Set.of("localhost", "127.0.0.1").contains(String.valueOf(uri.getHost()));
    return uri.getHost() != null
        && uri.getUserInfo() == null
        && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLocal));
  }
}
