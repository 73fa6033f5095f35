package dev.screenful;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.execution.DocumentValidator;
import dev.screenful.execution.Execution;
import dev.screenful.gateway.GatewayHandler;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.live.Connections;
import dev.screenful.schema.AppSchema;
import dev.screenful.screens.DocumentLookup;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screens;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import java.time.InstantSource;

/** Builds the handler of an app from all rooms. */
public final class Backend {

  private Backend() {}

  /**
   * The handler of an app without live screens, with the documents of its schema folder.
   *
   * @param tokens verifies the tokens of the trusted issuer
   * @param client connects to DynamoDB
   * @param clock the time for everything that expires
   * @param log receives all log entries
   * @throws dev.screenful.schema.InvalidSchema if the SDL or its registrations are wrong
   */
  public static RequestStreamHandler handler(
      App app,
      Settings settings,
      TokenVerifier tokens,
      DynamoDb client,
      InstantSource clock,
      Log log) {
    return handler(
        app,
        settings,
        KnownScreens.of(settings.schemaFolder()),
        tokens,
        client,
        Connections.none(),
        clock,
        log);
  }

  /**
   * The handler of an app.
   *
   * @param known the documents of the app's versions
   * @param tokens verifies the tokens of the trusted issuer
   * @param client connects to DynamoDB
   * @param connections the WebSocket connections of live screens
   * @param clock the time for everything that expires
   * @param log receives all log entries
   * @throws dev.screenful.schema.InvalidSchema if the SDL or its registrations are wrong
   */
  public static RequestStreamHandler handler(
      App app,
      Settings settings,
      KnownScreens known,
      TokenVerifier tokens,
      DynamoDb client,
      Connections connections,
      InstantSource clock,
      Log log) {
    AppSchema schema = AppSchema.of(settings.schemaFolder(), app.resolvers());
    TableDefinition definition = app.table().withImmutable(schema.owners().attributes());
    Table table = new Table(client, settings.tableName(), definition);
    DocumentLookup documents =
        new DocumentLookup(
            new DocumentValidator(schema, log), table, known, settings.documents(), clock, log);
    Execution execution = new Execution(schema, table, settings.execution(), clock, log);
    return new GatewayHandler(
        new GraphqlOverHttp(
            new Screens(documents, execution, log),
            app.tokens().map(tokens::or).orElse(tokens),
            app.authorizationScheme(),
            settings.http(),
            new Metrics(settings.metricsNamespace(), settings.clients(), clock),
            log),
        log);
  }
}
