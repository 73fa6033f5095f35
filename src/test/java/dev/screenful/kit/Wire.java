package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.local.LocalDynamo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The connection between a function and the shared engine. It records the requests, and a test can
 * fail requests or change responses.
 */
public class Wire implements Transport {

  /** A request as sent, and the response as received. */
  public record Exchange(String operation, JsonNode request, JsonNode response) {}

  private final Endpoint endpoint = new Endpoint(TestBench.engine(), "us-east-1");
  private final Transport engine = new PooledTransport(endpoint);
  private final List<Exchange> exchanges = Collections.synchronizedList(new ArrayList<>());

  /** A client that uses this connection. */
  public final DynamoDb client() {
    return LocalDynamo.client(endpoint, this);
  }

  /**
   * Inspects a request before it is sent.
   *
   * @throws RuntimeException to fail the call without sending it
   */
  protected void beforeSending(String operation, JsonNode request) {}

  /** The response that the function gets. */
  protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
    return response;
  }

  @Override
  public final Response post(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    String target = headers.getOrDefault("x-amz-target", "");
    String operation = target.substring(target.indexOf('.') + 1);
    JsonNode request = Phone.JSON.readTree(body);
    beforeSending(operation, request);
    Response response = engine.post(headers, body, timeout);
    JsonNode json = Phone.JSON.readTree(response.body());
    JsonNode received =
        response.status() == 200
            ? received(operation, request, (ObjectNode) json.deepCopy())
            : json;
    exchanges.add(new Exchange(operation, request, received));
    return received.equals(json)
        ? response
        : new Response(response.status(), Map.of(), Phone.JSON.writeValueAsBytes(received));
  }

  /** All exchanges so far. */
  public final List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** The requests of an operation so far. */
  public final List<JsonNode> sent(String operation) {
    return exchanges().stream()
        .filter(exchange -> exchange.operation().equals(operation))
        .map(Exchange::request)
        .toList();
  }

  /** A JSON value of a text. */
  public static JsonNode json(String text) {
    try {
      return Phone.JSON.readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
