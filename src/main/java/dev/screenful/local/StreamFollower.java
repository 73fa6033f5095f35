package dev.screenful.local;

import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces Lambda's event source mapping on this machine: passes the changes of a table to the
 * function, batch after batch, and repeats what the function reports as failed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
 *     Configuring partial batch response</a>
 */
final class StreamFollower implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(75);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** The pause before the second attempt; doubles with each attempt. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(300);

  private static final int MAX_ATTEMPTS = 10;

  private final TableStream stream;
  private final LocalFunction function;
  private final Log log;
  private final Thread thread;
  private volatile boolean isClosed;

  private StreamFollower(TableStream stream, LocalFunction function, Log log) {
    this.stream = stream;
    this.function = function;
    this.log = log;
    this.thread = Thread.ofVirtual().name("stream").unstarted(this::run);
  }

  /**
   * Follows a table from now on.
   *
   * @throws RuntimeException if the engine has no streams, or fails
   */
  static StreamFollower start(DynamoDb client, String table, LocalFunction function, Log log) {
    StreamFollower follower = new StreamFollower(TableStream.open(client, table), function, log);
    follower.thread.start();
    return follower;
  }

  private void run() {
    boolean isFailing = false;
    while (!isClosed) {
      Duration pause = POLL;
      try {
        List<Map<String, @Nullable Object>> records = stream.next();
        isFailing = false;
        if (!records.isEmpty()) {
          deliver(records);
          continue;
        }
      } catch (RuntimeException failed) {
        if (!isFailing && !isClosed) {
          log.warning("streamUnavailable", Map.of("message", failed.toString()));
        }
        isFailing = true;
        pause = AFTER_FAILURE;
      }
      sleep(pause);
    }
  }

  private void deliver(List<Map<String, @Nullable Object>> batch) {
    List<Map<String, @Nullable Object>> left = batch;
    Duration pause = FIRST_PAUSE;
    int attempt = 1;
    while (!isClosed) {
      int done = invoke(left);
      left = left.subList(done, left.size());
      if (left.isEmpty()) {
        return;
      }
      if (done > 0) {
        attempt = 1;
        pause = FIRST_PAUSE;
      } else if (attempt++ == MAX_ATTEMPTS) {
        log.warning(
            "streamBatchDropped",
            Map.of("records", left.size(), "sequenceNumber", sequenceNumber(left.getFirst())));
        return;
      }
      sleep(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  /** Invokes the function; returns the number of records before the first one that failed. */
  private int invoke(List<Map<String, @Nullable Object>> records) {
    Set<String> failed = new HashSet<>();
    try {
      Map<?, ?> response = function.invoke(Map.of("Records", records));
      if (response.get("batchItemFailures") instanceof List<?> failures) {
        failures.forEach(failure -> failed.add(identifier(failure)));
      }
    } catch (IOException | RuntimeException exception) {
      if (!isClosed) {
        log.warning("streamBatchFailed", Map.of("message", exception.toString()));
      }
      return 0;
    }
    if (failed.isEmpty()) {
      return records.size();
    }
    for (int place = 0; place < records.size(); place++) {
      if (failed.contains(sequenceNumber(records.get(place)))) {
        return place;
      }
    }
    return 0; // unknown identifiers count as a failure of the whole batch
  }

  private static String identifier(@Nullable Object failure) {
    return failure instanceof Map<?, ?> item ? String.valueOf(item.get("itemIdentifier")) : "";
  }

  private static String sequenceNumber(Map<String, @Nullable Object> change) {
    return change.get("dynamodb") instanceof Map<?, ?> details
        ? String.valueOf(details.get("SequenceNumber"))
        : "";
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException closing) {
      // isClosed ends the loops
    }
  }

  /** Stops following, and disables the stream. */
  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT);
      stream.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      log.warning("streamUnavailable", Map.of("message", failed.toString()));
    }
  }
}
