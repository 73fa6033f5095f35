package dev.screenful.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies JSON Web Tokens of one OpenID Connect issuer: signature by one of the issuer's keys and
 * an allowed algorithm, issuer, audience and time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best current practices</a>
 */
public final class OpenIdTokenVerifier implements TokenVerifier {

  /** Characters of a token; those of Cognito have about 1,100. */
  private static final int LONGEST = 8192;

  /** Seconds that clocks may differ. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** Signatures by a private key only: with a shared one, who can verify can also sign. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  private final Issuer issuer;
  private final InstantSource clock;
  private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
  private volatile boolean hasKeys;

  /**
   * Trusts an issuer whose keys are known.
   *
   * @param clock tells whether a token is over
   */
  public OpenIdTokenVerifier(Issuer issuer, JWKSource<SecurityContext> keys, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
    signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    signatures.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)); // RFC 9068
    signatures.setJWTClaimsSetVerifier((claims, context) -> {}); // it is done here
  }

  /** Trusts an issuer, and finds its keys by discovery when the first token comes. */
  public static OpenIdTokenVerifier discovering(Issuer issuer, InstantSource clock) {
    return new OpenIdTokenVerifier(issuer, IssuerKeys.of(issuer), clock);
  }

  @Override
  public Caller.Verified verify(String token) throws InvalidToken {
    if (token.length() > LONGEST) {
      throw new InvalidToken("The token is longer than " + LONGEST + " characters.");
    }
    JWTClaimsSet claims = signed(token);
    requireTime(claims);
    try {
      List<String> audience =
          claims.getAudience().isEmpty()
              ? stringOrNone(claims.getStringClaim("client_id"))
              : claims.getAudience();
      return caller(
          claims.getIssuer(),
          audience,
          claims.getSubject(),
          claims.getStringClaim("name"),
          roles(claims.getClaim(issuer.rolesClaim())));
    } catch (ParseException wrongType) {
      throw new InvalidToken("A claim has a type that it can't have.");
    }
  }

  @Override
  public Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
    String audience = claims.getOrDefault("aud", claims.get("client_id"));
    return caller(
        claims.get("iss"),
        texts(audience),
        claims.get("sub"),
        claims.get("name"),
        Set.copyOf(texts(claims.get(issuer.rolesClaim()))));
  }

  private JWTClaimsSet signed(String token) throws InvalidToken {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (jwt.getHeader().getKeyID() == null) {
        throw new InvalidToken("The token names no key.");
      }
      JWTClaimsSet claims = signatures.process(jwt, null);
      hasKeys = true;
      return claims;
    } catch (ParseException notAToken) {
      throw new InvalidToken("It is not a signed JWT.");
    } catch (BadJOSEException untrusted) {
      throw new InvalidToken(String.valueOf(untrusted.getMessage()));
    } catch (RateLimitReachedException tooOften) {
      if (hasKeys) {
        throw new InvalidToken("Its key is unknown, and keys were read a moment ago.");
      }
      throw new IssuerUnavailable(tooOften);
    } catch (KeySourceException unreachable) {
      throw new IssuerUnavailable(unreachable);
    } catch (JOSEException unusable) {
      throw new InvalidToken("The signature can't be verified.");
    }
  }

  private void requireTime(JWTClaimsSet claims) throws InvalidToken {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    if (expires == null || !expires.toInstant().plus(SKEW).isAfter(now)) {
      throw new InvalidToken("The token is over, or does not say when it is.");
    }
    requireNotAfter(claims.getNotBeforeTime(), now);
    requireNotAfter(claims.getIssueTime(), now);
  }

  private static void requireNotAfter(@Nullable Date time, Instant now) throws InvalidToken {
    if (time != null && time.toInstant().minus(SKEW).isAfter(now)) {
      throw new InvalidToken("The token is of the future.");
    }
  }

  private Caller.Verified caller(
      @Nullable String by,
      List<String> audience,
      @Nullable String subject,
      @Nullable String name,
      Set<String> roles)
      throws InvalidToken {
    if (!issuer.uri().toString().equals(by)) {
      throw new InvalidToken("The token is of another issuer.");
    }
    if (audience.stream().noneMatch(issuer.audiences()::contains)) {
      throw new InvalidToken("The token is for another app.");
    }
    if (subject == null || subject.isBlank()) {
      throw new InvalidToken("The token names nobody.");
    }
    return new Caller.Verified(subject, name, roles);
  }

  private static Set<String> roles(@Nullable Object claim) {
    return switch (claim) {
      case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.toSet());
      case String role -> Set.of(role);
      case null -> Set.of();
      default -> Set.of();
    };
  }

  /** API Gateway hands lists on as {@code [a b]}. */
  private static List<String> texts(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.replaceAll("^\\[|]$", "").split("[ ,]+"))
            .filter(part -> !part.isEmpty())
            .distinct()
            .toList();
  }

  private static List<String> stringOrNone(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
