package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.kit.TestBench;
import dev.screenful.store.TableDefinition;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stream of a table of the local engine, as events for a function. */
@Timeout(60)
final class StreamFollowerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDb client = LocalDynamo.client(TestBench.engine());
  private final DynamoDbClient sdk = Sdk.shared();
  private final String table = "stream-" + UUID.randomUUID();
  private final BlockingQueue<JsonNode> batches = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));

  private StreamFollower follow(Function<JsonNode, String> response) {
    LocalDynamo.createTable(client, table, TableDefinition.of());
    RequestStreamHandler handler =
        (event, out, context) -> {
          JsonNode records = JSON.readTree(event).get("Records");
          batches.add(records);
          out.write(response.apply(records).getBytes(StandardCharsets.UTF_8));
        };
    return StreamFollower.start(client, table, new LocalFunction(handler), log);
  }

  private void put(String partition, String text) {
    sdk.putItem(request ->
        request.tableName(table).item(Map.of("pk", s(partition), "sk", s("A"), "text", s(text))));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private JsonNode batch() throws InterruptedException {
    JsonNode batch = batches.poll(10, TimeUnit.SECONDS);
    assertThat(batch).as("a batch").isNotNull();
    return batch;
  }

  private List<JsonNode> records(int count) throws InterruptedException {
    List<JsonNode> records = new ArrayList<>();
    while (records.size() < count) {
      batch().forEach(records::add);
    }
    return records;
  }

  private static String failure(JsonNode change) {
    return "{\"batchItemFailures\": [{\"itemIdentifier\": \"%s\"}]}"
        .formatted(change.at("/dynamodb/SequenceNumber").asText());
  }

  private static String text(JsonNode change) {
    return change.at("/dynamodb/NewImage/text/S").asText();
  }

  @Test
  void changes_arrive_in_their_order_as_records_of_a_lambda_event() throws InterruptedException {
    try (StreamFollower follower = follow(records -> "{}")) {
      put("NOTE#1", "one");
      put("NOTE#1", "two");
      sdk.deleteItem(
          request -> request.tableName(table).key(Map.of("pk", s("NOTE#1"), "sk", s("A"))));

      List<JsonNode> records = records(3);

      assertThat(records)
          .extracting(change -> change.get("eventName").asText())
          .containsExactly("INSERT", "MODIFY", "REMOVE");
      JsonNode modified = records.get(1);
      assertThat(modified.get("eventSource").asText()).isEqualTo("aws:dynamodb");
      assertThat(modified.get("eventSourceARN").asText()).contains(table + "/stream/");
      assertThat(modified.at("/dynamodb/Keys/pk/S").asText()).isEqualTo("NOTE#1");
      assertThat(modified.at("/dynamodb/OldImage/text/S").asText()).isEqualTo("one");
      assertThat(text(modified)).isEqualTo("two");
      assertThat(modified.at("/dynamodb/StreamViewType").asText()).isEqualTo("NEW_AND_OLD_IMAGES");
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void a_large_number_of_changes_arrives_in_batches_without_a_gap() throws InterruptedException {
    try (StreamFollower follower = follow(records -> "{}")) {
      for (int note = 0; note < 250; note++) {
        put("NOTE#" + note, "" + note);
      }
      List<String> texts = new ArrayList<>();
      while (texts.size() < 250) {
        JsonNode batch = batch();
        assertThat(batch.size()).isBetween(1, 100);
        batch.forEach(change -> texts.add(text(change)));
      }
      for (int note = 0; note < 250; note++) {
        assertThat(texts.get(note)).isEqualTo("" + note);
      }
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void items_of_live_screens_are_filtered_out() throws InterruptedException {
    try (StreamFollower follower = follow(records -> "{}")) {
      put("LIVE#1", "filtered");
      put("NOTE#1", "seen");

      assertThat(text(records(1).getFirst())).isEqualTo("seen");
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void the_function_gets_a_failed_record_and_all_after_it_again() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    BlockingQueue<String> accepted = new LinkedBlockingQueue<>();
    try (StreamFollower follower =
        follow(records -> {
          for (JsonNode change : records) {
            if (text(change).equals("two") && failures.getAndIncrement() < 3) {
              return failure(change);
            }
            accepted.add(text(change));
          }
          return "{\"batchItemFailures\": []}";
        })) {
      put("NOTE#1", "one");
      put("NOTE#1", "two");
      put("NOTE#1", "three");

      for (String expected : new String[] {"one", "two", "three"}) {
        assertThat(accepted.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
      }
      assertThat(failures).hasValue(4);
      assertThat(lines.toString(StandardCharsets.UTF_8)).doesNotContain("streamBatchDropped");
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void after_ten_attempts_a_batch_is_dropped_with_a_warning() throws InterruptedException {
    try (StreamFollower follower =
        follow(records -> {
          if (text(records.get(0)).equals("poison")) {
            throw new IllegalStateException("refused");
          }
          return "{}";
        })) {
      put("NOTE#1", "poison");
      for (int attempt = 0; attempt < 10; attempt++) {
        assertThat(text(batch().get(0))).isEqualTo("poison");
      }
      put("NOTE#1", "next");

      assertThat(text(batch().get(0))).isEqualTo("next");
      assertThat(lines.toString(StandardCharsets.UTF_8)).contains("streamBatchDropped");
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void the_stream_is_enabled_only_while_it_is_followed() throws InterruptedException {
    follow(records -> "{}").close();
    assertThat(sdk.describeTable(request -> request.tableName(table)).table().streamSpecification())
        .isNull();
    put("NOTE#1", "missed");

    try (StreamFollower again =
        StreamFollower.start(
            client,
            table,
            new LocalFunction((event, out, context) -> {
              batches.add(JSON.readTree(event).get("Records"));
              out.write('{');
              out.write('}');
            }),
            log)) {
      put("NOTE#1", "seen");
      assertThat(text(records(1).getFirst())).isEqualTo("seen");
      assertThat(again).isNotNull();
    }
  }
}
