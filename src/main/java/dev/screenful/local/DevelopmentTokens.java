package dev.screenful.local;

import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens of the development identities, signed with a key that is made when the server starts and
 * never leaves it. A deployed function does not have this class, let alone the key.
 */
public final class DevelopmentTokens implements TokenVerifier {

  private static final String ALGORITHM = "HmacSHA256";

  private final List<DevelopmentIdentity> identities;
  private final SecretKeySpec key;

  public DevelopmentTokens(List<DevelopmentIdentity> identities) {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.identities = List.copyOf(identities);
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  List<DevelopmentIdentity> identities() {
    return identities;
  }

  /** The token of an identity: its id and the id's signature. */
  public String token(String id) {
    return encode(id.getBytes(StandardCharsets.UTF_8)) + "." + encode(sign(id));
  }

  @Override
  public Caller.Verified verify(String token) throws InvalidToken {
    for (DevelopmentIdentity identity : identities) {
      if (MessageDigest.isEqual(
          token(identity.id()).getBytes(StandardCharsets.UTF_8),
          token.getBytes(StandardCharsets.UTF_8))) {
        return new Caller.Verified(identity.id(), identity.name(), identity.roles());
      }
    }
    throw new InvalidToken("It is not a token of this development server since its last start.");
  }

  private byte[] sign(String id) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", impossible);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
