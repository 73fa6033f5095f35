package dev.screenful.local;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Lambda runtime API on this machine, for one process of a function. It hands out one event
 * after the other, as the Lambda service does. With SnapStart, the function first waits for {@link
 * #restore}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
public final class RuntimeApi implements AutoCloseable {

  private static final String PREFIX = "/2018-06-01/runtime";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(29);

  /** The limit of Lambda for a response (6 MB), with some room for its envelope. */
  private static final int MAX_RESPONSE_BYTES = 6_291_556;

  /** What the function posts: a response, or an error, with the path that it is posted to. */
  private record Posted(String path, String body) {}

  private final HttpServer server;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final AtomicInteger invocations = new AtomicInteger();
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);

  /** Starts the API on a free port of loopback. */
  public RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PREFIX + "/invocation/next", this::next);
    server.createContext(PREFIX + "/restore/next", this::restoreNext);
    server.createContext("/", this::receive);
    server.start();
  }

  /** The value of the environment variable {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "localhost:" + server.getAddress().getPort();
  }

  /**
   * Invokes the function.
   *
   * @return the response
   * @throws IllegalStateException if the function reports an error, or does not answer within 60
   *     seconds
   */
  public String invoke(String event) throws InterruptedException {
    events.add(event);
    Posted answer = posted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (answer == null) {
      throw new IllegalStateException("The function does not answer.");
    }
    if (!answer.path().endsWith("/response")) {
      throw new IllegalStateException(answer.path() + " " + answer.body());
    }
    return answer.body();
  }

  /**
   * Waits until a function with {@code AWS_LAMBDA_INITIALIZATION_TYPE=snap-start} is ready for its
   * snapshot.
   *
   * @throws IllegalStateException if it is not ready within 60 seconds
   */
  public void awaitCheckpoint() throws InterruptedException {
    if (!checkpoint.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The function is not ready for a snapshot. " + posted);
    }
  }

  /** Lets the function continue after its snapshot. */
  public void restore() {
    restored.countDown();
  }

  private void next(HttpExchange exchange) throws IOException {
    String event = await(exchange, events::take);
    long deadline = System.currentTimeMillis() + FUNCTION_TIMEOUT.toMillis();
    Headers headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "lambda-" + invocations.incrementAndGet());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-" + invocations.get());
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:app");
    respond(exchange, 200, event);
  }

  private void restoreNext(HttpExchange exchange) throws IOException {
    checkpoint.countDown();
    await(
        exchange,
        () -> {
          restored.await();
          return "";
        });
    respond(exchange, 200, "{}");
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (body.length > MAX_RESPONSE_BYTES) {
      respond(exchange, 413, "{}");
      return;
    }
    posted.add(
        new Posted(exchange.getRequestURI().getPath(), new String(body, StandardCharsets.UTF_8)));
    respond(exchange, 202, "{}");
  }

  private interface Waiting {
    String await() throws InterruptedException;
  }

  private static String await(HttpExchange exchange, Waiting waiting) throws IOException {
    try {
      return waiting.await();
    } catch (InterruptedException closing) {
      exchange.close();
      throw new IOException("The API is closed.", closing);
    }
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", "application/json"); // the client's native code relies on it
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
