package dev.layover.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.LayoverTable;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.Sdk;
import dev.screenful.store.Table;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The import of the sample data, and the options of the server. */
final class SampleDataTest {

  private static final Map<String, AttributeValue> SAN_FRANCISCO =
      Map.of("pk", AttributeValue.fromS("AIRPORT#SFO"), "sk", AttributeValue.fromS("AIRPORT"));

  private static Table table(URI engine, String name) {
    DynamoDb client = LocalDynamo.client(engine);
    LocalDynamo.createTable(client, name, LayoverTable.DEFINITION);
    return new Table(client, name, LayoverTable.DEFINITION);
  }

  @Test
  void dirty_rows_are_imported_or_skipped_by_rule_and_reported() {
    Table table = table(TestBench.engine(), "all-flights");

    String report = new SampleImport(table, TestBench.CLOCK).run(true);

    // 8 days of 256 flights, as on the busiest day, and all 20,000 flights except the 38 with an
    // unknown airport
    assertThat(report).startsWith("4,517 airports, 22,010 flights");
    assertThat(report)
        .contains(
            "179 airports have no city; imported without one",
            "57 airports have no elevation; imported without one");
    assertThat(
            report.lines().filter(line -> line.contains("skipped: the data has no such airport")))
        .hasSize(38);
  }

  @Test
  void a_data_folder_keeps_its_items_and_gets_only_missing_days(@TempDir Path folder) {
    try (LocalDynamo engine = LocalDynamo.start(folder)) {
      Table table = table(engine.endpoint(), "kept");
      assertThat(new SampleImport(table, TestBench.CLOCK).run(false))
          .startsWith("4,517 airports, 2,048 flights");
      Sdk.client(engine.endpoint())
          .deleteItem(delete -> delete.tableName("kept").key(SAN_FRANCISCO));
    }

    try (LocalDynamo engine = LocalDynamo.start(folder)) {
      Table table = table(engine.endpoint(), "kept");
      Clock nextDay = Clock.offset(TestBench.CLOCK, Duration.ofDays(1));
      assertThat(new SampleImport(table, nextDay).run(false))
          .isEqualTo("4,517 airports, 2,304 flights");
      assertThat(
              Sdk.client(engine.endpoint())
                  .getItem(get -> get.tableName("kept").key(SAN_FRANCISCO))
                  .hasItem())
          .isFalse();
    }
  }
}
