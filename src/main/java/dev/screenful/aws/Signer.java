package dev.screenful.aws;

import dev.screenful.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with AWS Signature Version 4.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
public final class Signer {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** The signing key of one day, which is the same for all requests with these credentials. */
  private record Key(Credentials credentials, String date, byte[] bytes) {}

  private final String region;
  private final String service;
  private volatile @Nullable Key key;

  /** A signer for one service in one region. */
  public Signer(String region, String service) {
    this.region = region;
    this.service = service;
  }

  /** The headers of a {@code POST} to the path {@code /}, see the other method. */
  public Map<String, String> sign(
      Map<String, String> headers, byte[] body, Credentials credentials, Instant time) {
    return sign("POST", "/", "", headers, body, credentials, time);
  }

  /**
   * The headers with {@code x-amz-date}, the session token and {@code authorization} added.
   *
   * @param path the path, percent-encoded
   * @param query the parameters in the order of their names, each with a {@code =}, percent-encoded
   * @param headers by name in lower case, values without redundant white space
   */
  public Map<String, String> sign(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      byte[] body,
      Credentials credentials,
      Instant time) {
    String timestamp = timestamp(time);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-date", timestamp);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    String bodyHash = HexFormat.of().formatHex(Sha256.digest(body));
    String canonical = canonical(method, path, query, signed, bodyHash);
    String signature = signature(canonical, timestamp, credentials);
    String names = String.join(";", signed.keySet());
    signed.put(
        "authorization",
        ALGORITHM
            + (" Credential=" + credentials.accessKeyId() + "/" + scope(timestamp))
            + (", SignedHeaders=" + names + ", Signature=" + signature));
    return signed;
  }

  /**
   * The query of a presigned URL, for a request with an unsigned body.
   *
   * @param path the path, percent-encoded
   * @param headers the headers that the request must have, with {@code host}, by name in lower case
   * @param life the time for which the URL is valid, at most seven days
   */
  public String presign(
      String method,
      String path,
      Map<String, String> headers,
      Duration life,
      Credentials credentials,
      Instant time) {
    String timestamp = timestamp(time);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    StringBuilder query = new StringBuilder(512).append("X-Amz-Algorithm=").append(ALGORITHM);
    query.append("&X-Amz-Credential=");
    encode(credentials.accessKeyId() + "/" + scope(timestamp), query);
    query.append("&X-Amz-Date=").append(timestamp);
    query.append("&X-Amz-Expires=").append(life.toSeconds());
    if (credentials.sessionToken() != null) {
      query.append("&X-Amz-Security-Token=");
      encode(credentials.sessionToken(), query);
    }
    query.append("&X-Amz-SignedHeaders=");
    encode(String.join(";", signed.keySet()), query);
    String canonical = canonical(method, path, query.toString(), signed, "UNSIGNED-PAYLOAD");
    return query
        .append("&X-Amz-Signature=")
        .append(signature(canonical, timestamp, credentials))
        .toString();
  }

  private static String canonical(
      String method,
      String path,
      String query,
      SortedMap<String, String> headers,
      String bodyHash) {
    StringBuilder canonical = new StringBuilder(1024).append(method).append('\n');
    canonical.append(path).append('\n').append(query).append('\n');
    headers.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(String.join(";", headers.keySet())).append('\n');
    return canonical.append(bodyHash).toString();
  }

  private String scope(String timestamp) {
    return timestamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
  }

  private String signature(String canonical, String timestamp, Credentials credentials) {
    String toSign =
        ALGORITHM + "\n" + timestamp + "\n" + scope(timestamp) + "\n" + Sha256.hex(canonical);
    byte[] signing = key(credentials, timestamp.substring(0, 8));
    return HexFormat.of().formatHex(Sha256.hmac(signing, toSign));
  }

  /** Percent-encodes all but the unreserved characters (RFC 3986, section 2.3). */
  private static void encode(String value, StringBuilder encoded) {
    for (byte next : value.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (next & 0xFF);
      boolean isUnreserved =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || "-._~".indexOf(character) >= 0;
      if (isUnreserved) {
        encoded.append(character);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(next));
      }
    }
  }

  private byte[] key(Credentials credentials, String date) {
    Key cached = key;
    if (cached == null
        || !cached.date().equals(date)
        || !cached.credentials().equals(credentials)) {
      byte[] secret = ("AWS4" + credentials.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
      byte[] ofRegion = Sha256.hmac(Sha256.hmac(secret, date), region);
      byte[] bytes = Sha256.hmac(Sha256.hmac(ofRegion, service), "aws4_request");
      cached = new Key(credentials, date, bytes);
      key = cached;
    }
    return cached.bytes();
  }

  /** ISO 8601 basic format in UTC, such as {@code 20260115T140000Z}. */
  private static String timestamp(Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(16);
    digits(text, utc.getYear(), 4);
    digits(text, utc.getMonthValue(), 2);
    digits(text, utc.getDayOfMonth(), 2);
    text.append('T');
    digits(text, utc.getHour(), 2);
    digits(text, utc.getMinute(), 2);
    digits(text, utc.getSecond(), 2);
    return text.append('Z').toString();
  }

  private static void digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    text.repeat('0', width - digits.length()).append(digits);
  }
}
