package dev.screenful.aws;

import dev.screenful.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Signs {@code POST} requests to the path {@code /} with AWS Signature Version 4.
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

  /**
   * The headers with {@code x-amz-date}, the session token and {@code authorization} added.
   *
   * @param headers by name in lower case, values without redundant white space
   */
  public Map<String, String> sign(
      Map<String, String> headers, byte[] body, Credentials credentials, Instant time) {
    String timestamp = timestamp(time);
    String date = timestamp.substring(0, 8);
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-date", timestamp);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    String names = String.join(";", signed.keySet());
    StringBuilder canonical = new StringBuilder("POST\n/\n\n");
    signed.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n');
    canonical.append(HexFormat.of().formatHex(Sha256.digest(body)));
    String scope = date + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + Sha256.hex(canonical.toString());
    String signature = HexFormat.of().formatHex(Sha256.hmac(key(credentials, date), toSign));
    signed.put(
        "authorization",
        ALGORITHM
            + (" Credential=" + credentials.accessKeyId() + "/" + scope)
            + (", SignedHeaders=" + names + ", Signature=" + signature));
    return signed;
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
