package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.local.Exchange;
import dev.screenful.local.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A collector of OpenTelemetry's traces on loopback, by OTLP over HTTP in JSON. */
public final class Collector implements AutoCloseable {

  private final LoopbackServer server;
  private final int port;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;

  public Collector() throws IOException {
    server = new LoopbackServer(0).start(this::answer);
    port = server.port();
  }

  /** The environment variables that send a function's traces here, however slow this machine is. */
  public Map<String, String> settings() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://localhost:" + port,
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "10000");
  }

  /** Answers with another status from now on. */
  public void answerWith(int other) {
    status = other;
  }

  private void answer(Exchange exchange) throws IOException {
    boolean isOtlp =
        exchange.method().equals("POST")
            && exchange.path().equals("/v1/traces")
            && Objects.equals(exchange.header("content-type"), "application/json");
    requests.add(new String(exchange.body(), StandardCharsets.UTF_8));
    exchange.respond(isOtlp ? status : 404, "{}".getBytes(StandardCharsets.UTF_8));
  }

  /** The bodies of the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The resource and the spans of the only request so far. */
  public Received only() {
    if (requests.size() != 1) {
      throw new AssertionError(requests.size() + " requests instead of one");
    }
    try {
      JsonNode all = Phone.JSON.readTree(requests.getFirst()).at("/resourceSpans/0");
      return new Received(
          attributes(all.get("resource")),
          StreamSupport.stream(all.at("/scopeSpans/0/spans").spliterator(), false)
              .map(Span::new)
              .toList());
    } catch (IOException malformed) {
      throw new AssertionError(requests.getFirst(), malformed);
    }
  }

  private static Map<String, String> attributes(JsonNode of) {
    Map<String, String> attributes = new TreeMap<>();
    for (JsonNode attribute : of.get("attributes")) {
      JsonNode value = attribute.get("value");
      attributes.put(
          attribute.get("key").asText(),
          value.has("arrayValue")
              ? value.at("/arrayValue/values").toString()
              : value.elements().next().asText());
    }
    return attributes;
  }

  /** What the function sent. */
  public record Received(Map<String, String> resource, List<Span> spans) {

    /** The span of the request. */
    public Span request() {
      return only(Span.SERVER);
    }

    /** The only span of a kind. */
    public Span only(int kind) {
      List<Span> found = all(kind);
      if (found.size() != 1) {
        throw new AssertionError(spans);
      }
      return found.getFirst();
    }

    /** All spans of a kind. */
    public List<Span> all(int kind) {
      return spans.stream().filter(span -> span.json().get("kind").asInt() == kind).toList();
    }
  }

  /** A span as JSON. */
  public record Span(JsonNode json) {

    public static final int INTERNAL = 1;
    public static final int SERVER = 2;
    public static final int CLIENT = 3;

    /** A field of the span; an empty string if it is absent. */
    public String get(String field) {
      return json.path(field).asText();
    }

    public Map<String, String> attributes() {
      return Collector.attributes(json);
    }

    /** Whether the status is an error. */
    public boolean isFailed() {
      return json.at("/status/code").asInt() == 2;
    }

    /** Whether a span is a part of this one: by its parent and trace, and in time. */
    public boolean contains(Span part) {
      return part.get("parentSpanId").equals(get("spanId"))
          && part.get("traceId").equals(get("traceId"))
          && nanos("startTimeUnixNano") <= part.nanos("startTimeUnixNano")
          && part.nanos("startTimeUnixNano") < part.nanos("endTimeUnixNano")
          && part.nanos("endTimeUnixNano") <= nanos("endTimeUnixNano");
    }

    private long nanos(String field) {
      return Long.parseLong(json.get(field).textValue()); // OTLP has strings here
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
