package dev.screenful.priming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.crac.Context;
import org.crac.Resource;

/**
 * A handler that does slow work before the snapshot, and drops what must not outlive it. It is the
 * registered resource itself, because CRaC's context holds resources weakly, and Lambda holds the
 * handler.
 *
 * <p>No request reaches the handler before the snapshot, so its caches are empty then.
 */
final class SnapshotHandler implements RequestStreamHandler, Resource {

  /** See docs/decisions/0024-snapstart.md. */
  private static final int ROUNDS = 100;

  /** Lambda waits for 130 seconds at least, the start included. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RequestStreamHandler handler;
  private final Path schemaFolder;
  private final Function<Clock, App> app;
  private final TokenVerifier tokens;
  private final DynamoDb client;
  private final Log log;

  SnapshotHandler(
      RequestStreamHandler handler,
      Path schemaFolder,
      Function<Clock, App> app,
      TokenVerifier tokens,
      DynamoDb client,
      Log log) {
    this.handler = handler;
    this.schemaFolder = schemaFolder;
    this.app = app;
    this.tokens = tokens;
    this.client = client;
    this.log = log;
  }

  @Override
  public void handleRequest(
      InputStream event,
      OutputStream response,
      com.amazonaws.services.lambda.runtime.Context context)
      throws IOException {
    handler.handleRequest(event, response, context);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    attempt("Opening the screens", this::prime);
    attempt("Connecting to DynamoDB", client::tryConnection);
    attempt("Reading the issuer's keys", tokens::prepare);
  }

  private void prime() throws IOException {
    try (Priming priming = new Priming(schemaFolder, app)) {
      long end = System.nanoTime() + LIMIT.toNanos();
      for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
        priming.run(1);
      }
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    client.reset();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(String name, Step step) {
    try {
      step.run();
    } catch (Throwable failed) { // even an Error: without this step, the function is only slower
      log.warning(
          "snapshot",
          Map.of(
              "message",
              name + " failed before the snapshot, so first requests are slower.",
              "failure",
              failed.toString()));
    }
  }
}
