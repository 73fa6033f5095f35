package dev.screenful.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.local.RuntimeApi;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The main loop of the custom runtime, against a runtime API on this machine. */
final class RuntimeLoopTest {

  private final RuntimeApi api = api();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private static RuntimeApi api() {
    try {
      return new RuntimeApi();
    } catch (IOException taken) {
      throw new AssertionError(taken);
    }
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Thread start(Supplier<RequestStreamHandler> function) {
    RuntimeLoop loop =
        new RuntimeLoop(
            Map.of("AWS_LAMBDA_RUNTIME_API", api.address()),
            new Log(new PrintStream(log, true, StandardCharsets.UTF_8)));
    return Thread.startVirtualThread(() -> loop.run(function));
  }

  private void assertEnds(Thread loop) throws InterruptedException {
    assertThat(loop.join(Duration.ofSeconds(30))).isTrue();
  }

  private static final RequestStreamHandler ECHO =
      (event, response, context) -> event.transferTo(response);

  @Test
  void every_event_gets_its_response() throws InterruptedException {
    start(() -> ECHO);
    assertThat(api.invoke("{\"n\":1}")).isEqualTo("{\"n\":1}");
    assertThat(api.invoke("{\"ö\":2}")).isEqualTo("{\"ö\":2}");
  }

  @Test
  void the_context_describes_the_invocation() throws InterruptedException {
    AtomicReference<Context> seen = new AtomicReference<>();
    AtomicReference<String> trace = new AtomicReference<>();
    start(() ->
        (event, response, context) -> {
          seen.set(context);
          trace.set(System.getProperty("com.amazonaws.xray.traceHeader"));
        });
    api.invoke("{}");

    Context context = seen.get();
    assertThat(context.getAwsRequestId()).isEqualTo("lambda-1");
    assertThat(context.getRemainingTimeInMillis()).isBetween(20_000, 29_000);
    assertThat(context.getInvokedFunctionArn()).endsWith(":function:app");
    assertThat(context.getXrayTraceId()).isEqualTo("Root=1-1").isEqualTo(trace.get());
  }

  @Test
  void a_function_that_throws_fails_its_invocation_only() throws InterruptedException {
    start(() ->
        (event, response, context) -> {
          if (context.getAwsRequestId().equals("lambda-1")) {
            throw new IOException("The disk is full.", new IllegalStateException("a cause"));
          }
          event.transferTo(response);
        });

    assertThatThrownBy(() -> api.invoke("{}"))
        .hasMessageContaining("/runtime/invocation/lambda-1/error")
        .hasMessageContaining("{\"errorMessage\":\"The disk is full.\"")
        .hasMessageContaining("\"errorType\":\"java.io.IOException\"")
        .hasMessageContaining("\"stackTrace\":[\"")
        .hasMessageNotContaining("a cause");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("lambda-1", "a cause");
    assertThat(api.invoke("{\"n\":2}")).isEqualTo("{\"n\":2}");
  }

  @Test
  void an_instance_that_ran_out_of_memory_reports_it_and_ends() throws InterruptedException {
    Thread loop =
        start(() ->
            (event, response, context) -> {
              throw new OutOfMemoryError();
            });

    assertThatThrownBy(() -> api.invoke("{}")).hasMessageContaining("java.lang.OutOfMemoryError");
    assertEnds(loop);
  }

  @Test
  void a_function_that_can_not_start_reports_it_and_ends() throws InterruptedException {
    Thread loop =
        start(() -> {
          throw new IllegalArgumentException("TABLE_NAME is missing.");
        });

    assertThatThrownBy(() -> api.invoke("{}"))
        .hasMessageContaining("/runtime/init/error")
        .hasMessageContaining("TABLE_NAME is missing.");
    assertEnds(loop);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("TABLE_NAME is missing.");
  }

  @Test
  void six_megabytes_pass_in_both_directions() throws InterruptedException {
    start(() -> ECHO);
    String event = "\"" + "x".repeat(6 * 1024 * 1024) + "\"";
    assertThat(api.invoke(event).equals(event)).isTrue();
  }

  @Test
  void a_response_that_lambda_refuses_fails_its_invocation_only() throws InterruptedException {
    start(() -> ECHO);
    assertThatThrownBy(() -> api.invoke("x".repeat(7_000_000)))
        .hasMessageContaining("/error")
        .hasMessageContaining("Lambda refused the response of 7000000 bytes with status 413.");
    assertThat(api.invoke("{}")).isEqualTo("{}");
  }

  /** The API may fail while the loop sends a response, waits for an event, or connects again. */
  @RepeatedTest(100)
  void the_loop_ends_if_the_runtime_api_fails() throws InterruptedException {
    Thread loop = start(() -> ECHO);
    api.invoke("{}");
    api.close();
    assertEnds(loop);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"where\":\"runtime\"");
  }
}
