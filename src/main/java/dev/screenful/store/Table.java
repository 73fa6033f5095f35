package dev.screenful.store;

import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The app's table: where it is, how it is reached and what is in it. What a request reads goes
 * through a {@link Store}, what it writes through {@link Transactions}.
 *
 * @param client the SDK's client
 * @param name the table's name
 * @param definition what is in it
 * @param held what this environment has read lately and everyone may see
 */
public record Table(
    DynamoDbClient client, String name, TableDefinition definition, ItemCache held) {

  public Table(DynamoDbClient client, String name, TableDefinition definition) {
    this(client, name, definition, new ItemCache(HELD));
  }

  /** This table, with attributes that no transaction changes once an item has them. */
  public Table fixing(Set<String> attributes) {
    return new Table(client, name, definition.fixing(attributes), held);
  }

  /** Items held; a flight's or an airport's takes about a kilobyte. */
  private static final int HELD = 1000;

  /** A call that got no answer in this time is tried again; single-digit milliseconds are usual. */
  static final Duration ATTEMPT = Duration.ofSeconds(2);

  /**
   * A call with all its attempts ends by then, well before API Gateway gives up after 30 seconds.
   */
  static final Duration CALL = Duration.ofSeconds(8);

  /** Between attempts, with jitter: what DynamoDB throttles it takes again in a moment. */
  private static final BackoffStrategy PAUSES =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(1));

  /**
   * A client builder with bounded time: by the SDK's defaults a permanently throttled read is
   * retried for 63 seconds, longer than anyone waits. The SDK's retry behaviour of 2026 charges
   * more of the retry quota for each retry, so after one bad second later calls would fail at their
   * first attempt; {@code standardRetryStrategy(false)} keeps the earlier charge. Region,
   * credentials and endpoint come from the environment, as the SDK documents.
   */
  public static DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
        .overrideConfiguration(override ->
            override
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy(false).toBuilder()
                        .maxAttempts(4)
                        .backoffStrategy(PAUSES)
                        .throttlingBackoffStrategy(PAUSES)
                        .build()));
  }
}
