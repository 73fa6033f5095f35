package dev.screenful.priming;

import dev.screenful.connection.Response;
import dev.screenful.crypto.Sha256;
import dev.screenful.dynamodb.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Answers requests to DynamoDB from the recording of one screen at a time. Thread-safe. */
final class RecordedTable implements Transport {

  private final Map<String, Deque<Recording.Exchange>> exchanges = new HashMap<>();
  private @Nullable String missing;

  /** Starts the exchanges of a screen from the beginning. */
  synchronized void start(Recording.Screen screen) {
    exchanges.clear();
    missing = null;
    for (Recording.Exchange exchange : screen.exchanges()) {
      exchanges.computeIfAbsent(exchange.request(), id -> new ArrayDeque<>()).add(exchange);
    }
  }

  /** The first request that was not recorded; null if there was none. */
  synchronized @Nullable String missing() {
    return missing;
  }

  @Override
  public Response post(Map<String, String> headers, byte[] body, Duration timeout)
      throws IOException {
    Recording.Exchange exchange = take(id(headers, body));
    byte[] response = exchange.response().getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(response);
    return new Response(
        exchange.status(), Map.of("x-amz-crc32", Long.toString(crc.getValue())), response);
  }

  private synchronized Recording.Exchange take(String id) throws IOException {
    Deque<Recording.Exchange> recorded = exchanges.get(id);
    Recording.Exchange next = recorded == null ? null : recorded.poll();
    if (next == null) {
      missing = missing == null ? id : missing;
      throw new IOException("The request is not recorded: " + id);
    }
    return next;
  }

  /**
   * Identifies a request: by the operation, and a read also by the hash of its content. Writes are
   * told apart only by their order, because they contain random values.
   */
  static String id(Map<String, String> headers, byte[] body) throws IOException {
    String target = headers.getOrDefault("x-amz-target", "");
    String operation = target.substring(target.indexOf('.') + 1);
    return switch (operation) {
      case "GetItem", "BatchGetItem", "Query" ->
          operation + " " + Sha256.hex(CanonicalJson.request(body));
      default -> operation;
    };
  }
}
