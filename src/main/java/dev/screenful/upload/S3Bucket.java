package dev.screenful.upload;

import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.aws.Signer;
import dev.screenful.connection.Connection;
import dev.screenful.connection.Response;
import dev.screenful.crypto.Sha256;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bucket of S3. A presigned {@code PUT} signs the size, the content type and the checksum, which
 * S3 verifies, and {@code If-None-Match}, so that an object can't be replaced.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">
 *     Authenticating requests: using query parameters</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">
 *     Checking object integrity</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">
 *     Conditional writes</a>
 */
final class S3Bucket implements Bucket {

  /**
   * The lifetime of a presigned {@code PUT}. A URL also ends with the credentials that signed it;
   * those of the container endpoint are renewed five minutes earlier.
   */
  private static final Duration PUT_LIFE = Duration.ofMinutes(5);

  /** URLs for reading are equal for this time, so that clients can cache by URL. */
  private static final Duration URL_STEP = Duration.ofMinutes(5);

  private static final int ATTEMPTS = 2;

  private final String path;
  private final Endpoint endpoint;
  private final Signer signer;
  private final CredentialsSource credentials;
  private final InstantSource clock;

  /**
   * A bucket.
   *
   * @param service S3 itself, which has the bucket's name in the host, or another server, which has
   *     it in the path
   */
  S3Bucket(Endpoint service, String name, CredentialsSource credentials, InstantSource clock) {
    boolean isAws = service.host().startsWith("s3.");
    this.path = isAws ? "/" : "/" + name + "/";
    this.endpoint =
        isAws
            ? new Endpoint(URI.create("https://" + name + "." + service.host()), service.region())
            : service;
    this.signer = new Signer(service.region(), "s3");
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Put put(Upload upload) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", upload.contentType());
    headers.put("if-none-match", "*");
    headers.put("x-amz-checksum-sha256", upload.sha256());
    headers.put("x-amz-tagging", PENDING);
    Map<String, String> signed = new HashMap<>(headers);
    signed.put("content-length", Integer.toString(upload.bytes())); // clients send it by themselves
    Instant now = clock.instant();
    return new Put(
        presigned("PUT", upload.object(), signed, PUT_LIFE, now), headers, now.plus(PUT_LIFE));
  }

  @Override
  public String url(String object) throws IOException {
    long step = URL_STEP.toSeconds();
    Instant start = Instant.ofEpochSecond(clock.instant().getEpochSecond() / step * step);
    return presigned("GET", object, Map.of(), URL_STEP.multipliedBy(2), start);
  }

  private String presigned(
      String method, String object, Map<String, String> headers, Duration life, Instant time)
      throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("host", endpoint.host());
    String query = signer.presign(method, path + object, all, life, credentials.get(), time);
    return endpoint.uri().getScheme() + "://" + endpoint.host() + path + object + "?" + query;
  }

  @Override
  public boolean contains(Upload upload, Duration timeout) throws IOException {
    Response response =
        call("HEAD", upload.object(), "", Map.of("x-amz-checksum-mode", "ENABLED"), timeout);
    return switch (response.status()) {
      case 200 ->
          Integer.toString(upload.bytes()).equals(response.header("content-length"))
              && upload.contentType().equals(response.header("content-type"))
              && upload.sha256().equals(response.header("x-amz-checksum-sha256"));
      case 404 -> false;
      default -> throw refused("HEAD", response);
    };
  }

  @Override
  public void keep(String object, Duration timeout) throws IOException {
    Response response = call("DELETE", object, "tagging", Map.of(), timeout);
    if (response.status() != 204) {
      throw refused("DELETE", response);
    }
  }

  /** Calls S3 on a connection of its own. Both calls may be repeated. */
  private Response call(
      String method, String object, String query, Map<String, String> more, Duration timeout)
      throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = Connection.open(endpoint.uri(), deadline)) {
        Response response =
            connection.exchange(
                method + " " + path + object + (query.isEmpty() ? "" : "?" + query),
                signed(method, object, query, more),
                new byte[0],
                deadline);
        if (response.status() < 500 || attempt == ATTEMPTS) {
          return response;
        }
      } catch (IOException failed) {
        if (attempt == ATTEMPTS || System.nanoTime() >= deadline) {
          throw failed;
        }
      }
    }
  }

  private Map<String, String> signed(
      String method, String object, String query, Map<String, String> more) throws IOException {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("host", endpoint.host());
    headers.put("x-amz-content-sha256", Sha256.hex(""));
    String canonicalQuery = query.isEmpty() ? "" : query + "=";
    return signer.sign(
        method,
        path + object,
        canonicalQuery,
        headers,
        new byte[0],
        credentials.get(),
        clock.instant());
  }

  private static IOException refused(String method, Response response) {
    return new IOException(
        "S3 answered %s with status %d. Check the role's rights to the bucket."
            .formatted(method, response.status()));
  }
}
