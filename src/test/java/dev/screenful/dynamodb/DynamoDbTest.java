package dev.screenful.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.aws.Credentials;
import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing, retries, deadlines and errors, with faults injected below the client. */
final class DynamoDbTest {

  private static final String ERROR = "com.amazonaws.dynamodb.v20120810#";
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Expressions NONE = new Expressions(Map.of(), Map.of());
  private static final GetItem GET =
      new GetItem("t", Map.of("pk", "a", "sk", "b"), null, NONE, false);

  /** Answers with the next step of a script: a response, or an {@link IOException}. */
  private static final class Script implements Transport {

    private final Deque<Object> steps = new ArrayDeque<>();
    private final List<Map<String, String>> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();

    Script(Object... steps) {
      this.steps.addAll(List.of(steps));
    }

    @Override
    public Response post(Map<String, String> sent, byte[] body, Duration timeout)
        throws IOException {
      headers.add(sent);
      bodies.add(new String(body, StandardCharsets.UTF_8));
      return switch (steps.removeFirst()) {
        case Response response -> response;
        case IOException failure -> throw failure;
        case Object other -> throw new IllegalStateException(other.toString());
      };
    }

    DynamoDb client() {
      return client(() -> new Credentials("id", "secret", "token"));
    }

    DynamoDb client(CredentialsSource credentials) {
      Endpoint endpoint = Endpoint.of("dynamodb", Map.of("AWS_REGION", "eu-central-1"));
      return new DynamoDb(endpoint, credentials, this, () -> Instant.parse("2026-01-15T14:00:00Z"));
    }
  }

  private static Response response(int status, String json) {
    return new Response(status, Map.of(), json.getBytes(StandardCharsets.UTF_8));
  }

  private static Response item() {
    return response(
        200,
        "{\"Item\":{\"pk\":{\"S\":\"a\"}},\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":0.5}}");
  }

  private static Response error(int status, String code) {
    return response(status, "{\"__type\":\"" + ERROR + code + "\",\"message\":\"why\"}");
  }

  @Test
  void a_request_is_signed_for_the_regions_endpoint() {
    Script script = new Script(item());

    GetItem.Response response = script.client().call(GET, TIME);

    assertThat(response.item()).isEqualTo(Map.of("pk", "a"));
    assertThat(response.units()).isEqualTo(0.5);
    assertThat(script.headers.getFirst())
        .containsEntry("host", "dynamodb.eu-central-1.amazonaws.com")
        .containsEntry("x-amz-target", "DynamoDB_20120810.GetItem")
        .containsEntry("content-type", "application/x-amz-json-1.0")
        .containsEntry("x-amz-date", "20260115T140000Z")
        .containsEntry("x-amz-security-token", "token")
        .hasEntrySatisfying(
            "authorization",
            value ->
                assertThat(value)
                    .startsWith(
                        "AWS4-HMAC-SHA256 Credential=id/20260115/eu-central-1/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, "));
    assertThat(script.bodies)
        .containsExactly(
            "{\"TableName\":\"t\",\"Key\":{\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}},\"ConsistentRead\":false,\"ReturnConsumedCapacity\":\"TOTAL\"}"
                .replace(
                    "\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}",
                    script.bodies.getFirst().contains("{\"sk\":{\"S\"")
                        ? "\"sk\":{\"S\":\"b\"},\"pk\":{\"S\":\"a\"}"
                        : "\"pk\":{\"S\":\"a\"},\"sk\":{\"S\":\"b\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException",
    "400, ThrottlingException",
    "400, RequestLimitExceeded",
    "400, TransactionInProgressException",
    "500, InternalServerError",
    "503, ServiceUnavailable",
  })
  void a_transient_error_is_retried(int status, String code) {
    Script script = new Script(error(status, code), error(status, code), item());

    assertThat(script.client().call(GET, TIME).item()).isNotNull();
    assertThat(script.bodies).hasSize(3).containsOnly(script.bodies.getFirst());
  }

  @Test
  void a_lost_response_is_retried_with_the_same_idempotency_token() {
    Script script =
        new Script(
            new IOException("reset"),
            response(200, "{\"ConsumedCapacity\":[{\"CapacityUnits\":2},{\"CapacityUnits\":4}]}"));
    TransactWriteItems transaction =
        new TransactWriteItems(
            "the token",
            List.of(
                new TransactWriteItems.Put(
                    "t", Map.of("pk", "a"), "attribute_not_exists(pk)", NONE)));

    assertThat(script.client().call(transaction, TIME)).isEqualTo(6);
    assertThat(script.bodies)
        .hasSize(2)
        .containsOnly(script.bodies.getFirst())
        .allMatch(body -> body.contains("\"ClientRequestToken\":\"the token\""));
  }

  @Test
  void after_four_attempts_dynamodb_is_unavailable() {
    Script script =
        new Script(
            new IOException("1"),
            error(500, "InternalServerError"),
            new IOException("3"),
            error(400, "ThrottlingException"),
            item());

    assertThatThrownBy(() -> script.client().call(GET, TIME))
        .isInstanceOf(DynamoDbUnavailable.class)
        .hasMessageContaining("ThrottlingException");
    assertThat(script.bodies).hasSize(4);
  }

  @Test
  void when_the_retry_quota_is_used_up_calls_fail_at_their_first_error() {
    Object[] failures = new Object[1000];
    java.util.Arrays.fill(failures, new IOException("down"));
    Script script = new Script(failures);
    DynamoDb client = script.client();
    int calls = 0;
    int attempts = 0;
    do {
      int before = script.bodies.size();
      calls++;
      assertThatThrownBy(() -> client.call(GET, Duration.ofSeconds(9)))
          .isInstanceOf(DynamoDbUnavailable.class);
      attempts = script.bodies.size() - before;
    } while (attempts > 1 || calls < 20);

    assertThat(script.bodies).hasSizeLessThanOrEqualTo(calls + 100); // 500 tokens, 5 each
  }

  @Test
  void a_call_does_not_pause_beyond_its_deadline() {
    Script script = new Script(new IOException("down"), new IOException("down"), item());

    assertThatThrownBy(() -> script.client().call(GET, Duration.ofNanos(1)))
        .isInstanceOf(CallTimedOut.class);
    assertThat(script.bodies).hasSize(1);
  }

  @Test
  void an_attempt_that_ends_with_the_deadline_times_out_the_call() {
    Script script = new Script(new SocketTimeoutException("late"), item());

    assertThatThrownBy(() -> script.client().call(GET, Duration.ofSeconds(1)))
        .isInstanceOf(CallTimedOut.class);
    assertThat(script.bodies).hasSize(1);
  }

  @Test
  void an_attempt_that_ends_before_the_deadline_is_retried() {
    Script script = new Script(new SocketTimeoutException("slow"), item());

    assertThat(script.client().call(GET, Duration.ofSeconds(5)).item()).isNotNull();
    assertThat(script.bodies).hasSize(2);
  }

  @Test
  void the_item_of_a_failed_condition_is_returned() {
    Script script =
        new Script(
            response(
                400,
                "{\"__type\":\""
                    + ERROR
                    + "ConditionalCheckFailedException\",\"Item\":{\"n\":{\"N\":\"7\"}},\"message\":\"The conditional request failed\"}"));
    PutItem put = new PutItem("t", Map.of("pk", "a"), "attribute_not_exists(pk)", NONE);

    assertThatThrownBy(() -> script.client().call(put, TIME))
        .isInstanceOfSatisfying(
            ConditionFailed.class, failed -> assertThat(failed.item()).isEqualTo(Map.of("n", 7)));
  }

  @Test
  void the_reasons_of_a_cancelled_transaction_are_returned() {
    Script script =
        new Script(
            response(
                400,
                "{\"__type\":\""
                    + ERROR
                    + "TransactionCanceledException\",\"Message\":\"cancelled\",\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"m\",\"Item\":{\"n\":{\"N\":\"7\"}}}]}"));
    TransactWriteItems transaction = new TransactWriteItems("token", List.of());

    assertThatThrownBy(() -> script.client().call(transaction, TIME))
        .isInstanceOfSatisfying(
            TransactionCancelled.class,
            cancelled ->
                assertThat(cancelled.reasons())
                    .containsExactly(
                        new TransactionCancelled.Reason("None", null),
                        new TransactionCancelled.Reason("ConditionalCheckFailed", Map.of("n", 7))));
  }

  @Test
  void any_other_error_is_not_retried() {
    Script script = new Script(error(400, "ValidationException"), item());

    assertThatThrownBy(() -> script.client().call(GET, TIME))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            refused -> assertThat(refused.code()).isEqualTo("ValidationException"));
    assertThat(script.bodies).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{\"Item\":",
        "{\"Item\":{\"pk\":\"a\"}}",
        "{\"Item\":{\"pk\":{\"X\":\"a\"}}}",
        "{\"Item\":{\"pk\":{\"S\":7}}}",
        "{\"Item\":{\"pk\":{\"N\":\"seven\"}}}",
        "{\"Item\":{\"pk\":{\"B\":\"?\"}}}",
        "{\"Item\":{\"pk\":{\"S\":\"a\",\"N\":\"1\"}}}",
      })
  void a_malformed_response_is_retried_and_then_an_error(String json) {
    Script script =
        new Script(response(200, json), response(200, json), response(200, json), item());
    assertThat(script.client().call(GET, TIME).item()).isNotNull();

    Script broken =
        new Script(
            response(200, json), response(200, json), response(200, json), response(200, json));
    assertThatThrownBy(() -> broken.client().call(GET, TIME))
        .isInstanceOf(DynamoDbUnavailable.class);
  }

  @Test
  void an_error_page_of_a_proxy_is_an_error() {
    Script script = new Script(response(403, "<html>no</html>"));

    assertThatThrownBy(() -> script.client().call(GET, TIME))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("403");
  }

  @Test
  void a_wrong_checksum_is_retried() {
    byte[] body = item().body();
    CRC32 crc = new CRC32();
    crc.update(body);
    Response right = new Response(200, Map.of("x-amz-crc32", Long.toString(crc.getValue())), body);
    Response wrong = new Response(200, Map.of("x-amz-crc32", "7"), body);
    Script script = new Script(wrong, right);

    assertThat(script.client().call(GET, TIME).item()).isNotNull();
    assertThat(script.bodies).hasSize(2);
  }

  @Test
  void credentials_that_can_not_be_loaded_are_an_error_of_the_call() {
    Script script = new Script(item());

    assertThatThrownBy(() ->
            script
                .client(() -> {
                  throw new IOException("no credentials");
                })
                .call(GET, TIME))
        .isInstanceOf(DynamoDbUnavailable.class)
        .hasMessageContaining("no credentials");
    assertThat(script.bodies).isEmpty();
  }
}
