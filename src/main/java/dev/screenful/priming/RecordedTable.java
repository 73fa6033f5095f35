package dev.screenful.priming;

import dev.screenful.aws.Endpoint;
import dev.screenful.crypto.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests to DynamoDB from the recording of one screen at a time. It is a server on
 * loopback, so that the code of connections is compiled too. Thread-safe.
 */
final class RecordedTable implements AutoCloseable {

  private final ServerSocket server;
  private final Map<String, Deque<Recording.Exchange>> exchanges = new HashMap<>();
  private @Nullable String missing;

  /** Starts the server on a free port. */
  RecordedTable() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint(URI.create("http://127.0.0.1:" + server.getLocalPort()), "us-east-1");
  }

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

  private synchronized Recording.Exchange take(String id) {
    Deque<Recording.Exchange> recorded = exchanges.get(id);
    Recording.Exchange next = recorded == null ? null : recorded.poll();
    if (next != null) {
      return next;
    }
    missing = missing == null ? id : missing;
    return new Recording.Exchange(id, 400, "{\"__type\":\"NotRecorded\"}");
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        Thread.startVirtualThread(() -> serve(connection));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      while (!line(in).isEmpty()) { // the request line
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          int colon = header.indexOf(": ");
          headers.put(header.substring(0, colon), header.substring(colon + 2));
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        connection.getOutputStream().write(response(take(id(headers, body))));
      }
    } catch (IOException closed) {
      // the client has no more requests
    }
  }

  /** A line, as the client writes it; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private static byte[] response(Recording.Exchange exchange) {
    byte[] body = exchange.response().getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(body);
    byte[] head =
        """
        HTTP/1.1 %d OK\r
        Content-Type: application/x-amz-json-1.0\r
        Content-Length: %d\r
        x-amz-crc32: %d\r
        \r
        """
            .formatted(exchange.status(), body.length, crc.getValue())
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] response = new byte[head.length + body.length];
    System.arraycopy(head, 0, response, 0, head.length);
    System.arraycopy(body, 0, response, head.length, body.length);
    return response;
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

  @Override
  public void close() throws IOException {
    server.close();
  }
}
