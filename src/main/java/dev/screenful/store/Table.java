package dev.screenful.store;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * The app's table: where it is and how it is reached. What a request does with it goes through a
 * {@link Store}.
 *
 * @param client the SDK's client
 * @param name the table's name
 */
public record Table(DynamoDbClient client, String name) {

  /** A call that got no answer in this time is tried again; single-digit milliseconds are usual. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /**
   * A call with all its attempts ends by then, well before API Gateway gives up after 30 seconds.
   */
  private static final Duration CALL = Duration.ofSeconds(8);

  /**
   * A client builder with bounded time: by the SDK's defaults a permanently throttled read is
   * retried for 63 seconds, longer than anyone waits. Region, credentials and endpoint come from
   * the environment, as the SDK documents.
   */
  public static DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(ATTEMPT).socketTimeout(ATTEMPT))
        .overrideConfiguration(
            override ->
                override
                    .apiCallAttemptTimeout(ATTEMPT)
                    .apiCallTimeout(CALL)
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(4)
                            .build()));
  }
}
