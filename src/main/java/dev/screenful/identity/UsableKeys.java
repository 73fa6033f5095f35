package dev.screenful.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.screenful.json.Excerpt;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JSON Web Key Set that can verify tokens. Other keys are left out, since one odd key
 * must not disable the others (RFC 7517, section 5).
 *
 * @param keys the usable keys
 * @param unusable the other keys by their ids, each with the reason, without those for encryption
 */
record UsableKeys(JWKSet keys, List<String> unusable) {

  /** Bits of the shortest RSA key (RFC 7518, section 3.3). */
  private static final int MIN_RSA_BITS = 2048;

  /**
   * Sorts the keys of a set.
   *
   * @param set a parsed JSON document
   * @throws ParseException if it is not a JSON Web Key Set
   */
  static UsableKeys of(@Nullable Object set) throws ParseException {
    if (!(set instanceof Map<?, ?> document) || !(document.get("keys") instanceof List<?> all)) {
      throw new ParseException("The issuer's keys are not a JSON Web Key Set.", 0);
    }
    List<JWK> keys = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    for (Object entry : all) {
      Map<String, Object> key = members(entry);
      if (!"enc".equals(key.get("use"))) { // many issuers publish a key for encryption too
        try {
          keys.add(usable(key));
        } catch (ParseException | RuntimeException reason) {
          unusable.add(id(key) + ": " + reason.getMessage());
        }
      }
    }
    return new UsableKeys(new JWKSet(keys), unusable);
  }

  private static Map<String, Object> members(@Nullable Object entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (entry instanceof Map<?, ?> object) {
      object.forEach((name, value) -> members.put(name.toString(), value));
    }
    return members;
  }

  private static JWK usable(Map<String, Object> members) throws ParseException {
    JWK key = JWK.parse(members);
    JWSAlgorithm algorithm =
        switch (key) {
          case RSAKey rsa when rsa.size() >= MIN_RSA_BITS -> JWSAlgorithm.RS256;
          case ECKey ec when ec.getCurve().equals(Curve.P_256) -> JWSAlgorithm.ES256;
          default -> throw unusable("It is neither RSA of 2048 bits or more, nor P-256.");
        };
    if (key.getKeyID() == null) {
      throw unusable("It has no key id (kid).");
    }
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      throw unusable("Its algorithm (alg) is not " + algorithm + ".");
    }
    boolean isForSignatures =
        (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
            && (key.getKeyOperations() == null
                || key.getKeyOperations().contains(KeyOperation.VERIFY));
    if (!isForSignatures) {
      throw unusable("It does not verify signatures (use, key_ops).");
    }
    return key;
  }

  private static ParseException unusable(String reason) {
    return new ParseException(reason, 0);
  }

  private static String id(Map<String, Object> key) {
    return Excerpt.of(String.valueOf(key.getOrDefault("kid", "without kid")));
  }
}
