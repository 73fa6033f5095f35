package dev.screenful.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the public keys of an issuer, which it finds by OpenID Connect Discovery 1.0. It reads
 * nothing before the first token arrives.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  /** The time after which cached keys are read again. */
  private static final Duration CACHE_TIME = Duration.ofHours(1);

  /** The time that a request waits for keys that another request reads. */
  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(5);

  /** Keys are read at most twice in this interval, even if many tokens have unknown key ids. */
  private static final Duration RATE_LIMIT_INTERVAL = Duration.ofSeconds(30);

  /** Milliseconds to connect, and to read. */
  private static final int TIMEOUT_MILLIS = 2000;

  /** The maximum size of a document. An issuer has a few keys of half a kilobyte each. */
  private static final int MAX_BYTES = 50_000;

  private static final ResourceRetriever RETRIEVER =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);

  private final URI issuer;
  private volatile @Nullable URI keysUri;

  private IssuerKeys(URI issuer) {
    this.issuer = issuer;
  }

  /**
   * The cached keys of an issuer. They are read again if a token contains an unknown key id, and
   * stay valid beyond their cache time if the issuer is unavailable.
   */
  static JWKSource<SecurityContext> of(Issuer issuer) {
    return cached(new IssuerKeys(issuer.uri()));
  }

  /** The same for keys that never change, so that no issuer is read. */
  static JWKSource<SecurityContext> of(JWKSet fixed) {
    return cached(
        new JWKSetSource<>() {
          @Override
          public JWKSet getJWKSet(
              JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context) {
            return fixed;
          }

          @Override
          public void close() {}
        });
  }

  private static JWKSource<SecurityContext> cached(JWKSetSource<SecurityContext> source) {
    return JWKSourceBuilder.create(source)
        .cache(CACHE_TIME.toMillis(), WAIT_TIMEOUT.toMillis())
        .refreshAheadCache(false) // Lambda freezes threads between invocations
        .rateLimited(RATE_LIMIT_INTERVAL.toMillis())
        .outageTolerantForever()
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
      throws KeySourceException {
    try {
      URI address = keysUri;
      if (address == null) {
        address = discover();
        keysUri = address;
      }
      return JWKSet.parse(read(address));
    } catch (IOException | ParseException | MalformedJson | IllegalArgumentException failed) {
      throw new JWKSetRetrievalException("The issuer's keys can't be read.", failed);
    }
  }

  /** Returns the address of the keys (OpenID Connect Discovery 1.0, section 4). */
  private URI discover() throws IOException, MalformedJson {
    String base = issuer.toString().replaceAll("/$", "");
    byte[] document =
        read(URI.create(base + "/.well-known/openid-configuration"))
            .getBytes(StandardCharsets.UTF_8);
    if (Json.read(document) instanceof Map<?, ?> configuration
        && issuer.toString().equals(configuration.get("issuer"))
        && configuration.get("jwks_uri") instanceof String address) {
      return Issuer.requireHttps(URI.create(address));
    }
    throw new IOException(
        "The OpenID configuration at %s must contain 'jwks_uri' and the issuer %s."
            .formatted(base, issuer));
  }

  private static String read(URI address) throws IOException {
    return RETRIEVER.retrieveResource(address.toURL()).getContent();
  }

  @Override
  public void close() {}
}
