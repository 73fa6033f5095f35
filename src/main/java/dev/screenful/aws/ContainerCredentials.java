package dev.screenful.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.screenful.connection.Connection;
import dev.screenful.connection.Response;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from the container credentials endpoint, which Lambda provides with SnapStart. They
 * are cached, and loaded again before they expire. If the endpoint fails, the old ones are used
 * until they expire.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">
 *     Container credential provider</a>
 */
final class ContainerCredentials implements CredentialsSource {

  /** New credentials are loaded this long before the old ones expire. */
  private static final Duration REFRESH_AHEAD = Duration.ofMinutes(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** The hosts that may be used without TLS: loopback, ECS and EKS. */
  private static final Set<String> LOCAL_HOSTS =
      Set.of(
          "localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

  private record Loaded(Credentials credentials, Instant expiration) {}

  private final URI uri;
  private final @Nullable String token;
  private final InstantSource clock;
  private @Nullable Loaded loaded;

  /**
   * Credentials of an endpoint. Nothing is loaded yet.
   *
   * @param token the value of the header {@code authorization}
   */
  ContainerCredentials(URI uri, @Nullable String token, InstantSource clock) {
    if (!"https".equals(uri.getScheme()) && !LOCAL_HOSTS.contains(String.valueOf(uri.getHost()))) {
      throw new IllegalArgumentException(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI must be an https URL or a local address.");
    }
    this.uri = uri;
    this.token = token;
    this.clock = clock;
  }

  @Override
  public synchronized Credentials get() throws IOException {
    Instant now = clock.instant();
    Loaded current = loaded;
    if (current != null && now.isBefore(current.expiration().minus(REFRESH_AHEAD))) {
      return current.credentials();
    }
    try {
      current = load();
      loaded = current;
    } catch (IOException failed) {
      if (current == null || !now.isBefore(current.expiration())) {
        throw failed;
      }
    }
    return current.credentials();
  }

  @Override
  public synchronized void forget() {
    loaded = null;
  }

  private Loaded load() throws IOException {
    Endpoint endpoint = new Endpoint(uri, "");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.host());
    headers.put("accept", "application/json");
    if (token != null) {
      headers.put("authorization", token);
    }
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    try (Connection connection = Connection.open(uri, deadline)) {
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      Response response =
          connection.exchange("GET " + path + query, headers, new byte[0], deadline);
      if (response.status() != 200) {
        throw new IOException("The credentials endpoint returned status " + response.status());
      }
      return parse(response.body());
    }
  }

  private static Loaded parse(byte[] json) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("The credentials are not an object.");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, String.valueOf(parser.getText()));
        parser.skipChildren();
      }
      return new Loaded(
          new Credentials(
              required(fields, "AccessKeyId"),
              required(fields, "SecretAccessKey"),
              required(fields, "Token")),
          Instant.parse(required(fields, "Expiration")));
    } catch (DateTimeException malformed) {
      throw new IOException("The credentials have a malformed expiration.", malformed);
    }
  }

  private static String required(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("The credentials lack the field " + name + ".");
    }
    return value;
  }
}
