package dev.screenful;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.execution.DocumentValidator;
import dev.screenful.execution.Execution;
import dev.screenful.gateway.GatewayHandler;
import dev.screenful.http.GraphqlOverHttp;
import dev.screenful.identity.Authorization;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.live.Connections;
import dev.screenful.live.Live;
import dev.screenful.schema.AppSchema;
import dev.screenful.screens.DocumentLookup;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Screens;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import dev.screenful.telemetry.Tracing;
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
    return handler(app, settings, tokens, client, Connections.none(), clock, log);
  }

  /**
   * The handler of an app with the documents of its schema folder.
   *
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
      TokenVerifier tokens,
      DynamoDb client,
      Connections connections,
      InstantSource clock,
      Log log) {
    KnownScreens known = KnownScreens.of(settings.schemaFolder());
    return handler(app, settings, known, tokens, client, connections, clock, log);
  }

  /**
   * The handler of an app with given documents.
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
    Screens screens = new Screens(documents, execution, log);
    TokenVerifier all = app.tokens().map(tokens::or).orElse(tokens);
    Authorization authorization = new Authorization(app.authorizationScheme());
    Metrics metrics = new Metrics(settings.metricsNamespace(), settings.clients(), clock);
    return new GatewayHandler(
        new GraphqlOverHttp(screens, all, authorization, settings.http(), metrics, log),
        new Live(screens, all, authorization, connections, table, clock, metrics, log),
        new Tracing(settings.tracing(), clock, log),
        log);
  }
}
