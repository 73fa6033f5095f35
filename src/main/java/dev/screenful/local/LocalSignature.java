package dev.screenful.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the AWS Signature Version 4 that a received request must have. The code is independent
 * of the function's own, so that the function's signatures are checked.
 */
final class LocalSignature {

  private LocalSignature() {}

  /**
   * The signature in hexadecimal digits.
   *
   * @param secret the secret access key
   * @param path the canonical path
   * @param query the parameters, decoded
   * @param names the names of the signed headers, in lower case and in order
   * @param headers by name in any case
   * @param payload the SHA-256 of the body in hexadecimal digits, or a placeholder
   * @param date the time of the request, such as {@code 20260115T140000Z}
   * @param scope the date, the region, the service and {@code aws4_request}, with slashes
   */
  static String of(
      String secret,
      String method,
      String path,
      Map<String, String> query,
      List<String> names,
      Map<String, List<String>> headers,
      String payload,
      String date,
      String scope) {
    StringBuilder canonicalQuery = new StringBuilder();
    new TreeMap<>(query)
        .forEach((name, value) ->
            canonicalQuery
                .append(canonicalQuery.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    StringBuilder canonicalHeaders = new StringBuilder();
    for (String name : names) {
      List<String> values = headers.getOrDefault(name, List.of());
      canonicalHeaders.append(name + ":" + String.join(",", values).strip() + "\n");
    }
    String request =
        String.join(
            "\n", method, path, canonicalQuery, canonicalHeaders, String.join(";", names), payload);
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            date,
            scope,
            hex(sha256(request.getBytes(StandardCharsets.UTF_8))));
    return hex(hmac(key, text));
  }

  /** A time such as {@code 20260115T140000Z}; empty if it is malformed. */
  static Optional<Instant> time(String date) {
    try {
      return Optional.of(
          DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
              .withZone(ZoneOffset.UTC)
              .parse(date, Instant::from));
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
