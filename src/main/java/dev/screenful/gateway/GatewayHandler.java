package dev.screenful.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.http.HttpResponse;
import dev.screenful.json.Json;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;

/**
 * Handles invocations by API Gateway and function URLs. Every event gets an HTTP response, even if
 * it is not an HTTP request.
 */
public final class GatewayHandler implements RequestStreamHandler {

  /**
   * The part of an invocation's time that is reserved for sending a partial response. If the
   * invocation times out, Lambda returns no response and the client gets 502.
   */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private final GraphqlOverHttp http;
  private final Log log;

  public GatewayHandler(GraphqlOverHttp http, Log log) {
    this.http = http;
    this.log = log;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream output, Context context)
      throws IOException {
    Deadline deadline =
        Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE));
    HttpResponse response = answer(event.readAllBytes(), deadline, context.getAwsRequestId());
    Json.write(output, json -> write(response, json));
  }

  private HttpResponse answer(byte[] bytes, Deadline deadline, String invocationId) {
    try {
      Object event = GatewayEvent.parse(bytes);
      if (GatewayEvent.isWarmUp(event)) {
        log.info("warmUp", Map.of("requestId", invocationId));
        return HttpResponse.empty(204);
      }
      return http.answer(GatewayEvent.read(event, deadline));
    } catch (MalformedEvent malformed) {
      log.failure(invocationId, "event", malformed);
      return HttpResponse.invalidEvent(invocationId);
    }
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
