package dev.screenful.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.screenful.identity.Issuer;
import dev.screenful.identity.OpenIdTokenVerifier;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.json.Json;
import dev.screenful.screens.ScreenExample;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A small OpenID Connect issuer for the development identities: discovery, keys and tokens. It
 * generates its key at start-up and never exports it. Neither this class nor the key is part of a
 * deployed function.
 */
public final class DevelopmentIssuer {

  /** The client id of the app that its tokens are issued for. */
  private static final String CLIENT_ID = "development";

  private static final String ROLES_CLAIM = "cognito:groups";
  private static final String USERNAME = "username=";
  private static final Duration LIFETIME = Duration.ofDays(1);

  private final URI uri;
  private final List<DevelopmentIdentity> identities;
  private final InstantSource clock;
  private final JWK key;
  private final SecureRandom random;

  /**
   * An issuer.
   *
   * @param uri the issuer identifier; the server at this address must pass requests to {@link
   *     #answer}
   * @param identities the users to issue tokens for
   * @param clock the time for the issue of tokens, which are valid for one day
   */
  public DevelopmentIssuer(URI uri, List<DevelopmentIdentity> identities, InstantSource clock) {
    this(uri, identities, clock, newKey(), new SecureRandom());
  }

  /**
   * An issuer that signs with a given key: ES256 for a key on the curve P-256, RS256 for RSA.
   *
   * @param random the random numbers in signatures
   */
  DevelopmentIssuer(
      URI uri,
      List<DevelopmentIdentity> identities,
      InstantSource clock,
      JWK key,
      SecureRandom random) {
    this.uri = uri;
    this.identities = List.copyOf(identities);
    this.clock = clock;
    this.key = key;
    this.random = random;
  }

  /** An RSA key, as of Amazon Cognito. */
  private static JWK newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("This Java runtime lacks RSA.", impossible);
    }
  }

  /** Its public key. */
  JWK key() {
    return key.toPublicJWK();
  }

  /** The settings of a function that trusts it, as environment variables. */
  public Map<String, String> settings() {
    return Map.of("ISSUER", uri.toString(), "CLIENT_IDS", CLIENT_ID, "ROLES_CLAIM", ROLES_CLAIM);
  }

  /** A verifier for its tokens, the same as that of a deployed function for any issuer. */
  public TokenVerifier verifier(Log log) {
    return OpenIdTokenVerifier.discovering(
        new Issuer(uri, Set.of(CLIENT_ID), ROLES_CLAIM), clock, log);
  }

  /** The users, without {@link DevelopmentIdentity#ANYONE}. */
  List<DevelopmentIdentity> identities() {
    return identities.stream()
        .filter(identity -> !identity.equals(DevelopmentIdentity.ANYONE))
        .toList();
  }

  /**
   * Issues a token for an identity.
   *
   * @throws IllegalArgumentException if no identity has the id, and not anyone can sign in
   */
  public String token(String id) {
    DevelopmentIdentity identity =
        identity(id)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "The caller '%s' must be one of the development identities %s."
                        .formatted(id, ids())));
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm()).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(uri.toString())
                .audience(CLIENT_ID)
                .subject(identity.id())
                .claim("name", identity.name())
                .claim(ROLES_CLAIM, List.copyOf(identity.roles()))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm());
      signer.getJCAContext().setSecureRandom(random);
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("The token can't be signed.", impossible);
    }
    return token.serialize();
  }

  /**
   * Issues a token for the caller of an example; empty if it is anonymous.
   *
   * @throws IllegalStateException if the caller is not one of the identities; the message names the
   *     file
   */
  public Optional<String> token(ScreenExample example) {
    try {
      return Optional.ofNullable(example.caller()).map(this::token);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalStateException(example.file() + ": " + unknown.getMessage(), unknown);
    }
  }

  private JWSAlgorithm algorithm() {
    return key.getKeyType().equals(KeyType.RSA) ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
  }

  private Optional<DevelopmentIdentity> identity(String id) {
    return identities().stream()
        .filter(identity -> identity.id().equals(id))
        .findFirst()
        .or(() ->
            identities.contains(DevelopmentIdentity.ANYONE) && !id.isBlank()
                ? Optional.of(new DevelopmentIdentity(id, id, Set.of()))
                : Optional.empty());
  }

  private List<String> ids() {
    return identities().stream().map(DevelopmentIdentity::id).toList();
  }

  /**
   * Answers a request for the discovery document or the keys, or {@code POST /token} with {@code
   * username=ID} for a token.
   *
   * @return false if the path is not one of the issuer; then nothing was sent
   */
  public boolean answer(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case "/.well-known/openid-configuration" ->
          respond(
              exchange,
              200,
              Map.of(
                  "issuer", uri.toString(),
                  "jwks_uri", uri + "/.well-known/jwks.json",
                  "token_endpoint", uri + "/token",
                  "id_token_signing_alg_values_supported", List.of(algorithm().getName()),
                  "response_types_supported", List.of("token"),
                  "subject_types_supported", List.of("public")));
      case "/.well-known/jwks.json" -> respond(exchange, 200, new JWKSet(key()).toJSONObject());
      case "/token" -> token(exchange);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void token(Exchange exchange) throws IOException {
    String form = new String(exchange.body(), StandardCharsets.UTF_8);
    Optional<DevelopmentIdentity> identity =
        Stream.of(form.split("&", -1))
            .filter(field -> field.startsWith(USERNAME))
            .findFirst()
            .flatMap(field -> decoded(field.substring(USERNAME.length())))
            .flatMap(this::identity);
    if (!exchange.method().equals("POST") || identity.isEmpty()) {
      respond(
          exchange,
          400,
          Map.of(
              "error",
              "invalid_request",
              "error_description",
              "Send username=ID in a POST request. ID must be one of " + ids() + "."));
      return;
    }
    respond(
        exchange,
        200,
        Map.of(
            "access_token", token(identity.get().id()),
            "token_type", "Bearer",
            "expires_in", LIFETIME.toSeconds()));
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static void respond(Exchange exchange, int status, Map<String, ?> document)
      throws IOException {
    exchange
        .set("content-type", "application/json")
        .set("cache-control", "no-store")
        .respond(status, Json.bytes(document));
  }
}
