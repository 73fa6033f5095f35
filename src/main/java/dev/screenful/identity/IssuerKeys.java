package dev.screenful.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, found by OpenID Connect Discovery 1.0 and cached. Nothing is read
 * before the first token arrives. The keys are read again if a token names an unknown one, and stay
 * valid beyond their cache time if the issuer is unavailable.
 */
final class IssuerKeys implements JWKSource<KeyDeadline> {

  /** The time after which keys are read again. */
  private static final Duration CACHE_TIME = Duration.ofHours(1);

  /** The time for which known keys are used after a read that failed. */
  private static final Duration RETRY_TIME = Duration.ofMinutes(5);

  /** Keys are read at most twice in this interval, even if many tokens have unknown key ids. */
  private static final Duration RATE_LIMIT_INTERVAL = Duration.ofSeconds(30);

  /** Milliseconds to connect, and to wait for each packet; the deadline is for all of it. */
  private static final int TIMEOUT_MILLIS = 1000;

  /** The maximum size of a document. An issuer has a few keys of half a kilobyte each. */
  private static final int MAX_BYTES = 50_000;

  private static final ResourceRetriever RETRIEVER =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);

  private final URI issuer;
  private final InstantSource clock;
  private final Log log;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile @Nullable URI address;

  // guarded by the lock
  private @Nullable KeySourceException failure; // of the last read
  private Instant lastRead = Instant.MIN;
  private Instant previousRead = Instant.MIN;
  private List<String> reported = List.of();

  /** Keys, and the time at which they are read again. */
  private record Known(JWKSet keys, Instant expires) {}

  IssuerKeys(Issuer issuer, InstantSource clock, Log log) {
    this.issuer = issuer.uri();
    this.clock = clock;
    this.log = log;
  }

  /**
   * Returns the matching keys, by the deadline.
   *
   * @throws OtherIssuer if the OpenID configuration is of another issuer
   * @throws KeySourceException if the issuer is unavailable and no known key matches
   */
  @Override
  public List<JWK> get(JWKSelector selector, KeyDeadline deadline) throws KeySourceException {
    Known cached = known;
    if (cached != null && clock.instant().isBefore(cached.expires())) {
      List<JWK> matching = selector.select(cached.keys());
      if (!matching.isEmpty()) {
        return matching;
      }
    }
    return readAgain(cached, selector, deadline);
  }

  private List<JWK> readAgain(@Nullable Known cached, JWKSelector selector, KeyDeadline deadline)
      throws KeySourceException {
    if (!locked(deadline)) {
      throw new KeySourceException("Another request is still reading the issuer's keys.");
    }
    try {
      Instant now = clock.instant();
      boolean isAllowed = !previousRead.plus(RATE_LIMIT_INTERVAL).isAfter(now);
      if (Objects.equals(known, cached) && isAllowed) {
        previousRead = lastRead;
        lastRead = now;
        read(now, deadline);
      }
      Known latest = known;
      List<JWK> matching = latest == null ? List.of() : selector.select(latest.keys());
      if (matching.isEmpty() && failure != null) { // the key may be a new one
        throw failure;
      }
      return matching;
    } finally {
      lock.unlock();
    }
  }

  private boolean locked(KeyDeadline deadline) {
    try {
      return lock.tryLock(deadline.remaining(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Reads the keys on another thread, because an issuer that sends a byte now and then passes every
   * timeout of a socket. A virtual thread closes its socket when it is interrupted.
   */
  private void read(Instant now, KeyDeadline deadline) {
    FutureTask<UsableKeys> reading = new FutureTask<>(this::download);
    Thread.startVirtualThread(reading);
    try {
      UsableKeys keys = reading.get(deadline.remaining(), TimeUnit.NANOSECONDS);
      known = new Known(keys.keys(), now.plus(CACHE_TIME));
      failure = null;
      report(keys.unusable());
    } catch (ExecutionException failed) {
      address = null; // the issuer may have moved its keys
      failed(now, failed.getCause());
    } catch (TimeoutException late) {
      failed(now, late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      failed(now, stopped);
    } finally {
      reading.cancel(true);
    }
  }

  private void failed(Instant now, @Nullable Throwable cause) {
    failure =
        cause instanceof OtherIssuer other
            ? other
            : new KeySourceException("The issuer's keys can't be read in time.", cause);
    Known old = known;
    if (old != null && old.expires().isBefore(now.plus(RETRY_TIME))) {
      known = new Known(old.keys(), now.plus(RETRY_TIME));
    }
  }

  private UsableKeys download()
      throws IOException, MalformedJson, ParseException, KeySourceException {
    URI keysAddress = address;
    if (keysAddress == null) {
      keysAddress = discover();
      address = keysAddress;
    }
    return UsableKeys.of(document(keysAddress));
  }

  /** Returns the address of the keys (OpenID Connect Discovery 1.0, section 4). */
  private URI discover() throws IOException, MalformedJson, KeySourceException {
    String text = issuer.toString();
    String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    URI location = URI.create(base + "/.well-known/openid-configuration");
    if (!(document(location) instanceof Map<?, ?> configuration)
        || !(configuration.get("jwks_uri") instanceof String keys)) {
      throw new IOException("The OpenID configuration at " + location + " has no 'jwks_uri'.");
    }
    if (!text.equals(configuration.get("issuer"))) {
      throw new OtherIssuer(
          "ISSUER is %s, but its OpenID configuration names %s."
              .formatted(text, configuration.get("issuer")));
    }
    URI found = URI.create(keys);
    if (!Issuer.isHttps(found)) {
      throw new IOException("The issuer's keys must have an https URL, not " + found + ".");
    }
    return found;
  }

  private static @Nullable Object document(URI location) throws IOException, MalformedJson {
    String text = RETRIEVER.retrieveResource(location.toURL()).getContent();
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private void report(List<String> unusable) {
    if (!unusable.isEmpty() && !unusable.equals(reported)) {
      log.warning(
          "issuerKeys",
          Map.of(
              "message",
              "Tokens that name these keys of the issuer are refused.",
              "keys",
              unusable));
    }
    reported = unusable;
  }
}
