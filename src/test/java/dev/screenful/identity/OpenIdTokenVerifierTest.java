package dev.screenful.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accepted and refused tokens, with an issuer that serves its keys over HTTP. */
final class OpenIdTokenVerifierTest {

  private static final Instant NOW = Instant.parse("2026-01-15T14:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String APP = "4fqo0example";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final List<JWK> keys = new ArrayList<>();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger discoveries = new AtomicInteger();
  private HttpServer server;
  private boolean isDown;
  private String odd = "";
  private String named;
  private RSAKey key;
  private String uri;
  private OpenIdTokenVerifier tokens;

  OpenIdTokenVerifierTest() throws IOException, JOSEException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    uri = "http://localhost:" + server.getAddress().getPort() + "/pool";
    named = uri;
    key = rsa("one");
    keys.add(key);
    tokens =
        OpenIdTokenVerifier.discovering(
            new Issuer(URI.create(uri), Set.of(APP), "cognito:groups"), CLOCK, log);
  }

  private static RSAKey rsa(String id) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(id).generate();
  }

  @BeforeEach
  void serve() {
    respond(
        "/pool/.well-known/openid-configuration",
        () -> {
          discoveries.incrementAndGet();
          return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(named, uri);
        });
    respond(
        "/pool/keys",
        () -> {
          reads.incrementAndGet();
          return new JWKSet(keys).toString(true).replace("\"keys\":[", "\"keys\":[" + odd);
        });
    server.start();
  }

  private void respond(String path, Supplier<String> body) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isDown ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static JWTClaimsSet.Builder claims(String issuer) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(APP)
        .subject("traveller-1")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> changes) throws JOSEException {
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
        changes.apply(claims(uri)).build(),
        new RSASSASigner(key));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private Caller.Verified verify(String token) throws InvalidToken {
    return tokens.verify(token, TIMEOUT);
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> verify(token)).isInstanceOf(InvalidToken.class);
  }

  @Test
  void an_id_token_names_its_caller() throws Exception {
    Caller.Verified caller =
        verify(token(c -> c.claim("name", "A name").claim("cognito:groups", List.of("STAFF"))));

    Instant expiry = NOW.plusSeconds(3600 + 60); // the tolerated clock skew
    assertThat(caller)
        .isEqualTo(new Caller.Verified("traveller-1", "A name", Set.of("STAFF"), expiry));
  }

  @Test
  void an_access_token_of_cognito_has_a_client_id_in_place_of_an_audience() throws Exception {
    String ours =
        token(c -> c.audience((String) null).claim("client_id", APP).claim("token_use", "access"));
    String others = token(c -> c.audience((String) null).claim("client_id", "other"));

    assertThat(verify(ours).id()).isEqualTo("traveller-1");
    assertRefused(others);
    assertRefused(token(c -> c.audience("other").claim("client_id", APP)));
  }

  @Test
  void elliptic_curve_keys_are_accepted_too() throws Exception {
    ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    keys.add(ec);

    assertThat(
            verify(
                    signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(),
                        claims(uri).build(),
                        new ECDSASigner(ec)))
                .id())
        .isEqualTo("traveller-1");
  }

  @Test
  void a_token_is_accepted_within_its_validity_period_and_a_minute_of_clock_skew()
      throws Exception {
    assertThat(verify(token(c -> c.expirationTime(Date.from(NOW.minusSeconds(59))))).id())
        .isEqualTo("traveller-1");
    assertRefused(token(c -> c.expirationTime(Date.from(NOW.minusSeconds(61)))));
    assertRefused(token(c -> c.expirationTime(null)));
    assertRefused(token(c -> c.notBeforeTime(Date.from(NOW.plusSeconds(61)))));
    assertRefused(token(c -> c.issueTime(Date.from(NOW.plusSeconds(61)))));
    assertThat(verify(token(c -> c.notBeforeTime(Date.from(NOW.plusSeconds(59))))).id())
        .isEqualTo("traveller-1");
  }

  @Test
  void a_token_must_have_a_key_id_a_known_type_and_a_known_algorithm() throws Exception {
    assertRefused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).build(),
            claims(uri).build(),
            new RSASSASigner(key)));
    assertRefused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .type(new JOSEObjectType("dpop+jwt"))
                .build(),
            claims(uri).build(),
            new RSASSASigner(key)));
    assertRefused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("one").build(),
            claims(uri).build(),
            new RSASSASigner(key)));
  }

  @Test
  void the_type_of_an_access_token_may_be_written_in_full() throws Exception {
    for (String type : List.of("JWT", "jwt", "at+jwt", "application/at+jwt")) {
      String token =
          signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID("one")
                  .type(new JOSEObjectType(type))
                  .build(),
              claims(uri).build(),
              new RSASSASigner(key));
      assertThat(verify(token).id()).isEqualTo("traveller-1");
    }
  }

  @Test
  void a_changed_token_is_refused() throws Exception {
    String[] parts = token(c -> c).split("\\.", -1);
    String payload =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("traveller-1", "traveller-2");

    assertRefused(
        parts[0]
            + "."
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + "."
            + parts[2]);
  }

  @Test
  void claims_of_a_wrong_type_are_refused_or_ignored() throws Exception {
    assertRefused(token(c -> c.claim("name", List.of("x"))));
    assertThat(verify(token(c -> c.claim("cognito:groups", Map.of("a", 1)))).roles()).isEmpty();
  }

  @Test
  void keys_are_cached_and_unknown_key_ids_cause_few_reads() throws Exception {
    verify(token(c -> c));
    verify(token(c -> c));
    assertThat(reads.get()).isEqualTo(1);

    key = rsa("two");
    keys.add(key);
    assertThat(verify(token(c -> c)).id()).isEqualTo("traveller-1");
    assertThat(reads.get()).isEqualTo(2);

    key = rsa("unknown");
    for (int time = 0; time < 50; time++) {
      assertRefused(token(c -> c));
    }
    assertThat(reads.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void keys_that_were_read_ahead_are_not_read_again_for_the_first_token() throws Exception {
    tokens.prepare();
    assertThat(reads.get()).isEqualTo(1);

    verify(token(c -> c));

    assertThat(reads.get()).isEqualTo(1);
  }

  @Test
  void during_an_outage_cached_keys_still_work_and_without_keys_the_issuer_is_unavailable()
      throws Exception {
    isDown = true;
    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);

    OpenIdTokenVerifier other =
        OpenIdTokenVerifier.discovering(
            new Issuer(URI.create(uri), Set.of(APP), "cognito:groups"), CLOCK, log);
    isDown = false;
    other.verify(token(c -> c), TIMEOUT);
    isDown = true;
    assertThat(other.verify(token(c -> c), TIMEOUT).id()).isEqualTo("traveller-1");
  }

  @Test
  void a_token_is_verified_once_in_five_minutes() throws Exception {
    AtomicReference<Instant> time = new AtomicReference<>(NOW);
    AtomicInteger verifications = new AtomicInteger();
    OpenIdTokenVerifier counting =
        new OpenIdTokenVerifier(
            new Issuer(URI.create(uri), Set.of(APP), "cognito:groups"),
            (selector, context) -> {
              verifications.incrementAndGet();
              return selector.select(new JWKSet(keys));
            },
            time::get);
    String token = token(c -> c.expirationTime(Date.from(NOW.plusSeconds(600))));
    String other = token(c -> c.subject("traveller-2"));

    assertThat(counting.verify(token, TIMEOUT)).isEqualTo(counting.verify(token, TIMEOUT));
    assertThat(verifications.get()).isEqualTo(1);
    assertThat(counting.verify(other, TIMEOUT).id()).isEqualTo("traveller-2");
    int signature = token.lastIndexOf('.') + 1;
    char changed = token.charAt(signature) == 'x' ? 'y' : 'x';
    String forged = token.substring(0, signature) + changed + token.substring(signature + 1);
    assertThatThrownBy(() -> counting.verify(forged, TIMEOUT)).isInstanceOf(InvalidToken.class);
    assertThat(verifications.get()).isEqualTo(3);

    time.set(NOW.plusSeconds(299));
    assertThat(counting.verify(token, TIMEOUT).id()).isEqualTo("traveller-1");
    assertThat(verifications.get()).isEqualTo(3);
    time.set(NOW.plusSeconds(300));
    assertThat(counting.verify(token, TIMEOUT).id()).isEqualTo("traveller-1");
    assertThat(verifications.get()).isEqualTo(4);
  }

  @Test
  void an_expired_token_is_refused_even_if_it_was_verified_a_moment_ago() throws Exception {
    AtomicReference<Instant> time = new AtomicReference<>(NOW);
    OpenIdTokenVerifier verifier =
        OpenIdTokenVerifier.discovering(
            new Issuer(URI.create(uri), Set.of(APP), "cognito:groups"), time::get, log);
    String token = token(c -> c.expirationTime(Date.from(NOW.plusSeconds(10))));

    verifier.verify(token, TIMEOUT);
    time.set(NOW.plusSeconds(71));
    assertThatThrownBy(() -> verifier.verify(token, TIMEOUT)).isInstanceOf(InvalidToken.class);
    time.set(NOW.minusSeconds(120)); // the clock was set back: the token is not issued yet
    assertThatThrownBy(() -> verifier.verify(token, TIMEOUT)).isInstanceOf(InvalidToken.class);
  }

  @Test
  void claims_verified_by_api_gateway_are_accepted_as_strings() throws Exception {
    assertThat(
            tokens.authorized(
                Map.of(
                    "iss",
                    uri,
                    "aud",
                    APP,
                    "sub",
                    "traveller-1",
                    "cognito:groups",
                    "[STAFF CREW]")))
        .isEqualTo(new Caller.Verified("traveller-1", null, Set.of("STAFF", "CREW")));
    assertThatThrownBy(() -> tokens.authorized(Map.of("sub", "traveller-1")))
        .isInstanceOf(InvalidToken.class);
  }

  @Test
  void keys_that_can_not_be_used_are_left_out_and_named_in_one_line() throws Exception {
    odd =
        """
        {"kty":"EC","crv":"BP-256","kid":"brainpool","x":"AA","y":"AA"},
        {"kty":"RSA","kid":"connect","key_ops":["connect"],"n":"AQAB","e":"AQAB"},
        {"kid":"untyped"},
        {"kty":"AKP","kid":"unknown type","pub":"AA"},
        {"kty":"RSA","kid":7},
        {"kty":"RSA","kid":"encryption","use":"enc","alg":"RSA-OAEP","n":"AQAB","e":"AQAB"},
        "not a key",
        """;
    keys.add(new RSAKeyGenerator(1024, true).keyID("short").generate());
    keys.add(new RSAKeyGenerator(2048).algorithm(JWSAlgorithm.RS512).keyID("rs512").generate());
    keys.add(
        new RSAKeyGenerator(2048)
            .keyOperations(Set.of(KeyOperation.ENCRYPT))
            .keyID("encrypts")
            .generate());
    keys.add(new RSAKeyGenerator(2048).generate());

    assertThat(verify(token(c -> c)).id()).isEqualTo("traveller-1");
    assertThat(verify(token(c -> c.subject("traveller-2"))).id()).isEqualTo("traveller-2");
    key = rsa("brainpool");
    assertRefused(token(c -> c));
    key = keys.get(2).toRSAKey(); // rs512
    assertRefused(token(c -> c));

    assertThat(lines.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("issuerKeys", "brainpool", "connect", "untyped", "unknown type", "7:", "short")
        .contains("rs512", "encrypts", "without kid")
        .doesNotContain("one:", "encryption:");
  }

  @Test
  void a_token_of_an_issuer_with_or_without_a_slash_is_refused_at_once_and_both_are_named()
      throws Exception {
    String token = token(c -> c.issuer(uri + "/"));

    assertThatThrownBy(() -> verify(token))
        .isInstanceOf(InvalidToken.class)
        .hasMessage("ISSUER is %s, but the token was issued by %s/.", uri, uri);
    assertThat(discoveries.get()).isZero();
  }

  @Test
  void a_configuration_of_another_issuer_is_no_outage_and_both_are_named() throws Exception {
    named = uri + "/";

    for (int time = 0; time < 5; time++) {
      assertThatThrownBy(() -> verify(token(c -> c)))
          .isInstanceOf(InvalidToken.class)
          .hasMessage("ISSUER is %s, but its OpenID configuration names %s/.", uri, uri);
    }
    assertThat(discoveries.get()).isEqualTo(2);
  }

  @Test
  void a_token_with_a_new_key_is_not_refused_while_the_issuer_is_down() throws Exception {
    verify(token(c -> c));
    isDown = true;
    key = rsa("new");

    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
  }

  @Test
  void keys_are_read_again_after_an_hour_and_an_outage_then_is_tried_again_after_five_minutes()
      throws Exception {
    AtomicReference<Instant> time = new AtomicReference<>(NOW);
    OpenIdTokenVerifier verifier =
        OpenIdTokenVerifier.discovering(
            new Issuer(URI.create(uri), Set.of(APP), "cognito:groups"), time::get, log);
    for (int minutes : new int[] {0, 59, 60, 61}) {
      time.set(NOW.plus(Duration.ofMinutes(minutes)));
      String token =
          token(c -> c.jwtID("at " + minutes).expirationTime(Date.from(NOW.plusSeconds(99_999))));
      assertThat(verifier.verify(token, TIMEOUT).id()).isEqualTo("traveller-1");
    }
    assertThat(reads.get()).isEqualTo(2);

    isDown = true;
    for (int minutes : new int[] {120, 121, 124, 125, 126}) {
      time.set(NOW.plus(Duration.ofMinutes(minutes)));
      String token =
          token(c -> c.jwtID("at " + minutes).expirationTime(Date.from(NOW.plusSeconds(99_999))));
      assertThat(verifier.verify(token, TIMEOUT).id()).isEqualTo("traveller-1");
    }
    assertThat(reads.get() + discoveries.get()).isEqualTo(5);
  }

  @Test
  void keys_that_have_moved_are_found_again() throws Exception {
    server.removeContext("/pool/keys");
    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
    respond("/pool/keys", () -> new JWKSet(keys).toString(true));

    assertThat(verify(token(c -> c)).id()).isEqualTo("traveller-1");
    assertThat(discoveries.get()).isEqualTo(2);
  }

  @Test
  @Timeout(60)
  void an_issuer_that_sends_a_byte_now_and_then_is_given_up() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    server.removeContext("/pool/keys");
    server.createContext(
        "/pool/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
              body.write(' ');
              body.flush();
              Thread.sleep(20);
            }
          } catch (IOException | InterruptedException end) {
            closed.countDown();
          }
        });

    assertThatThrownBy(() -> verify(token(c -> c))).isInstanceOf(IssuerUnavailable.class);
    assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue(); // the connection is closed too
    assertThatThrownBy(() -> tokens.verify(token(c -> c), Duration.ZERO))
        .isInstanceOf(IssuerUnavailable.class);
  }

  @Test
  void only_access_and_id_tokens_are_accepted() throws Exception {
    for (String use : List.of("access", "id")) { // Amazon Cognito
      assertThat(verify(token(c -> c.claim("token_use", use))).id()).isEqualTo("traveller-1");
    }
    for (String type : List.of("Bearer", "ID")) { // Keycloak
      assertThat(verify(token(c -> c.claim("typ", type))).id()).isEqualTo("traveller-1");
    }
    for (Object use : List.of("refresh", "", "ACCESS", List.of("access"))) {
      assertRefused(token(c -> c.claim("token_use", use)));
    }
    for (String type : List.of("Refresh", "Offline", "Logout")) {
      assertRefused(token(c -> c.claim("typ", type)));
    }
    assertThatThrownBy(() ->
            tokens.authorized(
                Map.of("iss", uri, "aud", APP, "sub", "traveller-1", "token_use", "refresh")))
        .isInstanceOf(InvalidToken.class);
  }

  @Test
  void a_subject_has_at_most_255_characters() throws Exception {
    String longest = "s".repeat(255);
    Map<String, String> claims = Map.of("iss", uri, "aud", APP, "sub", longest + "s");

    assertThat(verify(token(c -> c.subject(longest))).id()).isEqualTo(longest);
    assertRefused(token(c -> c.subject(longest + "s")));
    assertThatThrownBy(() -> tokens.authorized(claims)).isInstanceOf(InvalidToken.class);
  }

  @Test
  void an_issuer_must_have_an_https_url_and_client_ids() {
    for (String wrong :
        List.of(
            "issuer.example",
            "//issuer.example",
            "https:issuer.example",
            "https:///pool",
            "https://user@issuer.example",
            "https://issuer.example?a=b",
            "https://issuer.example#a",
            "ftp://issuer.example",
            "https://issuer.example/.well-known/openid-configuration")) {
      assertThatThrownBy(() -> new Issuer(URI.create(wrong), Set.of(APP), "roles"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ISSUER");
    }
    assertThatThrownBy(() -> new Issuer(URI.create("http://issuer.example"), Set.of(APP), "roles"))
        .hasMessageContaining("ISSUER must be an https URL");
    assertThatThrownBy(() -> new Issuer(URI.create("https://issuer.example"), Set.of(), "roles"))
        .hasMessageContaining("client ids");
  }
}
