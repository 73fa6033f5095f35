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
 * The public keys of an issuer, found by OpenID Connect Discovery 1.0. Nothing is read before the
 * first token comes.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  /** How long keys are used before they are read again. */
  private static final Duration FRESH = Duration.ofHours(1);

  /** How long a caller waits for keys that another one reads. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * In this time keys are read again twice at the most, however many tokens name keys that nobody
   * knows.
   */
  private static final Duration BETWEEN_READS = Duration.ofSeconds(30);

  /** To connect, and to read. */
  private static final int TIMEOUT_MILLIS = 2000;

  /** Bytes of a document; an issuer has a handful of keys of half a kilobyte. */
  private static final int LONGEST = 50_000;

  private static final ResourceRetriever WEB =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LONGEST);

  private final URI issuer;
  private volatile @Nullable URI keys;

  private IssuerKeys(URI issuer) {
    this.issuer = issuer;
  }

  /**
   * Keys that are kept, read again where a token names an unknown one, and used beyond their time
   * where the issuer can't be reached.
   */
  static JWKSource<SecurityContext> of(Issuer issuer) {
    return JWKSourceBuilder.create(new IssuerKeys(issuer.uri()))
        .cache(FRESH.toMillis(), PATIENCE.toMillis())
        .refreshAheadCache(false) // between invocations a function's threads stand still
        .rateLimited(BETWEEN_READS.toMillis())
        .outageTolerantForever()
        .build();
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
      throws KeySourceException {
    try {
      URI address = keys;
      if (address == null) {
        address = discover();
        keys = address;
      }
      return JWKSet.parse(read(address));
    } catch (IOException | ParseException | MalformedJson | IllegalArgumentException failed) {
      throw new JWKSetRetrievalException("The issuer's keys can't be read.", failed);
    }
  }

  /** OpenID Connect Discovery 1.0, section 4. */
  private URI discover() throws IOException, MalformedJson {
    String base = issuer.toString().replaceAll("/$", "");
    byte[] document =
        read(URI.create(base + "/.well-known/openid-configuration"))
            .getBytes(StandardCharsets.UTF_8);
    if (Json.read(document) instanceof Map<?, ?> configuration
        && issuer.toString().equals(configuration.get("issuer"))
        && configuration.get("jwks_uri") instanceof String address) {
      return Issuer.requireSafe(URI.create(address));
    }
    throw new IOException("The configuration at " + base + " is not that of this issuer.");
  }

  private static String read(URI address) throws IOException {
    return WEB.retrieveResource(address.toURL()).getContent();
  }

  @Override
  public void close() {}
}
