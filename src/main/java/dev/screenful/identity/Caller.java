package dev.screenful.identity;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks. */
public sealed interface Caller {

  /**
   * Whose share of what is limited a request takes: each verified identity has one, and each
   * address that people ask from who did not sign in. Whoever has IPv6 has 2^64 addresses, which
   * are one.
   */
  String account();

  /**
   * Someone who did not sign in.
   *
   * @param address the IP address that the gateway saw, empty where it tells none
   */
  record Anonymous(String address) implements Caller {

    /** Bytes of an IPv6 address that name a network; the others are its users' choice. */
    private static final int NETWORK = 8;

    @Override
    public String account() {
      return "AT#" + network(address);
    }

    private static String network(String address) {
      try {
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        return bytes.length == 2 * NETWORK ? HexFormat.of().formatHex(bytes, 0, NETWORK) : address;
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
    public String account() {
      return "OF#" + id;
    }
  }
}
