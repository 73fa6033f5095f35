package dev.layover.local;

import dev.layover.LayoverTable;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.local.LocalDynamo;
import dev.screenful.store.Backfill;
import dev.screenful.store.Table;
import java.net.URI;
import java.time.InstantSource;

/** The command that upgrades all items of a table. */
public final class LayoverBackfill {

  /** Items between two progress messages. */
  private static final int STEP = 10_000;

  private LayoverBackfill() {}

  /**
   * Runs until all items are upgraded. Region and credentials come from the environment variables
   * that {@link DynamoDb#of} reads.
   *
   * @param arguments the table's name, and for a local engine its URL
   */
  public static void main(String[] arguments) {
    if (arguments.length == 0 || arguments[0].isEmpty()) {
      System.err.println("Set the table name: -Dtable=NAME");
      System.exit(1);
    }
    DynamoDb client =
        arguments.length > 1 && !arguments[1].isEmpty()
            ? LocalDynamo.client(URI.create(arguments[1]))
            : DynamoDb.of(System.getenv(), InstantSource.system());
    Backfill backfill = new Backfill(new Table(client, arguments[0], LayoverTable.DEFINITION));
    Backfill.Report report;
    do {
      report = backfill.run(STEP);
      System.out.printf("%d items read, %d upgraded%n", report.read(), report.upgraded());
    } while (!report.isDone());
  }
}
