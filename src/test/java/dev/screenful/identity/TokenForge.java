package dev.screenful.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.screenful.Attack;
import dev.screenful.kit.Phone;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Creates valid tokens and many kinds of invalid ones, for a verifier that trusts one key. */
public final class TokenForge {

  private static final String ISSUER = "https://issuer.example/pool";
  private static final String APP = "some-app";

  private final InstantSource clock;
  private final RSAKey issuerKey = key(1);
  private final RSAKey thiefKey = key(2);

  /** Creates and verifies tokens at the time of a clock. */
  public TokenForge(InstantSource clock) {
    this.clock = clock;
  }

  /** A key that is the same in each run, so that tokens from fuzzing stay reproducible. */
  private static RSAKey key(int seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return new RSAKeyGenerator(2048).keyID("one").secureRandom(random).generate();
    } catch (GeneralSecurityException | JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The verifier that accepts tokens of this forge's issuer. */
  public TokenVerifier verifier() {
    return new OpenIdTokenVerifier(
        new Issuer(URI.create(ISSUER), Set.of(APP), "roles"),
        new ImmutableJWKSet<>(new JWKSet(issuerKey.toPublicJWK())),
        clock);
  }

  /** The token described by a step of an attack; empty if it has none. */
  public Optional<String> token(Attack.Part step) {
    if (step.get("token") == null) {
      return Optional.empty();
    }
    Attack.Part token = new Attack.Part(step.object("token"));
    return Optional.of(
        token(token.object("header"), token.object("claims"), token.text("signer", "issuer")));
  }

  /** A valid token with this subject. */
  public String token(String subject) {
    return token(Map.of(), Map.of("sub", subject, "name", "The name of " + subject), "issuer");
  }

  /** A valid token of a member of staff. */
  public String tokenOfStaff() {
    return token(Map.of(), Map.of("sub", "staff", "roles", List.of("STAFF")), "issuer");
  }

  /**
   * A valid token with some changes.
   *
   * @param header header fields to replace; null removes one
   * @param claims claims to replace; times are in seconds from now, and null removes one
   * @param signer {@code issuer}, {@code thief} for another key, {@code nobody} for no signature,
   *     or {@code secret} for the issuer's public key as a shared secret
   */
  private String token(
      Map<String, ? extends @Nullable Object> header,
      Map<String, ? extends @Nullable Object> claims,
      String signer) {
    long now = clock.instant().getEpochSecond();
    Map<String, @Nullable Object> allClaims =
        new HashMap<>(Map.of("iss", ISSUER, "aud", APP, "sub", "thief", "iat", 0, "exp", 3600));
    allClaims.putAll(claims);
    for (String time : Set.of("iat", "exp", "nbf")) {
      allClaims.computeIfPresent(
          time,
          (name, value) -> value instanceof Number seconds ? now + seconds.longValue() : value);
    }
    allClaims.values().removeIf(value -> value == null);
    Map<String, @Nullable Object> allHeader = new HashMap<>(Map.of("alg", "RS256", "kid", "one"));
    allHeader.putAll(header);
    allHeader.computeIfPresent(
        "jwk",
        (name, value) -> value.equals("thief") ? thiefKey.toPublicJWK().toJSONObject() : value);
    allHeader.values().removeIf(value -> value == null);
    String content = base64(Phone.json(allHeader)) + "." + base64(Phone.json(allClaims));
    return content + "." + signature(content, signer);
  }

  private String signature(String content, String signer) {
    try {
      return switch (signer) {
        case "issuer" -> rsa(content, issuerKey);
        case "thief" -> rsa(content, thiefKey);
        case "secret" -> secret(content);
        case "nobody" -> "";
        default ->
            throw new IllegalArgumentException(
                "The signer must be issuer, thief, secret or nobody, not " + signer + ".");
      };
    } catch (GeneralSecurityException | JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String rsa(String content, RSAKey key)
      throws GeneralSecurityException, JOSEException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.toRSAPrivateKey());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return base64(signature.sign());
  }

  private String secret(String content) throws GeneralSecurityException, JOSEException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(issuerKey.toRSAPublicKey().getEncoded(), "HmacSHA256"));
    return base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
