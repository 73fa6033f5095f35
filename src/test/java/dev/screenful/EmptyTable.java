package dev.screenful;

import dev.screenful.aws.Credentials;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** A DynamoDB without items, and without an engine. */
public final class EmptyTable {

  private static final Response NOTHING =
      new Response(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));

  private EmptyTable() {}

  /** A client that finds no item in any table. */
  public static DynamoDb client() {
    return new DynamoDb(
        new Endpoint(URI.create("http://localhost"), "us-east-1"),
        () -> new Credentials("id", "secret", null),
        (headers, body, timeout) -> NOTHING,
        InstantSource.system());
  }
}
