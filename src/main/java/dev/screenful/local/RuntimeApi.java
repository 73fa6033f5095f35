package dev.screenful.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
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

  private final LoopbackServer server;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
  private final AtomicInteger invocations = new AtomicInteger();
  private final CountDownLatch checkpoint = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);

  /** Starts the API on a free port of loopback. */
  public RuntimeApi() throws IOException {
    server = new LoopbackServer(0).start(this::answer);
  }

  /** The value of the environment variable {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "localhost:" + server.port();
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

  private void answer(Exchange exchange) throws IOException {
    switch (exchange.path()) {
      case PREFIX + "/invocation/next" -> next(exchange);
      case PREFIX + "/restore/next" -> restoreNext(exchange);
      default -> receive(exchange);
    }
  }

  private void next(Exchange exchange) throws IOException {
    String event = await(events::take);
    long deadline = System.currentTimeMillis() + FUNCTION_TIMEOUT.toMillis();
    exchange.set("Lambda-Runtime-Aws-Request-Id", "lambda-" + invocations.incrementAndGet());
    exchange.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange.set("Lambda-Runtime-Trace-Id", "Root=1-" + invocations.get());
    exchange.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:app");
    respond(exchange, 200, event);
  }

  private void restoreNext(Exchange exchange) throws IOException {
    checkpoint.countDown();
    await(() -> {
      restored.await();
      return "";
    });
    respond(exchange, 200, "{}");
  }

  private void receive(Exchange exchange) throws IOException {
    byte[] body = exchange.body();
    if (body.length > MAX_RESPONSE_BYTES) {
      respond(exchange, 413, "{}");
      return;
    }
    posted.add(new Posted(exchange.path(), new String(body, StandardCharsets.UTF_8)));
    respond(exchange, 202, "{}");
  }

  private interface Waiting {
    String await() throws InterruptedException;
  }

  private static String await(Waiting waiting) throws IOException {
    try {
      return waiting.await();
    } catch (InterruptedException closing) {
      throw new IOException("The API is closed.", closing);
    }
  }

  private static void respond(Exchange exchange, int status, String body) throws IOException {
    exchange
        .set("Content-Type", "application/json") // the client's native code relies on it
        .respond(status, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
