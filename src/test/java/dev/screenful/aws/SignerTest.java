package dev.screenful.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The signer against AWS's Signature Version 4 test suite: all cases that POST to the path {@code
 * /} without a query.
 *
 * @see <a href="https://github.com/awslabs/aws-c-auth/tree/main/tests/aws-signing-test-suite/v4">
 *     AWS signing test suite</a>
 */
final class SignerTest {

  private static final Credentials CREDENTIALS =
      new Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);

  private static final Instant TIME = Instant.parse("2015-08-30T12:36:00Z");

  private static final String TOKEN =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

  private static String authorization(
      Map<String, String> more, String body, Credentials credentials) {
    Map<String, String> headers = new HashMap<>(Map.of("host", "example.amazonaws.com"));
    headers.putAll(more);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(
        new Signer("us-east-1", "service")
            .sign(headers, bytes, credentials, TIME)
            .get("authorization"));
  }

  private static String expected(String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=%s, Signature=%s"
        .formatted(signedHeaders, signature);
  }

  @Test
  void post_vanilla() {
    assertThat(authorization(Map.of(), "", CREDENTIALS))
        .isEqualTo(
            expected(
                "host;x-amz-date",
                "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
  }

  @ParameterizedTest
  @CsvSource({
    "my-header1, value1, c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
    "my-header1, VALUE1, cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
  })
  void post_header_key_sort_and_value_case(String name, String value, String signature) {
    assertThat(authorization(Map.of(name, value), "", CREDENTIALS))
        .isEqualTo(expected("host;my-header1;x-amz-date", signature));
  }

  @Test
  void post_sts_header_before() {
    Credentials temporary =
        new Credentials(CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey(), TOKEN);

    assertThat(authorization(Map.of(), "", temporary))
        .isEqualTo(
            expected(
                "host;x-amz-date;x-amz-security-token",
                "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-www-form-urlencoded | ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        "application/x-www-form-urlencoded; charset=utf8 | 1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe",
      })
  void post_x_www_form_urlencoded(String contentType, String signature) {
    assertThat(authorization(Map.of("content-type", contentType), "Param1=value1", CREDENTIALS))
        .isEqualTo(expected("content-type;host;x-amz-date", signature));
  }

  @Test
  void the_signing_key_follows_the_day_and_the_credentials() {
    Signer signer = new Signer("us-east-1", "service");
    Map<String, String> headers = Map.of("host", "example.amazonaws.com");
    Instant tomorrow = Instant.parse("2015-08-31T00:00:00Z");
    Credentials others = new Credentials("AKIDEXAMPLE", "another secret", null);

    assertThat(signer.sign(headers, new byte[0], CREDENTIALS, tomorrow))
        .isEqualTo(
            new Signer("us-east-1", "service").sign(headers, new byte[0], CREDENTIALS, tomorrow))
        .isNotEqualTo(signer.sign(headers, new byte[0], others, tomorrow));
    assertThat(signer.sign(headers, new byte[0], CREDENTIALS, TIME).get("authorization"))
        .isEqualTo(authorization(Map.of(), "", CREDENTIALS));
  }

  /**
   * The example of the S3 API reference.
   *
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">
   *     Authenticating requests: using query parameters</a>
   */
  @Test
  void a_presigned_url_is_that_of_the_example() {
    Credentials example =
        new Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    String query =
        new Signer("us-east-1", "s3")
            .presign(
                "GET",
                "/test.txt",
                Map.of("host", "examplebucket.s3.amazonaws.com"),
                Duration.ofDays(1),
                example,
                Instant.parse("2013-05-24T00:00:00Z"));

    assertThat(query)
        .isEqualTo(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
  }
}
