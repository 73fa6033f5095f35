package dev.screenful.local;

import dev.screenful.build.Build;
import dev.screenful.build.CustomRuntime;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.priming.Recording;
import dev.screenful.store.Backfill;
import dev.screenful.store.Table;
import dev.screenful.store.TableDefinition;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The commands for the development of an app, which {@code pom.xml} runs. The main method of a
 * {@link DevelopmentApp} passes its arguments to {@link #run}.
 */
public final class Commands {

  /** A fixed time, so that each build makes the same recording. */
  private static final Clock RECORDING =
      Clock.fixed(Instant.parse("2026-01-15T14:00:00Z"), ZoneOffset.UTC);

  /** Items between two progress messages of a backfill. */
  private static final int STEP = 10_000;

  private final DevelopmentApp app;

  private Commands(DevelopmentApp app) {
    this.app = app;
  }

  /**
   * Runs a command. Any failure ends the process with status 1; a mistake of the app has a message.
   *
   * @param arguments the command and its arguments:
   *     <ul>
   *       <li>{@code serve NAME=VALUE...} starts the development server, see {@link ServerOptions};
   *       <li>{@code build SCHEMA CLIENTS COMPACT DASHBOARD} checks the schema folder, and writes
   *           the files for clients, the compact form and the dashboard;
   *       <li>{@code record SCHEMA FOLDER} records all screens for the package of the function;
   *       <li>{@code custom-runtime FUNCTION FOLDER SCHEMA} makes the custom runtime, and trains it
   *           with the sample data;
   *       <li>{@code backfill TABLE [URL]} upgrades all items of a table, at AWS or on a local
   *           engine.
   *     </ul>
   */
  public static void run(DevelopmentApp app, String... arguments) throws InterruptedException {
    try {
      new Commands(app).run(arguments[0], List.of(arguments).subList(1, arguments.length));
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(
          wrong.getMessage()); // without a stack trace, since the message explains what to change
      System.exit(1);
    } catch (IOException | RuntimeException failed) {
      failed.printStackTrace(); // not returned, since threads of the engine or a server may run on
      System.exit(1);
    }
  }

  private void run(String command, List<String> arguments)
      throws IOException, InterruptedException {
    switch (command) {
      case "serve" -> LocalServer.start(app, ServerOptions.of(arguments));
      case "build" -> build(arguments);
      case "record" -> record(arguments);
      case "custom-runtime" -> customRuntime(arguments);
      case "backfill" -> backfill(arguments);
      default -> throw new IllegalArgumentException("There is no command " + command + ".");
    }
  }

  private void build(List<String> arguments) throws IOException {
    Build.run(
        Path.of(arguments.get(0)),
        app.app(RECORDING, new SplittableRandom(1), Bucket.none()).resolvers(),
        Path.of(arguments.get(1)),
        Path.of(arguments.get(2)),
        Path.of(arguments.get(3)));
  }

  private void record(List<String> arguments) throws IOException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      recording(app, Path.of(arguments.get(0)), engine.endpoint())
          .write(Path.of(arguments.get(1)).resolve(Recording.FILE));
    }
  }

  /**
   * Records the screens of a folder on an engine, in a table of its own. The same app and data give
   * the same recording.
   */
  public static Recording recording(DevelopmentApp app, Path schemaFolder, URI engine)
      throws IOException {
    Table table = loaded(app, "recording", engine, RECORDING);
    return new Recorder(
            schemaFolder,
            clock -> app.app(clock, new SplittableRandom(1), Recording.bucket(clock)),
            engine,
            table.name(),
            RECORDING,
            app.identities())
        .record(app.examples(table, RECORDING));
  }

  private void customRuntime(List<String> arguments) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try (LocalDynamo engine = LocalDynamo.start(null);
        LocalS3 uploads = new LocalS3(0, List.of(), clock)) {
      CustomRuntime runtime =
          CustomRuntime.make(Path.of(arguments.get(0)), Path.of(arguments.get(1)));
      app.upload(uploads);
      Table table = loaded(app, LocalServer.tableName(app), engine.endpoint(), clock);
      Map<String, String> environment = new HashMap<>(app.environment());
      environment.putAll(uploads.environment());
      new Training(
              runtime,
              Path.of(arguments.get(2)).resolve("screens"),
              engine.endpoint(),
              table.name(),
              app.identities(),
              clock)
          .run(app.function().getName(), app.examples(table, clock), environment);
      runtime.check();
    }
  }

  private static TableDefinition table(DevelopmentApp app) {
    return app.app(RECORDING, new SplittableRandom(1), Bucket.none()).table();
  }

  /** A new table with the sample data. */
  private static Table loaded(DevelopmentApp app, String name, URI engine, Clock clock) {
    Table table = new Table(LocalDynamo.client(engine), name, table(app));
    LocalDynamo.createTable(table.client(), table.name(), table.definition());
    app.load(table, clock, false);
    return table;
  }

  private void backfill(List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
      throw new IllegalArgumentException("Set the table name: -Dtable=NAME");
    }
    DynamoDb client =
        arguments.size() > 1 && !arguments.get(1).isEmpty()
            ? LocalDynamo.client(URI.create(arguments.get(1)))
            : DynamoDb.of(System.getenv(), InstantSource.system());
    Table table = new Table(client, arguments.getFirst(), table(app));
    Backfill backfill = new Backfill(table);
    Backfill.Report report;
    do {
      report = backfill.run(STEP);
      System.out.printf("%d items read, %d upgraded%n", report.read(), report.upgraded());
    } while (!report.isDone());
  }
}
