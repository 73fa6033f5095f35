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
 * Handles invocations by API Gateway and function URLs. It always answers, also what is no request
 * at all.
 */
public final class GatewayHandler implements RequestStreamHandler {

  /**
   * What is kept of an invocation's time to send what there is; a function that Lambda stops
   * answers nothing, and the client gets 502.
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

  /** The response in the form that both payload formats read. */
  private static Map<String, Object> event(HttpResponse response) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("statusCode", response.status());
    event.put("headers", response.headers());
    boolean binary = response.headers().containsKey("content-encoding");
    event.put(
        "body",
        binary
            ? Base64.getEncoder().encodeToString(response.body())
            : new String(response.body(), StandardCharsets.UTF_8));
    event.put("isBase64Encoded", binary);
    return event;
  }
}
