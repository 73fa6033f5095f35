package dev.screenful.store;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The app's DynamoDB table. Requests read it through a {@link Store} and write it through {@link
 * Transactions}.
 *
 * @param client the SDK's client
 * @param name the table's name
 * @param definition its indexes and item types
 * @param cache the public items that this function instance has read lately
 */
public record Table(
    DynamoDbClient client, String name, TableDefinition definition, ItemCache cache) {

  public Table(DynamoDbClient client, String name, TableDefinition definition) {
    this(client, name, definition, new ItemCache(CACHED_ITEMS));
  }

  /** The capacity of the cache; a flight or an airport takes about a kilobyte. */
  private static final int CACHED_ITEMS = 1000;

  /** An attempt is repeated after this time; DynamoDB usually answers in a few milliseconds. */
  static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(2);

  /** The time for all attempts of a call, well below the 30 seconds of API Gateway. */
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  /** Pauses between attempts, with jitter. Throttled calls usually succeed soon. */
  private static final BackoffStrategy PAUSES =
      BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofSeconds(1));

  /**
   * A client builder with short timeouts: by default, the SDK retries a throttled read for up to 63
   * seconds. The SDK's retry behaviour of 2026 charges more of the retry quota for each retry, so
   * after one bad second, later calls fail at their first attempt. {@code
   * standardRetryStrategy(false)} keeps the earlier charge. The SDK reads region, credentials and
   * endpoint from its documented environment variables.
   */
  public static DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(ATTEMPT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT))
        .overrideConfiguration(override ->
            override
                .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .apiCallTimeout(CALL_TIMEOUT)
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy(false).toBuilder()
                        .maxAttempts(4)
                        .backoffStrategy(PAUSES)
                        .throttlingBackoffStrategy(PAUSES)
                        .build()));
  }
}
