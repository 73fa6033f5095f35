package dev.screenful.identity;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller of a request: anonymous, or verified by a token. */
public sealed interface Caller {

  /**
   * The key of the caller's rate limit: the id of a verified caller, or the IP address of an
   * anonymous one. Of an IPv6 address, the key contains only the network, the first 64 bits (RFC
   * 4291, section 2.5.4), because users choose the other bits. All anonymous callers without a
   * known address share one key.
   */
  String rateLimitKey();

  /**
   * A caller without a token.
   *
   * @param address the IP address, as seen by the gateway; empty if unknown
   */
  record Anonymous(String address) implements Caller {

    private static final int NETWORK_BYTES = 8;

    @Override
    public String rateLimitKey() {
      return "AT#" + network(address);
    }

    private static String network(String address) {
      try {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        return bytes.length == 2 * NETWORK_BYTES
            ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES)
            : address;
      } catch (IllegalArgumentException unknown) {
        return "";
      }
    }
  }

  /**
   * A caller with a valid token.
   *
   * @param id the token's subject, stable and unique within its issuer
   * @param name the display name; null if the token contains none
   * @param roles the roles for {@code @role}, such as {@code STAFF}
   * @param expiresAt when the token expires; null if it does not
   */
  record Verified(String id, @Nullable String name, Set<String> roles, @Nullable Instant expiresAt)
      implements Caller {
    public Verified {
      roles = Set.copyOf(roles);
    }

    /** A caller whose token does not expire. */
    public Verified(String id, @Nullable String name, Set<String> roles) {
      this(id, name, roles, null);
    }

    /** This caller, whose token expires. */
    public Verified until(Instant expiry) {
      return new Verified(id, name, roles, expiry);
    }

    @Override
    public String rateLimitKey() {
      return "OF#" + id;
    }
  }
}
