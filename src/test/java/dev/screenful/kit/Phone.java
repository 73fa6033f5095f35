package dev.screenful.kit;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.local.LocalContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A client that calls the handler with the events of API Gateway. */
public final class Phone {

  public static final ObjectMapper JSON = new ObjectMapper();

  private final RequestStreamHandler handler;
  private final Map<String, String> headers;
  private final int millis;
  private final String address;

  public Phone(RequestStreamHandler handler, Map<String, String> headers) {
    this(handler, headers, 29_000, "192.0.2.1");
  }

  private Phone(
      RequestStreamHandler handler, Map<String, String> headers, int millis, String address) {
    this.handler = handler;
    this.headers = headers;
    this.millis = millis;
    this.address = address;
  }

  /** This phone, with another IP address. */
  public Phone from(String other) {
    return new Phone(handler, headers, millis, other);
  }

  /** This phone, calling a function that Lambda stops after some milliseconds. */
  public Phone within(int time) {
    return new Phone(handler, headers, time, address);
  }

  /**
   * A phone of any caller. The instance must trust every token: {@code Bearer NAME} is the caller
   * NAME.
   */
  public static Phone of(RequestStreamHandler trusting, String name) {
    return new Phone(trusting, Map.of("authorization", "Bearer " + name));
  }

  /** This phone, calling another instance of the function. */
  public Phone reaching(RequestStreamHandler other) {
    return new Phone(other, headers, millis, address);
  }

  /** This phone, with a header added or replaced. */
  public Phone with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Phone(handler, more, millis, address);
  }

  /** Sends a document without variables. */
  public Reply ask(String document) {
    return ask(document, Map.of());
  }

  /**
   * Sends a document with variables. Adds a new request id if the document requires one and the
   * variables have none.
   */
  public Reply ask(String document, Map<String, ? extends @Nullable Object> variables) {
    Map<String, @Nullable Object> all = new HashMap<>(variables);
    String requestId = UUID.randomUUID().toString();
    if (document.contains("$requestId: UUID!")) {
      all.putIfAbsent("requestId", requestId);
    }
    if (document.startsWith("mutation") && all.get("input") instanceof Map<?, ?> input) {
      Map<Object, @Nullable Object> whole = new HashMap<>(input);
      whole.putIfAbsent("requestId", requestId);
      all.put("input", whole);
    }
    return send(json(Map.of("query", document, "variables", all)));
  }

  /**
   * Opens a live screen, and leaves it after its first response.
   *
   * @param sockets a WebSocket API before an instance that knows the caller
   */
  public Reply open(
      Sockets sockets, String document, Map<String, ? extends @Nullable Object> variables) {
    String token = headers.getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
    Sockets.Socket socket = token.isEmpty() ? sockets.initialised() : sockets.initialised(token);
    JsonNode response = socket.subscribe("1", document, variables).response("1");
    socket.leave();
    byte[] bytes = json(response).getBytes(StandardCharsets.UTF_8);
    return new Reply(200, JSON.createObjectNode(), response, bytes.length, socket.id());
  }

  /** Sends a body by {@code POST}. */
  public Reply send(String body) {
    return send("POST", body);
  }

  /** Sends a body by an HTTP method. */
  public Reply send(String method, String body) {
    return send(method, body, false);
  }

  /** Sends bytes by {@code POST}, which the gateway passes on as base64. */
  public Reply send(byte[] body) {
    return send("POST", Base64.getEncoder().encodeToString(body), true);
  }

  private Reply send(String method, String body, boolean base64) {
    Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
    all.putAll(headers);
    String requestId = UUID.randomUUID().toString();
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRouteKey("POST /graphql")
            .withRawPath("/graphql")
            .withHeaders(all)
            .withBody(body)
            .withIsBase64Encoded(base64)
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withRequestId(requestId)
                    .withStage("$default")
                    .withHttp(
                        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                            .withMethod(method)
                            .withPath("/graphql")
                            .withSourceIp(address)
                            .build())
                    .build())
            .build();
    return invoke(handler, json(event), new LocalContext(requestId, millis));
  }

  /** Invokes a handler with a literal event. */
  public static Reply invoke(RequestStreamHandler handler, String event, String requestId) {
    return invoke(handler, event, new LocalContext(requestId, 29_000));
  }

  private static Reply invoke(RequestStreamHandler handler, String event, LocalContext context) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), response, context);
      JsonNode parsed = JSON.readTree(response.toByteArray());
      String text = parsed.get("body").asText();
      byte[] body =
          parsed.get("isBase64Encoded").asBoolean()
              ? Base64.getDecoder().decode(text)
              : text.getBytes(StandardCharsets.UTF_8);
      JsonNode headers = parsed.get("headers");
      byte[] json = headers.path("content-encoding").asText().equals("gzip") ? gunzip(body) : body;
      return new Reply(
          parsed.get("statusCode").asInt(),
          headers,
          JSON.readTree(json),
          body.length,
          context.getAwsRequestId());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] gunzip(byte[] body) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return gzip.readAllBytes();
    }
  }

  /** A value as JSON. */
  public static String json(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * A response.
   *
   * @param body the GraphQL response; missing if the response has no body
   * @param bytes the length of the body as sent, possibly compressed
   */
  public record Reply(int status, JsonNode headers, JsonNode body, int bytes, String requestId) {

    /** The value of a header; an empty string if it is missing. */
    public String header(String name) {
      return headers.path(name).asText();
    }

    /** A part of the data by JSON pointer; a missing node if there is none. */
    public JsonNode data(String pointer) {
      return body.at("/data" + pointer);
    }

    /** The code of the first error, or "no error". */
    public String code() {
      return body.at("/errors/0/extensions/code").asText("no error");
    }

    /** The message of the first error, or an empty string. */
    public String message() {
      return body.at("/errors/0/message").asText();
    }
  }
}
