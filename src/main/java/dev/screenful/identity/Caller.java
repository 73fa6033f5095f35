package dev.screenful.identity;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks. */
public sealed interface Caller {

  /**
   * Names who shares a limit: a verified identity, or the address of those who did not sign in. Of
   * an IPv6 address the network counts, its first 64 bits (RFC 4291, section 2.5.4), since its
   * users choose the rest. Where no address is known, all share one.
   */
  String rateLimitKey();

  /**
   * Someone who did not sign in.
   *
   * @param address the IP address that the gateway saw, empty where it tells none
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
      } catch (IllegalArgumentException none) {
        return "";
      }
    }
  }

  /**
   * Someone whose token was verified.
   *
   * @param id the token's subject, stable and unique with its issuer
   * @param name what to call them, where the token says so
   * @param roles what they may act as, such as {@code STAFF}
   */
  record Verified(String id, @Nullable String name, Set<String> roles) implements Caller {
    public Verified {
      roles = Set.copyOf(roles);
    }

    @Override
    public String rateLimitKey() {
      return "OF#" + id;
    }
  }
}
