package dev.screenful;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.execution.Execution;
import dev.screenful.gateway.GatewayHandler;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screens;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts the rooms together. */
public final class Backend {

  private Backend() {}

  /**
   * The handler of an app's Lambda function.
   *
   * @param tokens decides whom to trust
   * @param client reaches the table
   * @param clock tells when what is kept for a time ends
   * @param log where log lines go
   */
  public static RequestStreamHandler handler(
      App app,
      Settings settings,
      TokenVerifier tokens,
      DynamoDbClient client,
      InstantSource clock,
      Log log) {
    Table table = new Table(client, settings.tableName(), app.table());
    Execution execution =
        new Execution(
            settings.schemaFolder(), app.resolvers(), table, settings.execution(), clock, log);
    KnownScreens known = new KnownScreens(settings.schemaFolder());
    return new GatewayHandler(
        new GraphqlOverHttp(
            new Screens(execution, table, known, settings.documents(), clock, log),
            tokens,
            settings.http(),
            new Metrics(settings.metricsNamespace(), settings.clients(), clock),
            log),
        log);
  }
}
