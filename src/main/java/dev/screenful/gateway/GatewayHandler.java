package dev.screenful.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.http.HttpRequest;
import dev.screenful.http.HttpResponse;
import dev.screenful.json.Json;
import dev.screenful.live.Live;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Span;
import dev.screenful.telemetry.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Handles all invocations: HTTP requests and WebSocket events of API Gateway, HTTP requests of
 * function URLs, and changes of the table's stream. Any other event gets an HTTP response, too.
 */
public final class GatewayHandler implements RequestStreamHandler {

  /**
   * The part of an invocation's time that is reserved for sending a partial response. If the
   * invocation times out, Lambda returns no response and the client gets 502.
   */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private final GraphqlOverHttp http;
  private final Live live;
  private final Tracing tracing;
  private final Log log;
  private final AtomicBoolean hasStarted = new AtomicBoolean();

  public GatewayHandler(GraphqlOverHttp http, Live live, Tracing tracing, Log log) {
    this.http = http;
    this.live = live;
    this.tracing = tracing;
    this.log = log;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream output, Context context)
      throws IOException {
    Deadline deadline =
        Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE));
    boolean coldStart = !hasStarted.getAndSet(true);
    Json.Parts response =
        answer(event.readAllBytes(), deadline, context.getAwsRequestId(), coldStart);
    Json.write(output, response);
  }

  private Json.Parts answer(
      byte[] bytes, Deadline deadline, String invocationId, boolean coldStart) {
    try {
      Object event = GatewayEvent.parse(bytes);
      if (StreamEvent.isOne(event)) {
        Optional<String> failed = live.handle(StreamEvent.read(event), deadline, invocationId);
        return json -> writeFailures(failed, json);
      }
      HttpResponse response =
          WebSocketEvent.isOne(event)
              ? live.handle(WebSocketEvent.read(event, deadline, coldStart))
                  .map(headers -> new HttpResponse(200, headers, new byte[0]))
                  .orElseGet(() -> HttpResponse.empty(400))
              : answer(event, deadline, invocationId, coldStart);
      return json -> write(response, json);
    } catch (MalformedEvent malformed) {
      log.failure(invocationId, "event", malformed);
      HttpResponse response = HttpResponse.invalidEvent(invocationId);
      return json -> write(response, json);
    }
  }

  private HttpResponse answer(
      @Nullable Object event, Deadline deadline, String invocationId, boolean coldStart)
      throws MalformedEvent {
    if (GatewayEvent.isWarmUp(event)) {
      log.info("warmUp", Map.of("requestId", invocationId));
      return HttpResponse.empty(204);
    }
    HttpRequest request = GatewayEvent.read(event, deadline, coldStart);
    Span span = tracing.start(request.trace());
    HttpResponse response = http.answer(request, span);
    if (span.isSampled()) {
      RequestSpan.describe(span, request, GatewayEvent.route(event), invocationId, response);
      tracing.send(span, request.id(), request.deadline().remaining().plus(RESERVE.dividedBy(2)));
    }
    return response;
  }

  /**
   * Writes the response to changes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
   *     Partial batch responses</a>
   */
  private static void writeFailures(Optional<String> failed, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("batchItemFailures");
    if (failed.isPresent()) {
      json.writeStartObject();
      json.writeStringField("itemIdentifier", failed.get());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Writes the response in a form that is valid in both payload formats. */
  private static void write(HttpResponse response, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("statusCode", response.status());
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    boolean isBinary = response.headers().containsKey("content-encoding");
    json.writeFieldName("body");
    if (isBinary) {
      json.writeBinary(response.body()); // as base64
    } else {
      json.writeUTF8String(response.body(), 0, response.body().length);
    }
    json.writeBooleanField("isBase64Encoded", isBinary);
    json.writeEndObject();
  }
}
