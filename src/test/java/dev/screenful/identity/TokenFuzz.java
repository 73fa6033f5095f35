package dev.screenful.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.screenful.Seeds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One token is good, and nothing that is made of it or beside it. */
final class TokenFuzz {

  private static final Instant NOW = Instant.parse("2026-01-15T14:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String APP = "4fqo0example";
  private static final URI ISSUER = URI.create("https://issuer.example");

  private static final RSAKey KEY = key();
  private static final String GOOD =
      signed(JWSAlgorithm.RS256, claims(NOW.plusSeconds(3600)), signer());
  private static final OpenIdTokens TOKENS =
      new OpenIdTokens(
          new Issuer(ISSUER, Set.of(APP), "cognito:groups"),
          new ImmutableJWKSet<>(new JWKSet(KEY)),
          CLOCK);

  /** The same one each time, or what is found today would be found no more tomorrow. */
  private static RSAKey key() {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(1);
      return new RSAKeyGenerator(2048).keyID("one").secureRandom(random).generate();
    } catch (GeneralSecurityException | JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JWTClaimsSet claims(Instant end) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER.toString())
        .audience(APP)
        .subject("traveller-1")
        .claim("cognito:groups", List.of("STAFF"))
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(end))
        .build();
  }

  private static JWSSigner signer() {
    try {
      return new RSASSASigner(KEY);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String signed(JWSAlgorithm algorithm, JWTClaimsSet claims, JWSSigner signer) {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
    try {
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }

  static Stream<Arguments> tokens() throws JOSEException {
    JWTClaimsSet claims = claims(NOW.plusSeconds(3600));
    return Stream.of(
        Seeds.of("the good one", GOOD),
        Seeds.of("over", signed(JWSAlgorithm.RS256, claims(NOW.minusSeconds(61)), signer())),
        Seeds.of("signed by nobody", new PlainJWT(claims).serialize()),
        Seeds.of(
            "signed by the public key",
            signed(JWSAlgorithm.HS256, claims, new MACSigner(KEY.toRSAPublicKey().getEncoded()))));
  }

  @MethodSource({"tokens", "dev.screenful.Seeds#tokens"})
  @FuzzTest
  void only_the_good_token_is_trusted(byte[] utf8) {
    String token = new String(utf8, StandardCharsets.UTF_8);
    try {
      Caller.Verified caller = TOKENS.verify(token);
      assertThat(caller).isEqualTo(new Caller.Verified("traveller-1", null, Set.of("STAFF")));
    } catch (InvalidToken refused) {
      assertThat(token).isNotEqualTo(GOOD);
      return;
    }
    String[] parts = token.trim().split("\\.", -1);
    String[] good = GOOD.split("\\.", -1);
    assertThat(Arrays.copyOf(parts, 2)).isEqualTo(Arrays.copyOf(good, 2));
    assertThat(new Base64URL(parts[2]).decode()).isEqualTo(new Base64URL(good[2]).decode());
  }
}
