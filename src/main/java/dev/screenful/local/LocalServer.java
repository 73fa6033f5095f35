package dev.screenful.local;

import dev.screenful.App;
import dev.screenful.Settings;
import dev.screenful.build.Build;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.DynamoDbException;
import dev.screenful.dynamodb.DynamoDbUnavailable;
import dev.screenful.store.StoreUnavailable;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the development server of an app, with a local engine and the sample data. */
final class LocalServer {

  private static final String ENGINE_ENDED =
      "The local DynamoDB engine has stopped, so requests get UNAVAILABLE. Press Ctrl+C, then restart the server: mvn -q compile exec:exec";

  private LocalServer() {}

  /** The name of an app's table on a local engine. */
  static String tableName(DevelopmentApp app) {
    return app.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Starts the server, which runs until it is stopped.
   *
   * @throws IllegalStateException if the server can't start; the message explains what to change
   */
  static void start(DevelopmentApp development, ServerOptions options) throws IOException {
    Clock clock = Clock.systemUTC();
    Log log = new Log(System.out);
    Path schema = Path.of("schema");
    requireValid(development, schema, clock);
    LocalS3 uploads =
        new LocalS3(options.port() + 1, List.of("*"), clock); // on loopback, for any page here
    development.upload(uploads);
    App app = development.app(clock, new SecureRandom(), Bucket.of(uploads.environment(), clock));
    LocalDynamo local =
        options.dynamodb().isPresent() ? null : LocalDynamo.start(options.data().orElse(null));
    URI engine = local == null ? options.dynamodb().orElseThrow() : local.endpoint();
    DynamoDb client = LocalDynamo.client(engine);
    Table table = new Table(client, tableName(development), app.table());
    String loaded = load(development, table, local, engine, clock, options.all());

    URI origin = URI.create("http://localhost:" + options.port());
    DevelopmentIssuer issuer = new DevelopmentIssuer(origin, development.identities(), clock);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent("SAFELIST", "open");
    environment.put("TABLE_NAME", table.name());
    environment.put("CURSOR_SECRET", DevelopmentServer.randomSecret());
    new DevelopmentServer(
        options.port(),
        app,
        new AppPages(development),
        Settings.of(schema, environment),
        client,
        issuer,
        () -> development.examples(table, clock),
        clock,
        log);
    if (local != null) {
      local.onFailure(() -> log.warning("engine", Map.of("message", ENGINE_ENDED)));
    }
    System.out.printf(
        """

        %s is ready.
          endpoint  POST %s/graphql
          GraphiQL  %s
          screens   %s/screens, with their cost
        %s\
          sign in   %s
          schema    %s, read from its files; a change shows at once
          uploads   %s, in memory
          data      %s
          DynamoDB  %s, %s

        """,
        development.name(),
        origin,
        origin,
        origin,
        pages(development, origin),
        signIn(development, origin),
        schema,
        uploads.url(),
        loaded,
        engine,
        options.dynamodb().isPresent()
            ? "already running"
            : options
                .data()
                .map(folder -> "stored in " + folder)
                .orElse("stored until this process ends"));
  }

  /** Checks the schema before anything starts. The server checks it again, and prints warnings. */
  private static void requireValid(DevelopmentApp development, Path schema, Clock clock) {
    App app = development.app(clock, new SecureRandom(), Bucket.none());
    Build.check(schema, app.resolvers(), warning -> {});
  }

  /** The app's own pages, a line each. */
  private static String pages(DevelopmentApp development, URI origin) {
    return development.pages().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(page ->
            "  %-9s %s/%s, %s%n".formatted(page.getKey(), origin, page.getKey(), page.getValue()))
        .collect(Collectors.joining());
  }

  private static String signIn(DevelopmentApp development, URI origin) {
    Optional<String> user =
        development.identities().stream()
            .map(identity -> identity.equals(DevelopmentIdentity.ANYONE) ? "anyone" : identity.id())
            .findFirst();
    return user.map(id ->
            """
            choose a user in GraphiQL's top bar, or get a token:
                        curl -s -d username=%s %s/token | jq -r .access_token\
            """
                .formatted(id, origin))
        .orElse("the app has no development users");
  }

  /** Creates the table and loads the sample data. Existing data stays unchanged. */
  private static String load(
      DevelopmentApp development,
      Table table,
      @Nullable LocalDynamo local,
      URI engine,
      Clock clock,
      boolean all) {
    try {
      LocalDynamo.createTable(table.client(), table.name(), table.definition());
      return development.load(table, clock, all);
    } catch (DynamoDbException | DynamoDbUnavailable | StoreUnavailable failed) {
      throw new IllegalStateException(
          Optional.ofNullable(local)
              .flatMap(LocalDynamo::problem)
              .orElse(
                  "The sample data can't be loaded into the DynamoDB engine at %s. Check that the engine is running. %s"
                      .formatted(engine, failed.getMessage())),
          failed);
    }
  }
}
