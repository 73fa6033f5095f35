package dev.layover.local;

import dev.layover.Layover;
import dev.layover.LayoverTable;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.DynamoDbException;
import dev.screenful.dynamodb.DynamoDbUnavailable;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.LocalS3;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts the development server with Layover and its sample data. */
public final class LayoverServer {

  /** The development users. */
  static final List<DevelopmentIdentity> IDENTITIES =
      List.of(
          new DevelopmentIdentity("traveller-1", "First traveller", Set.of()),
          new DevelopmentIdentity("traveller-2", "Second traveller", Set.of()),
          new DevelopmentIdentity("staff-1", "Staff", Set.of("STAFF")));

  private static final String ENGINE_ENDED =
      "The local DynamoDB engine has stopped, so requests get UNAVAILABLE. Press Ctrl+C, then restart the server: mvn -q compile exec:exec";

  private LayoverServer() {}

  /**
   * Starts the server, which runs until it is stopped.
   *
   * @param arguments options as {@code NAME=VALUE}, see {@link ServerOptions}
   */
  public static void main(String[] arguments) throws IOException {
    try {
      start(ServerOptions.of(arguments));
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(
          wrong.getMessage()); // without a stack trace, since the message explains what to change
      System.exit(1);
    }
  }

  private static void start(ServerOptions options) throws IOException {
    Clock clock = Clock.systemUTC();
    Log log = new Log(System.out);
    LocalDynamo local =
        options.dynamodb().isPresent() ? null : LocalDynamo.start(options.data().orElse(null));
    URI engine = local == null ? options.dynamodb().orElseThrow() : local.endpoint();
    DynamoDb client = LocalDynamo.client(engine);
    Table table = new Table(client, "layover", LayoverTable.DEFINITION);
    String loaded = load(table, local, engine, clock, options.allFlights());

    URI origin = URI.create("http://localhost:" + options.port());
    DevelopmentIssuer issuer = new DevelopmentIssuer(origin, IDENTITIES, clock);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent("SAFELIST", "open");
    environment.put("TABLE_NAME", table.name());
    LocalS3 uploads =
        new LocalS3(options.port() + 1, List.of("*"), clock); // on loopback, for any page here
    SampleTravellers.upload(uploads);
    environment.put("CURSOR_SECRET", DevelopmentServer.randomSecret());
    Settings settings = Settings.of(Path.of("schema"), environment);
    Layover app = new Layover(clock, new SecureRandom(), Bucket.of(uploads.environment(), clock));
    new DevelopmentServer(
        options.port(),
        app,
        settings,
        client,
        issuer,
        () -> SampleTravellers.examples(table, clock),
        clock,
        log);
    if (local != null) {
      local.onFailure(() -> log.warning("engine", Map.of("message", ENGINE_ENDED)));
    }
    System.out.printf(
        """

        Layover is ready.
          endpoint  POST %s/graphql
          GraphiQL  %s
          screens   %s/screens, with their cost
          sign in   choose a user in GraphiQL's top bar, or get a token:
                    curl -d username=%s %s/token
          schema    %s, read from its files; a change shows at once
          uploads   %s, in memory
          data      %s
          DynamoDB  %s, %s

        """,
        origin,
        origin,
        origin,
        IDENTITIES.getFirst().id(),
        origin,
        settings.schemaFolder(),
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

  /** Creates the table and loads the sample data. Existing data stays unchanged. */
  private static String load(
      Table table, @Nullable LocalDynamo local, URI engine, Clock clock, boolean allFlights) {
    try {
      LocalDynamo.createTable(table.client(), table.name(), LayoverTable.DEFINITION);
      return new SampleImport(table, clock).run(allFlights, ProgressBar.onStandardOutput());
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
