package dev.layover;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.priming.Recording;
import dev.screenful.priming.SnapStart;
import dev.screenful.runtime.RuntimeLoop;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * The Lambda function of {@code template.yaml}. Everything is built once, when Lambda starts a
 * function instance.
 */
public final class LayoverFunction implements RequestStreamHandler {

  private final RequestStreamHandler handler = handler();

  /** Starts the function on a custom runtime. */
  public static void main(String[] none) {
    RuntimeLoop.main(LayoverFunction::new);
  }

  private static RequestStreamHandler handler() {
    Map<String, String> environment = System.getenv();
    Clock clock = Clock.systemUTC();
    Settings settings = Settings.of(environment);
    Log log = new Log(System.out);
    TokenVerifier tokens = TokenVerifier.of(settings.issuer(), clock, log);
    DynamoDb client = DynamoDb.of(environment, clock);
    App app = new Layover(clock, new SecureRandom(), Bucket.of(environment, clock));
    return SnapStart.prepare(
        Backend.handler(app, settings, tokens, client, clock, log),
        environment,
        settings,
        primed -> new Layover(primed, new SecureRandom(), Recording.bucket(primed)),
        tokens,
        client,
        log);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    handler.handleRequest(event, response, context);
  }
}
