package dev.screenful.live;

import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.aws.Signer;
import dev.screenful.connection.ConnectionPool;
import dev.screenful.connection.Response;
import dev.screenful.store.Deadline;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/**
 * The connections of a WebSocket API of API Gateway.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html">
 *     Use {@code @connections} commands in your backend service</a>
 */
final class GatewayConnections implements Connections {

  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

  private static final int MAX_ATTEMPTS = 6;

  /** Milliseconds of the longest pause before the second attempt; doubles with each attempt. */
  private static final int INITIAL_PAUSE = 50;

  /** The hosts to which messages may go without TLS: those of this machine. */
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

  private static final int GONE = 410;
  private static final int THROTTLED = 429;

  private final Endpoint endpoint;
  private final ConnectionPool pool;
  private final Signer signer;
  private final CredentialsSource credentials;
  private final InstantSource clock;

  private GatewayConnections(
      Endpoint endpoint, CredentialsSource credentials, InstantSource clock) {
    this.endpoint = endpoint;
    this.pool = new ConnectionPool(endpoint.uri());
    this.signer = new Signer(endpoint.region(), "execute-api");
    this.credentials = credentials;
    this.clock = clock;
  }

  static GatewayConnections of(String url, Map<String, String> environment, InstantSource clock) {
    URI uri = uri(url);
    Endpoint endpoint = new Endpoint(uri, Endpoint.of("execute-api", environment).region());
    return new GatewayConnections(endpoint, CredentialsSource.of(environment, clock), clock);
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "CONNECTIONS_URL is not a URL: " + malformed.getMessage(), malformed);
    }
    boolean isSecure =
        "https".equals(uri.getScheme()) || LOCAL.contains(String.valueOf(uri.getHost()));
    if (!isSecure
        || uri.getHost() == null
        || uri.getRawQuery() != null
        || uri.getPath().endsWith("/")) {
      throw new IllegalArgumentException(
          "CONNECTIONS_URL must be the https URL of a stage, without a slash at its end, not %s."
              .formatted(url));
    }
    return uri;
  }

  @Override
  public boolean send(String connection, byte[] message, Deadline deadline) throws IOException {
    return call("POST", connection, message, deadline) != GONE;
  }

  @Override
  public void close(String connection, Deadline deadline) throws IOException {
    call("DELETE", connection, new byte[0], deadline);
  }

  /**
   * Makes a call, and repeats it if it is throttled or fails. A repeated message may arrive twice,
   * which does not harm: it says the same.
   */
  private int call(String method, String connection, byte[] body, Deadline deadline)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      int status = 0;
      IOException failure;
      try {
        status = attempt(method, connection, body, deadline).status();
        failure = refused(method, status);
      } catch (IOException failed) {
        failure = failed;
      }
      if ((status >= 200 && status < 300) || status == GONE) {
        return status;
      }
      boolean isFinal = status >= 400 && status < 500 && status != THROTTLED;
      if (isFinal || attempt == MAX_ATTEMPTS || !pause(attempt, deadline)) {
        throw failure;
      }
    }
  }

  private Response attempt(String method, String connection, byte[] body, Deadline deadline)
      throws IOException {
    String path =
        endpoint.uri().getRawPath()
            + "/@connections/"
            + URLEncoder.encode(connection, StandardCharsets.UTF_8);
    Map<String, String> headers =
        signer.sign(
            method,
            canonical(path),
            "",
            Map.of("host", endpoint.host(), "content-type", "application/json"),
            body,
            credentials.get(),
            clock.instant());
    Duration remaining = deadline.remaining();
    return pool.exchange(
        method + " " + path,
        headers,
        body,
        remaining.compareTo(ATTEMPT_TIMEOUT) < 0 ? remaining : ATTEMPT_TIMEOUT);
  }

  /** Signatures for all services but S3 encode the segments of a path twice. */
  private static String canonical(String path) {
    return path.replace("%", "%25").replace("@", "%40");
  }

  private static IOException refused(String method, int status) {
    return new IOException(
        "API Gateway answered %s @connections with status %d. Check the role's right execute-api:ManageConnections."
            .formatted(method, status));
  }

  /** Pauses with full jitter; returns false if the deadline would pass meanwhile. */
  private static boolean pause(int attempt, Deadline deadline) {
    Duration pause =
        Duration.ofMillis(new SecureRandom().nextInt(INITIAL_PAUSE << (attempt - 1)) + 1);
    if (pause.compareTo(deadline.remaining()) >= 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
