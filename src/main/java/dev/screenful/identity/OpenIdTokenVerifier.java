package dev.screenful.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.screenful.telemetry.Log;
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
 * Verifies JSON Web Tokens of one OpenID Connect issuer: the signature by one of the issuer's keys
 * with an allowed algorithm, the issuer, the audience and the times.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best current practices</a>
 */
public final class OpenIdTokenVerifier implements TokenVerifier {

  /** The maximum length of a token in characters; Cognito's have about 1,100. */
  private static final int MAX_LENGTH = 8192;

  /**
   * The maximum length of a subject in characters, which OpenID Connect Core 1.0 sets in section 2.
   * Keys contain it, so it must not come near DynamoDB's limit of 2,048 bytes.
   */
  static final int MAX_SUBJECT = 255;

  /** The tolerated difference between the clocks of the issuer and this function. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

  /** The longest time that a request waits for the issuer's keys. */
  private static final Duration KEY_TIME = Duration.ofSeconds(1);

  /** The time to read the keys before any request waits for them. */
  private static final Duration PREPARATION_TIME = Duration.ofSeconds(5);

  /** Asymmetric algorithms only: a shared secret that verifies tokens can also sign them. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

  /** Keycloak's names for tokens that are not for an API. */
  private static final Set<String> OTHER_TYPES = Set.of("Refresh", "Offline", "Logout");

  private final Issuer issuer;
  private final JWKSource<KeyDeadline> keys;
  private final InstantSource clock;
  private final DefaultJWTProcessor<KeyDeadline> processor = new DefaultJWTProcessor<>();
  private final VerifiedTokens verified = new VerifiedTokens();

  /**
   * A verifier for an issuer with given keys.
   *
   * @param clock the time for the expiry of tokens
   */
  public OpenIdTokenVerifier(Issuer issuer, JWKSource<KeyDeadline> keys, InstantSource clock) {
    this.issuer = issuer;
    this.keys = keys;
    this.clock = clock;
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"), // RFC 9068, section 4
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWTClaimsSetVerifier((claims, context) -> {}); // this class verifies the claims
  }

  /**
   * A verifier that reads the issuer's keys by discovery when the first token arrives.
   *
   * @param log receives a warning if the issuer has keys that can't be used
   */
  public static OpenIdTokenVerifier discovering(Issuer issuer, InstantSource clock, Log log) {
    return new OpenIdTokenVerifier(issuer, new IssuerKeys(issuer, clock, log), clock);
  }

  /**
   * A verifier for an issuer with fixed keys.
   *
   * @param keys a JSON Web Key Set
   * @throws IllegalArgumentException if the keys are malformed
   */
  public static OpenIdTokenVerifier of(Issuer issuer, String keys, InstantSource clock) {
    try {
      return new OpenIdTokenVerifier(issuer, new ImmutableJWKSet<>(JWKSet.parse(keys)), clock);
    } catch (ParseException malformed) {
      throw new IllegalArgumentException("The keys are not a JSON Web Key Set.", malformed);
    }
  }

  @Override
  public void prepare() {
    try {
      keys.get(new JWKSelector(new JWKMatcher.Builder().build()), KeyDeadline.in(PREPARATION_TIME));
    } catch (KeySourceException unreachable) {
      throw new IssuerUnavailable(unreachable);
    }
  }

  @Override
  public Caller.Verified verify(String token, Duration timeout) throws InvalidToken {
    if (token.length() > MAX_LENGTH) {
      throw new InvalidToken("The token is longer than " + MAX_LENGTH + " characters.");
    }
    Instant now = clock.instant();
    Caller.Verified known = verified.get(token, now);
    if (known != null) {
      return known;
    }
    JWTClaimsSet claims =
        verifiedClaims(token, KeyDeadline.in(timeout.compareTo(KEY_TIME) < 0 ? timeout : KEY_TIME));
    Instant expires = requireValidTime(claims, now);
    Caller.Verified caller = caller(claims).until(expires);
    verified.put(token, caller, now, expires);
    return caller;
  }

  private Caller.Verified caller(JWTClaimsSet claims) throws InvalidToken {
    try {
      List<String> audience =
          claims.getAudience().isEmpty()
              ? listOfNullable(claims.getStringClaim("client_id"))
              : claims.getAudience();
      requireUse(claims.getStringClaim("token_use"), claims.getClaim("typ"));
      return caller(
          claims.getIssuer(),
          audience,
          claims.getSubject(),
          claims.getStringClaim("name"),
          roles(claims.getClaim(issuer.rolesClaim())));
    } catch (ParseException wrongType) {
      throw new InvalidToken("A claim of the token has the wrong type.");
    }
  }

  @Override
  public Caller.Verified authorized(Map<String, String> claims) throws InvalidToken {
    requireUse(claims.get("token_use"), claims.get("typ"));
    String audience = claims.getOrDefault("aud", claims.get("client_id"));
    return caller(
        claims.get("iss"),
        strings(audience),
        claims.get("sub"),
        claims.get("name"),
        Set.copyOf(strings(claims.get(issuer.rolesClaim()))));
  }

  private JWTClaimsSet verifiedClaims(String token, KeyDeadline deadline) throws InvalidToken {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (jwt.getHeader().getKeyID() == null) {
        throw new InvalidToken("The token must have a key id (kid) in its header.");
      }
      requireIssuer(jwt.getJWTClaimsSet().getIssuer()); // no keys are read for another issuer's
      return processor.process(jwt, deadline);
    } catch (ParseException notAToken) {
      throw new InvalidToken("The token is not a signed JWT.");
    } catch (BadJOSEException untrusted) {
      throw new InvalidToken(String.valueOf(untrusted.getMessage()));
    } catch (OtherIssuer misconfigured) {
      throw new InvalidToken(String.valueOf(misconfigured.getMessage()));
    } catch (KeySourceException unreachable) {
      throw new IssuerUnavailable(unreachable);
    } catch (JOSEException unusable) {
      throw new InvalidToken("The signature can't be verified.");
    }
  }

  /** Returns the time at which the token is no longer accepted. */
  private static Instant requireValidTime(JWTClaimsSet claims, Instant now) throws InvalidToken {
    Date expires = claims.getExpirationTime();
    if (expires == null || !expires.toInstant().plus(MAX_CLOCK_SKEW).isAfter(now)) {
      throw new InvalidToken("The token has expired, or has no expiry time (exp).");
    }
    requireNotInFuture(claims.getNotBeforeTime(), now);
    requireNotInFuture(claims.getIssueTime(), now);
    return expires.toInstant().plus(MAX_CLOCK_SKEW);
  }

  private static void requireNotInFuture(@Nullable Date time, Instant now) throws InvalidToken {
    if (time != null && time.toInstant().minus(MAX_CLOCK_SKEW).isAfter(now)) {
      throw new InvalidToken("The token is not valid yet (nbf or iat).");
    }
  }

  private Caller.Verified caller(
      @Nullable String issuedBy,
      List<String> audience,
      @Nullable String subject,
      @Nullable String name,
      Set<String> roles)
      throws InvalidToken {
    requireIssuer(issuedBy);
    if (audience.stream().noneMatch(issuer.audiences()::contains)) {
      throw new InvalidToken("The token was issued for another app.");
    }
    if (subject == null || subject.isBlank()) {
      throw new InvalidToken("The token has no subject (sub).");
    }
    if (subject.length() > MAX_SUBJECT) {
      throw new InvalidToken(
          "The subject (sub) is longer than "
              + MAX_SUBJECT
              + " characters, OpenID Connect's limit.");
    }
    return new Caller.Verified(subject, name, roles);
  }

  /**
   * Refuses tokens that prove no identity to an API, such as refresh tokens.
   *
   * @param use the claim {@code token_use} of Amazon Cognito
   * @param type the claim {@code typ} of Keycloak
   */
  private static void requireUse(@Nullable String use, @Nullable Object type) throws InvalidToken {
    if ((use != null && !use.equals("access") && !use.equals("id"))
        || (type instanceof String name && OTHER_TYPES.contains(name))) {
      throw new InvalidToken("The token is neither an access token nor an ID token.");
    }
  }

  private void requireIssuer(@Nullable String issuedBy) throws InvalidToken {
    if (!issuer.uri().toString().equals(issuedBy)) {
      throw new InvalidToken(
          "ISSUER is %s, but the token was issued by %s.".formatted(issuer.uri(), issuedBy));
    }
  }

  private static Set<String> roles(@Nullable Object claim) {
    return switch (claim) {
      case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.toSet());
      case String role -> Set.of(role);
      case null -> Set.of();
      default -> Set.of();
    };
  }

  /** The entries of a list, which API Gateway passes as {@code [a b]}. */
  private static List<String> strings(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    boolean isList = text.startsWith("[") && text.endsWith("]");
    String entries = isList ? text.substring(1, text.length() - 1) : text;
    return Arrays.stream(entries.replace(',', ' ').split(" ", -1))
        .filter(entry -> !entry.isEmpty())
        .distinct()
        .toList();
  }

  private static List<String> listOfNullable(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
