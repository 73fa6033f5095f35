package dev.screenful.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.security.Security;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts a function on a custom runtime, and runs one invocation after the other. A function that
 * throws fails its invocation only. If the runtime API fails, the loop ends, and Lambda replaces
 * the instance.
 */
public final class RuntimeLoop {

  private final RuntimeClient api;
  private final Log log;

  /**
   * A loop that has not started.
   *
   * @param environment contains {@code AWS_LAMBDA_RUNTIME_API}, the host and port of the runtime
   *     API
   */
  RuntimeLoop(Map<String, String> environment, Log log) {
    this.api = new RuntimeClient(environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", "localhost"));
    this.log = log;
  }

  /**
   * Runs a function until the process ends: the main method of a function.
   *
   * @param function creates the function
   */
  public static void main(Supplier<RequestStreamHandler> function) {
    // A failed name lookup may succeed a second later; Lambda's own runtimes do the same.
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
    new RuntimeLoop(System.getenv(), new Log(System.out)).run(function);
    System.exit(1);
  }

  /** Returns if the function can't start, or if the instance can't continue. */
  void run(Supplier<RequestStreamHandler> function) {
    try {
      RequestStreamHandler handler = start(function);
      while (handler != null && invoke(handler, api.next())) {}
    } catch (IOException failed) {
      log.failure("", "runtime", failed);
    }
  }

  private @Nullable RequestStreamHandler start(Supplier<RequestStreamHandler> function)
      throws IOException {
    try {
      return function.get();
    } catch (Throwable failure) {
      log.failure("", "start", failure);
      api.failStart(failure);
      return null;
    }
  }

  /**
   * Returns whether the instance can continue.
   *
   * @throws IOException if the runtime API fails, so that no other report would reach it
   */
  private boolean invoke(RequestStreamHandler handler, Invocation invocation) throws IOException {
    setTrace(invocation.getXrayTraceId());
    ByteArrayOutputStream response = new ByteArrayOutputStream(16 * 1024);
    try {
      handler.handleRequest(new ByteArrayInputStream(invocation.event()), response, invocation);
    } catch (Throwable failure) {
      return fail(invocation, failure);
    } finally {
      Thread.interrupted(); // an interrupt must not reach the next invocation
    }
    try {
      api.respond(invocation, response.toByteArray());
      return true;
    } catch (ResponseRefused refused) {
      return fail(invocation, refused);
    }
  }

  private boolean fail(Invocation invocation, Throwable failure) throws IOException {
    log.failure(invocation.getAwsRequestId(), "function", failure);
    api.fail(invocation, failure);
    return !(failure instanceof VirtualMachineError || failure instanceof IOError);
  }

  /** The AWS SDK and the X-Ray SDK read the header of the current invocation here. */
  private static void setTrace(@Nullable String header) {
    if (header == null) {
      System.clearProperty("com.amazonaws.xray.traceHeader");
    } else {
      System.setProperty("com.amazonaws.xray.traceHeader", header);
    }
  }
}
