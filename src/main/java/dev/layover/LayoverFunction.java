package dev.layover;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.runtime.RuntimeLoop;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;

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
    Clock clock = Clock.systemUTC();
    Settings settings = Settings.of(System.getenv());
    return Backend.handler(
        new Layover(clock, new SecureRandom()),
        settings,
        TokenVerifier.of(settings.issuer(), clock),
        DynamoDb.of(System.getenv(), clock),
        clock,
        new Log(System.out));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    handler.handleRequest(event, response, context);
  }
}
