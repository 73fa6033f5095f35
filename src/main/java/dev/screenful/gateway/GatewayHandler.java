package dev.screenful.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.http.HttpResponse;
import dev.screenful.json.Json;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
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
    output.write(
        Json.bytes(event(answer(event.readAllBytes(), deadline, context.getAwsRequestId()))));
  }

  private HttpResponse answer(byte[] event, Deadline deadline, String invocationId) {
    try {
      return http.answer(GatewayEvent.read(event, deadline));
    } catch (MalformedEvent malformed) {
      log.failure(invocationId, "event", malformed);
      return HttpResponse.invalidEvent(invocationId);
    }
  }

  /** The response in a form that is valid in both payload formats. */
  private static Map<String, Object> event(HttpResponse response) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("statusCode", response.status());
    event.put("headers", response.headers());
    boolean isBinary = response.headers().containsKey("content-encoding");
    event.put(
        "body",
        isBinary
            ? Base64.getEncoder().encodeToString(response.body())
            : new String(response.body(), StandardCharsets.UTF_8));
    event.put("isBase64Encoded", isBinary);
    return event;
  }
}
