package dev.screenful.local;

import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.DynamoDbException;
import dev.screenful.store.Key;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a table on a local engine, as the records of a Lambda event. The stream is enabled
 * only while this object is open, since the local engine's writes get slower with the number of its
 * records. A table must not have two of them. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
public final class TableStream implements AutoCloseable {

  /** The largest batch, as in {@code template.yaml}. */
  private static final int MAX_RECORDS = 100;

  /** The partition keys of records that the event filter of the function leaves out. */
  private static final String FILTERED = "LIVE#";

  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final String TABLES = "DynamoDB_20120810";
  private static final String STREAMS = "DynamoDBStreams_20120810";

  private final DynamoDb client;
  private final String table;
  private final Deque<String> iterators = new ArrayDeque<>();
  private String arn = "";

  private TableStream(DynamoDb client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * Enables the stream of a table, and begins with the next change.
   *
   * @throws IllegalStateException if the engine has no streams
   * @throws DynamoDbException if the engine refuses a call
   */
  public static TableStream open(DynamoDb client, String table) {
    TableStream stream = new TableStream(client, table);
    try {
      stream.enable(Map.of("StreamEnabled", true, "StreamViewType", "NEW_AND_OLD_IMAGES"));
    } catch (DynamoDbException isEnabled) {
      // by an earlier process; otherwise there is no ARN
    }
    stream.seek();
    return stream;
  }

  private void enable(Map<String, Object> specification) {
    call(TABLES, "UpdateTable", Map.of("TableName", table, "StreamSpecification", specification));
  }

  private void seek() {
    Map<?, ?> description =
        object(call(TABLES, "DescribeTable", Map.of("TableName", table)), "Table");
    if (!(description.get("LatestStreamArn") instanceof String latest)) {
      throw new IllegalStateException("The table %s has no stream.".formatted(table));
    }
    arn = latest;
    Map<?, ?> stream =
        object(call(STREAMS, "DescribeStream", Map.of("StreamArn", arn)), "StreamDescription");
    for (Object shard : list(stream, "Shards")) {
      Map<String, Object> start =
          Map.of(
              "StreamArn",
              arn,
              "ShardId",
              text((Map<?, ?>) shard, "ShardId"),
              "ShardIteratorType",
              "LATEST");
      iterators.add(text(call(STREAMS, "GetShardIterator", start), "ShardIterator"));
    }
  }

  /**
   * The next changes, at most 100, in their order; empty if there are none yet.
   *
   * @throws DynamoDbException if the engine refuses a call
   */
  public List<Map<String, @Nullable Object>> next() {
    List<Map<String, @Nullable Object>> changes = new ArrayList<>();
    List<?> records;
    do {
      records = records();
      for (Object element : records) {
        Map<?, ?> record = (Map<?, ?>) element;
        if (!partition(record).startsWith(FILTERED)) {
          Map<String, @Nullable Object> change = new LinkedHashMap<>();
          record.forEach((name, value) -> change.put(String.valueOf(name), value));
          change.put("eventSourceARN", arn);
          changes.add(change);
        }
      }
    } while (changes.isEmpty() && !records.isEmpty());
    return changes;
  }

  private List<?> records() {
    if (iterators.isEmpty()) { // all shards have ended
      seek();
    }
    Map<?, ?> response =
        call(
            STREAMS,
            "GetRecords",
            Map.of("ShardIterator", iterators.remove(), "Limit", MAX_RECORDS));
    if (response.get("NextShardIterator") instanceof String next) {
      iterators.add(next);
    }
    return list(response, "Records");
  }

  private static String partition(Map<?, ?> change) {
    return text(object(object(object(change, "dynamodb"), "Keys"), Key.PARTITION), "S");
  }

  private Map<String, @Nullable Object> call(String api, String operation, Map<String, ?> body) {
    return client.call(new JsonRequest(api, operation, body), TIMEOUT);
  }

  private static Map<?, ?> object(Map<?, ?> from, String name) {
    return from.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  private static List<?> list(Map<?, ?> from, String name) {
    return from.get(name) instanceof List<?> list ? list : List.of();
  }

  private static String text(Map<?, ?> from, String name) {
    return from.get(name) instanceof String text ? text : "";
  }

  /** Disables the stream. */
  @Override
  public void close() {
    enable(Map.of("StreamEnabled", false));
  }
}
