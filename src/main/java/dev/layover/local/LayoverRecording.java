package dev.layover.local;

import dev.layover.Layover;
import dev.layover.LayoverTable;
import dev.screenful.App;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.Recorder;
import dev.screenful.priming.Recording;
import dev.screenful.store.Table;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Records Layover's screens on the sample data, for the package of the function. */
public final class LayoverRecording {

  /** A fixed time, so that each build makes the same recording. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-15T14:00:00Z"), ZoneOffset.UTC);

  private LayoverRecording() {}

  /**
   * Starts a local engine, and writes the recording.
   *
   * @param arguments the schema folder to read, and the schema folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      record(Path.of(arguments[0]), engine.endpoint())
          .write(Path.of(arguments[1]).resolve(Recording.FILE));
    } catch (IllegalStateException wrong) {
      System.err.println(
          wrong.getMessage()); // without a stack trace, since the message explains what to change
      System.exit(1);
    }
  }

  /** Records the screens of a folder on an engine, in a table of its own. */
  static Recording record(Path schemaFolder, URI engine) throws IOException {
    DynamoDb client = LocalDynamo.client(engine);
    Table table = new Table(client, "recording", LayoverTable.DEFINITION);
    LocalDynamo.createTable(client, table.name(), table.definition());
    new SampleImport(table, CLOCK).run(false);
    Function<Clock, App> app =
        clock -> new Layover(clock, new SplittableRandom(1), Recording.bucket(clock));
    return new Recorder(schemaFolder, app, engine, table.name(), CLOCK, LayoverServer.IDENTITIES)
        .record(SampleTravellers.examples(table, CLOCK));
  }
}
