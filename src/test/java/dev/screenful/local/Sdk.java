package dev.screenful.local;

import dev.screenful.kit.TestBench;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The AWS SDK's client, to see the table as other programs do. */
public final class Sdk {

  private Sdk() {}

  /** A client of a local engine. */
  public static DynamoDbClient client(URI engine) {
    return DynamoDbClient.builder()
        .endpointOverride(engine)
        .region(Region.US_EAST_1)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  /** A client of the engine that all tests share. */
  public static DynamoDbClient shared() {
    return client(TestBench.engine());
  }
}
