package dev.screenful.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.http.HttpResponse;
import dev.screenful.json.Json;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Handles invocations by API Gateway and function URLs. It always answers: what is thrown anywhere below ends here, so
 * that the environment stays healthy and the client gets a response that GraphQL clients can read.
 */
public final class GatewayHandler implements RequestStreamHandler {

  private final GraphqlOverHttp http;
  private final Log log;

  public GatewayHandler(GraphqlOverHttp http, Log log) {
    this.http = http;
    this.log = log;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // errors such as a stack overflow are answered too
  public void handleRequest(InputStream event, OutputStream output, Context context) throws IOException {
    HttpResponse response;
    try {
      response = http.answer(GatewayEvent.read(event.readAllBytes()));
    } catch (MalformedEvent malformed) {
      log.failure(context.getAwsRequestId(), "event", malformed);
      response = error(400, "BAD_REQUEST", "The event is not an HTTP request.", context);
    } catch (Throwable thrown) {
      log.failure(context.getAwsRequestId(), "request", thrown);
      response =
          error(500, "INTERNAL_SERVER_ERROR", "Something went wrong on our side; the request id tells us what.", context);
    }
    output.write(Json.bytes(event(response)));
  }

  /** The response in the form that both payload formats read. */
  private static Map<String, Object> event(HttpResponse response) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("statusCode", response.status());
    event.put("headers", response.headers());
    event.put("body", new String(response.body(), StandardCharsets.UTF_8));
    event.put("isBase64Encoded", false);
    return event;
  }

  private static HttpResponse error(int status, String code, String message, Context context) {
    Map<String, Object> extensions = Map.of("code", code, "requestId", context.getAwsRequestId());
    Map<String, Object> error = Map.of("message", message, "extensions", extensions);
    return new HttpResponse(
        status,
        Map.of("content-type", "application/json; charset=utf-8"),
        Json.bytes(Map.of("errors", List.of(error))));
  }
}
