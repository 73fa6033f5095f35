package dev.screenful.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.live.Connections;
import dev.screenful.priming.Recording;
import dev.screenful.priming.SnapStart;
import dev.screenful.runtime.RuntimeLoop;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The Lambda function of an app. Everything is built once, when Lambda starts a function instance:
 *
 * <pre>{@code
 * public final class NotesFunction extends LambdaFunction {
 *
 *   public NotesFunction() {
 *     super((clock, bucket) -> new Notes(clock));
 *   }
 *
 *   // on a custom runtime
 *   public static void main(String[] none) {
 *     start(NotesFunction::new);
 *   }
 * }
 * }</pre>
 */
public abstract class LambdaFunction implements RequestStreamHandler {

  private final RequestStreamHandler handler;

  /**
   * Builds the handler from the environment variables of the function, see {@link Settings#of}.
   *
   * @param app creates the app for a clock and the bucket of its uploads
   */
  protected LambdaFunction(BiFunction<Clock, Bucket, App> app) {
    Map<String, String> environment = System.getenv();
    Clock clock = Clock.systemUTC();
    Settings settings = Settings.of(environment);
    Log log = new Log(System.out);
    TokenVerifier tokens = TokenVerifier.of(settings.issuer(), clock, log);
    DynamoDb client = DynamoDb.of(environment, clock);
    this.handler =
        SnapStart.prepare(
            Backend.handler(
                app.apply(clock, Bucket.of(environment, clock)),
                settings,
                tokens,
                client,
                Connections.of(environment, clock),
                clock,
                log),
            environment,
            settings,
            primed -> app.apply(primed, Recording.bucket(primed)),
            tokens,
            client,
            log);
  }

  /** Starts the function on a custom runtime. */
  protected static void start(Supplier<RequestStreamHandler> function) {
    RuntimeLoop.main(function);
  }

  @Override
  public final void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    handler.handleRequest(event, response, context);
  }
}
