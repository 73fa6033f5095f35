package dev.screenful.priming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.telemetry.Log;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.crac.Core;

/**
 * Lambda's SnapStart: function instances are restored from a snapshot that Lambda takes when a
 * version is published, after the function has started and before its first request.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Lambda SnapStart</a>
 */
public final class SnapStart {

  private SnapStart() {}

  /**
   * Prepares a function's handler for the snapshot, if SnapStart is on.
   *
   * @param environment the function's environment variables
   * @param app creates the app for a time
   * @param tokens the handler's verifier
   * @param client the handler's connection to DynamoDB
   * @param log receives a warning for each part of the preparation that fails
   * @return the handler to use; without SnapStart, the given one
   */
  public static RequestStreamHandler prepare(
      RequestStreamHandler handler,
      Map<String, String> environment,
      Settings settings,
      Function<Clock, App> app,
      TokenVerifier tokens,
      DynamoDb client,
      Log log) {
    if (!"snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      return handler;
    }
    SnapshotHandler prepared =
        new SnapshotHandler(handler, settings.schemaFolder(), app, tokens, client, log);
    Core.getGlobalContext().register(prepared);
    return prepared;
  }
}
