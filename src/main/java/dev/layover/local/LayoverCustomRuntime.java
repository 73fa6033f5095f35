package dev.layover.local;

import dev.layover.LayoverFunction;
import dev.layover.LayoverTable;
import dev.screenful.build.CustomRuntime;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.LocalS3;
import dev.screenful.local.Training;
import dev.screenful.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The build step that makes the custom runtime, and trains it with the sample data. */
public final class LayoverCustomRuntime {

  private LayoverCustomRuntime() {}

  /**
   * Makes the folder of the custom runtime. Exits with 1 if Lambda would not accept it.
   *
   * @param arguments the folder of the function, the folder to make, and the schema folder
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try (LocalDynamo engine = LocalDynamo.start(null);
        LocalS3 uploads = new LocalS3(0, List.of(), clock)) {
      CustomRuntime runtime = CustomRuntime.make(Path.of(arguments[0]), Path.of(arguments[1]));
      Table table =
          new Table(LocalDynamo.client(engine.endpoint()), "layover", LayoverTable.DEFINITION);
      LocalDynamo.createTable(table.client(), table.name(), LayoverTable.DEFINITION);
      new SampleImport(table, clock).run(false);
      SampleTravellers.upload(uploads);
      new Training(
              runtime,
              Path.of(arguments[2]).resolve("screens"),
              engine.endpoint(),
              table.name(),
              LayoverServer.IDENTITIES,
              clock)
          .run(
              LayoverFunction.class.getName(),
              SampleTravellers.examples(table, clock),
              uploads.environment());
      runtime.check();
    } catch (IllegalStateException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
    }
  }
}
