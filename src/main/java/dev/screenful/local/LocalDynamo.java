package dev.screenful.local;

import dev.screenful.store.Index;
import dev.screenful.store.Key;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * Amazon's local DynamoDB engine inside this process; and how any engine on this machine is
 * reached.
 */
public final class LocalDynamo implements AutoCloseable {

  private final DynamoDBProxyServer server;
  private final URI endpoint;

  private LocalDynamo(DynamoDBProxyServer server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * Starts the engine on a free port, without its telemetry.
   *
   * @param folder keeps the data, null to keep it in memory
   */
  public static LocalDynamo start(@Nullable Path folder) {
    try {
      String port = Integer.toString(freePort());
      List<String> storage =
          folder == null
              ? List.of("-inMemory")
              : List.of("-sharedDb", "-dbPath", Files.createDirectories(folder).toString());
      String[] arguments =
          Stream.concat(storage.stream(), Stream.of("-port", port, "-disableTelemetry"))
              .toArray(String[]::new);
      return new LocalDynamo(started(arguments), URI.create("http://localhost:" + port));
    } catch (Exception failed) {
      throw new IllegalStateException("The embedded DynamoDB engine does not start.", failed);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("The embedded DynamoDB engine does not stop.", failed);
    }
  }

  /** A client builder for an engine on this machine, which takes any credentials. */
  public static DynamoDbClientBuilder clientBuilder(URI endpoint) {
    return Table.clientBuilder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  /** Makes an app's table, unless it is there already. */
  public static void createTable(DynamoDbClient client, String name, TableDefinition definition) {
    List<String> keys =
        Stream.concat(
                Stream.of(Key.PARTITION, Key.SORT),
                definition.indexes().stream()
                    .flatMap(index -> Stream.of(index.partition(), index.sort())))
            .distinct()
            .toList();
    try {
      client.createTable(
          table ->
              table
                  .tableName(name)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(keys.stream().map(LocalDynamo::text).toList())
                  .keySchema(keySchema(Key.PARTITION, Key.SORT))
                  .globalSecondaryIndexes(
                      definition.indexes().stream().map(LocalDynamo::index).toList()));
    } catch (ResourceInUseException present) {
      return;
    }
  }

  private static GlobalSecondaryIndex index(Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(keySchema(index.partition(), index.sort()))
        .projection(
            Projection.builder()
                .projectionType(ProjectionType.INCLUDE)
                .nonKeyAttributes(index.included())
                .build())
        .build();
  }

  private static List<KeySchemaElement> keySchema(String partition, String sort) {
    return List.of(
        KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  /** The engine does not tell which port it took, so it is given one that was free a moment ago. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The engine greets on standard output, where the log lines go. */
  private static DynamoDBProxyServer started(String... arguments) throws Exception {
    PrintStream out = Objects.requireNonNull(System.out);
    try {
      System.setOut(new PrintStream(PrintStream.nullOutputStream()));
      DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(arguments);
      server.start();
      return server;
    } finally {
      System.setOut(out);
    }
  }
}
