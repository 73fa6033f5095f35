package dev.screenful.runtime;

import dev.screenful.connection.Connection;
import dev.screenful.connection.Response;
import dev.screenful.connection.StaleConnection;
import dev.screenful.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls Lambda's runtime API over one persistent connection. */
final class RuntimeClient {

  private static final byte[] NOTHING = {};

  /** Lambda freezes an instance until the next invocation, which may be hours later. */
  private static final Duration NO_TIMEOUT = Duration.ofDays(20);

  private final String host;
  private final URI server;
  private @Nullable Connection connection;

  /**
   * A client of a runtime API. Nothing is connected yet.
   *
   * @param host the value of {@code AWS_LAMBDA_RUNTIME_API}: the host and the port
   */
  RuntimeClient(String host) {
    this.host = host;
    this.server = URI.create("http://" + host);
  }

  /**
   * Waits for the next invocation.
   *
   * @throws IOException if the runtime API fails
   */
  Invocation next() throws IOException {
    Response response = call("GET", "invocation/next", Map.of(), NOTHING);
    if (response.status() != 200) {
      throw new IOException("The runtime API returned status " + response.status());
    }
    return new Invocation(
        response.body(),
        required(response, "lambda-runtime-aws-request-id"),
        Instant.ofEpochMilli(Long.parseLong(required(response, "lambda-runtime-deadline-ms"))),
        optional(response, "lambda-runtime-invoked-function-arn"),
        response.header("lambda-runtime-trace-id"));
  }

  private static String required(Response response, String header) throws IOException {
    String value = response.header(header);
    if (value == null) {
      throw new IOException("The invocation lacks the header " + header + ".");
    }
    return value;
  }

  private static String optional(Response response, String header) {
    String value = response.header(header);
    return value == null ? "" : value;
  }

  /**
   * Sends the response of an invocation.
   *
   * @throws ResponseRefused if Lambda does not accept it, because it is larger than 6 MB
   * @throws IOException if the runtime API fails
   */
  void respond(Invocation invocation, byte[] response) throws IOException, ResponseRefused {
    int status =
        call("POST", "invocation/" + invocation.getAwsRequestId() + "/response", JSON, response)
            .status();
    if (status >= 500) {
      throw new IOException("The runtime API returned status " + status);
    }
    if (status >= 400) {
      throw new ResponseRefused(response.length, status);
    }
  }

  /**
   * Reports that an invocation failed.
   *
   * @throws IOException if the runtime API fails
   */
  void fail(Invocation invocation, Throwable failure) throws IOException {
    report("invocation/" + invocation.getAwsRequestId() + "/error", failure);
  }

  /**
   * Reports that the function can't start.
   *
   * @throws IOException if the runtime API fails
   */
  void failStart(Throwable failure) throws IOException {
    report("init/error", failure);
  }

  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private void report(String path, Throwable failure) throws IOException {
    String type = failure.getClass().getName();
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : failure.getStackTrace()) {
      frames.add(frame.toString());
    }
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("errorMessage", failure.getMessage() == null ? type : failure.getMessage());
    error.put("errorType", type);
    error.put("stackTrace", frames);
    int status =
        call(
                "POST",
                path,
                Map.of(
                    "content-type",
                    "application/json",
                    "lambda-runtime-function-error-type",
                    "Runtime." + failure.getClass().getSimpleName()),
                Json.bytes(error))
            .status();
    if (status >= 500) {
      throw new IOException("The runtime API returned status " + status);
    }
  }

  private Response call(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("host", host);
    String requestLine = method + " /2018-06-01/runtime/" + path;
    Connection open = connection;
    if (open != null) {
      try {
        return exchange(open, requestLine, all, body);
      } catch (StaleConnection stale) {
        // Lambda has closed it; try a new one
      }
    }
    return exchange(Connection.open(server, deadline()), requestLine, all, body);
  }

  private Response exchange(
      Connection open, String requestLine, Map<String, String> headers, byte[] body)
      throws IOException {
    boolean isReusable = false;
    try {
      Response response = open.exchange(requestLine, headers, body, deadline());
      isReusable = open.isReusable();
      return response;
    } finally {
      connection = isReusable ? open : null;
      if (!isReusable) {
        open.close();
      }
    }
  }

  private static long deadline() {
    return System.nanoTime() + NO_TIMEOUT.toNanos();
  }
}
