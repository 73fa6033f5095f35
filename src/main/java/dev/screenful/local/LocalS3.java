package dev.screenful.local;

import dev.screenful.aws.Credentials;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of S3 on loopback, in memory. It knows the requests of {@code dev.screenful.upload}:
 * {@code PUT} and {@code GET} by a presigned URL, {@code HEAD}, {@code DELETE ?tagging}, and
 * preflight requests. It refuses what S3 refuses: other signatures, headers that are missing or not
 * signed, expired URLs, other lengths and checksums, and a second {@code PUT}.
 *
 * <p>It computes signatures with code of its own, so that the function's code is checked.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">
 *     Authenticating requests: using query parameters</a>
 */
public final class LocalS3 implements AutoCloseable {

  private static final String BUCKET = "uploads";
  private static final String REGION = "us-east-1";
  private static final Credentials CREDENTIALS = new Credentials("local", "secret", "token");
  private static final Duration LONGEST_LIFE = Duration.ofDays(7);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);
  private static final Set<String> CORS_HEADERS =
      Set.of("content-type", "if-none-match", "x-amz-checksum-sha256", "x-amz-tagging");

  /** A stored object; the tags are empty once it is confirmed. */
  private record StoredObject(byte[] bytes, String contentType, String sha256, String tags) {}

  /** An error response of S3. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    private Refused(int status, String code) {
      super(code, null, false, false);
      this.status = status;
      this.code = code;
    }
  }

  private final LoopbackServer server;
  private final InstantSource clock;
  private final List<String> origins;
  private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

  /**
   * Starts the server.
   *
   * @param port the preferred port on loopback; if it is in use or 0, a free one
   * @param origins the origins of web pages that may send requests, or {@code *}
   */
  public LocalS3(int port, List<String> origins, InstantSource clock) throws IOException {
    this.clock = clock;
    this.origins = origins;
    this.server = listen(port).start(this::answer);
  }

  private static LoopbackServer listen(int port) throws IOException {
    try {
      return new LoopbackServer(port);
    } catch (IllegalStateException inUse) {
      return new LoopbackServer(0);
    }
  }

  /** The URL of the server. */
  public String url() {
    return "http://localhost:" + server.port();
  }

  /** The environment variables of a function that uses this bucket. */
  public Map<String, String> environment() {
    return Map.of(
        "UPLOAD_BUCKET",
        BUCKET,
        "AWS_ENDPOINT_URL_S3",
        url(),
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        CREDENTIALS.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY",
        CREDENTIALS.secretAccessKey(),
        "AWS_SESSION_TOKEN",
        String.valueOf(CREDENTIALS.sessionToken()));
  }

  /** Stores an object as if a client had sent it. */
  public void put(String object, String contentType, byte[] bytes) {
    String sha256 = Base64.getEncoder().encodeToString(LocalSignature.sha256(bytes));
    objects.put(object, new StoredObject(bytes, contentType, sha256, "upload=pending"));
  }

  /** The tags of an object; null if there is none. */
  public @Nullable String tags(String object) {
    StoredObject stored = objects.get(object);
    return stored == null ? null : stored.tags();
  }

  private void answer(Exchange exchange) throws IOException {
    byte[] body = exchange.body();
    boolean isAllowed = allowOrigin(exchange);
    try {
      if (exchange.method().equals("OPTIONS")) {
        preflight(exchange, isAllowed);
        return;
      }
      authenticate(exchange, body);
      respond(exchange, body);
    } catch (Refused refused) {
      byte[] xml =
          "<Error><Code>%s</Code></Error>".formatted(refused.code).getBytes(StandardCharsets.UTF_8);
      send(exchange, refused.status, "application/xml", xml);
    }
  }

  private static void send(Exchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.set("content-type", contentType).respond(status, body);
  }

  private boolean allowOrigin(Exchange exchange) {
    String origin = exchange.header("origin");
    boolean isAllowed = origin != null && (origins.contains(origin) || origins.contains("*"));
    if (isAllowed) {
      exchange.set("access-control-allow-origin", String.valueOf(origin));
    }
    return isAllowed;
  }

  private static void preflight(Exchange exchange, boolean isFromAllowedOrigin)
      throws IOException, Refused {
    String asked = String.valueOf(exchange.header("access-control-request-headers"));
    boolean isAllowed =
        isFromAllowedOrigin
            && Set.of("GET", "PUT")
                .contains(String.valueOf(exchange.header("access-control-request-method")))
            && CORS_HEADERS.containsAll(List.of(asked.toLowerCase(Locale.ROOT).split(", *", -1)));
    if (!isAllowed) {
      throw new Refused(403, "AccessForbidden");
    }
    exchange
        .set("access-control-allow-methods", "GET, PUT")
        .set("access-control-allow-headers", asked)
        .respond(200);
  }

  private void respond(Exchange exchange, byte[] body) throws IOException, Refused {
    String path = exchange.uri().getRawPath();
    if (!path.startsWith("/" + BUCKET + "/")) {
      throw new Refused(404, "NoSuchBucket");
    }
    String key = path.substring(BUCKET.length() + 2);
    String query = String.valueOf(exchange.uri().getRawQuery());
    switch (exchange.method()) {
      case "PUT" -> {
        store(key, exchange, body);
        send(exchange, 200, "text/plain", new byte[0]);
      }
      case "GET" -> send(exchange, 200, stored(key).contentType(), stored(key).bytes());
      case "HEAD" -> {
        if ("ENABLED".equals(exchange.header("x-amz-checksum-mode"))) {
          exchange.set("x-amz-checksum-sha256", stored(key).sha256());
        }
        send(exchange, 200, stored(key).contentType(), stored(key).bytes());
      }
      case "DELETE" -> {
        if (!query.equals("tagging")) {
          throw new Refused(405, "MethodNotAllowed");
        }
        StoredObject old = stored(key);
        objects.put(key, new StoredObject(old.bytes(), old.contentType(), old.sha256(), ""));
        exchange.respond(204);
      }
      default -> throw new Refused(405, "MethodNotAllowed");
    }
  }

  private StoredObject stored(String key) throws Refused {
    StoredObject stored = objects.get(key);
    if (stored == null) {
      throw new Refused(404, "NoSuchKey");
    }
    return stored;
  }

  private void store(String key, Exchange exchange, byte[] body) throws Refused {
    String sha256 = Base64.getEncoder().encodeToString(LocalSignature.sha256(body));
    if (!sha256.equals(exchange.header("x-amz-checksum-sha256"))) {
      throw new Refused(400, "BadDigest");
    }
    StoredObject object =
        new StoredObject(
            body,
            String.valueOf(exchange.header("content-type")),
            sha256,
            String.valueOf(exchange.header("x-amz-tagging")));
    if ("*".equals(exchange.header("if-none-match"))) {
      if (objects.putIfAbsent(key, object) != null) {
        throw new Refused(412, "PreconditionFailed");
      }
    } else {
      objects.put(key, object);
    }
  }

  /** Checks the signature in the query, or else in the header {@code authorization}. */
  private void authenticate(Exchange exchange, byte[] body) throws Refused {
    Map<String, String> query = parameters(exchange.uri().getRawQuery());
    String signature = query.remove("X-Amz-Signature");
    if (signature != null) {
      requireLife(query);
      requireToken(query.get("X-Amz-Security-Token"));
      requireSignature(
          exchange,
          query,
          value(query, "X-Amz-Credential"),
          value(query, "X-Amz-Date"),
          value(query, "X-Amz-SignedHeaders"),
          "UNSIGNED-PAYLOAD",
          signature);
      return;
    }
    Map<String, String> authorization = new HashMap<>();
    for (String part :
        String.valueOf(exchange.header("authorization"))
            .replace("AWS4-HMAC-SHA256 ", "")
            .split(", ", -1)) {
      int equals = part.indexOf('=');
      authorization.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
    }
    String hash = String.valueOf(exchange.header("x-amz-content-sha256"));
    if (!hash.equals(LocalSignature.hex(LocalSignature.sha256(body)))) {
      throw new Refused(400, "XAmzContentSHA256Mismatch");
    }
    String date = String.valueOf(exchange.header("x-amz-date"));
    if (Duration.between(time(date), clock.instant()).abs().compareTo(CLOCK_SKEW) > 0) {
      throw new Refused(403, "RequestTimeTooSkewed");
    }
    requireToken(exchange.header("x-amz-security-token"));
    requireSignature(
        exchange,
        query,
        value(authorization, "Credential"),
        date,
        value(authorization, "SignedHeaders"),
        hash,
        value(authorization, "Signature"));
  }

  private void requireLife(Map<String, String> query) throws Refused {
    Instant from = time(value(query, "X-Amz-Date"));
    Duration life;
    try {
      life = Duration.ofSeconds(Integer.parseInt(value(query, "X-Amz-Expires")));
    } catch (NumberFormatException malformed) {
      throw new Refused(400, "AuthorizationQueryParametersError");
    }
    Instant now = clock.instant();
    if (life.compareTo(LONGEST_LIFE) > 0 || now.plus(CLOCK_SKEW).isBefore(from)) {
      throw new Refused(400, "AuthorizationQueryParametersError");
    }
    if (now.isAfter(from.plus(life))) {
      throw new Refused(403, "AccessDenied");
    }
  }

  private static void requireToken(@Nullable String token) throws Refused {
    if (!String.valueOf(CREDENTIALS.sessionToken()).equals(token)) {
      throw new Refused(400, "InvalidToken");
    }
  }

  private static void requireSignature(
      Exchange exchange,
      Map<String, String> query,
      String credential,
      String date,
      String signedHeaders,
      String payload,
      String signature)
      throws Refused {
    String day = date.substring(0, 8);
    String scope = String.join("/", day, REGION, "s3", "aws4_request");
    if (!credential.equals(CREDENTIALS.accessKeyId() + "/" + scope)) {
      throw new Refused(403, "InvalidAccessKeyId");
    }
    List<String> names = List.of(signedHeaders.split(";", -1));
    for (String header : exchange.headers().keySet()) {
      String name = header.toLowerCase(Locale.ROOT);
      if ((name.startsWith("x-amz-") || name.equals("host")) && !names.contains(name)) {
        throw new Refused(403, "AccessDenied"); // "headers present which were not signed"
      }
    }
    String expected =
        LocalSignature.of(
            CREDENTIALS.secretAccessKey(),
            exchange.method(),
            exchange.uri().getRawPath(),
            query,
            names,
            exchange.headers(),
            payload,
            date,
            scope);
    if (!expected.equals(signature)) {
      throw new Refused(403, "SignatureDoesNotMatch");
    }
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      Arrays.stream(query.split("&", -1))
          .map(pair -> (pair + "=").split("=", 3))
          .forEach(
              pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
    return parameters;
  }

  private static String value(Map<String, String> parameters, String name) throws Refused {
    String value = parameters.get(name);
    if (value == null) {
      throw new Refused(403, "AccessDenied");
    }
    return value;
  }

  private static Instant time(String date) throws Refused {
    return LocalSignature.time(date).orElseThrow(() -> new Refused(403, "AccessDenied"));
  }

  @Override
  public void close() {
    server.close();
  }
}
