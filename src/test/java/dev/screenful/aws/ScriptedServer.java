package dev.screenful.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * A server on loopback that answers each request with the next bytes of a script, whatever they
 * are. A script step that is empty closes the connection without a response.
 */
public final class ScriptedServer implements AutoCloseable {

  /** Closes the connection after the response. */
  public static final String CLOSE = "\0close";

  /** Never responds. */
  public static final String HANG = "\0hang";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Deque<String> script = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> connections = Collections.synchronizedList(new ArrayList<>());

  public ScriptedServer(String... responses) throws IOException {
    script.addAll(List.of(responses));
    Thread.ofVirtual().start(this::accept);
  }

  public Endpoint endpoint() {
    return new Endpoint(URI.create("http://127.0.0.1:" + socket.getLocalPort()), "us-east-1");
  }

  /** The requests so far: head and body. */
  public List<String> requests() {
    return requests;
  }

  /** The number of connections so far. */
  public int connections() {
    return connections.size();
  }

  /** Closes all connections, as a server does with idle ones. */
  public void disconnect() throws IOException {
    for (Socket connection : List.copyOf(connections)) {
      connection.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      while (true) {
        String request = request(in);
        requests.add(request);
        String response;
        synchronized (script) {
          response = script.isEmpty() ? "" : script.removeFirst();
        }
        if (response.equals(HANG)) {
          Thread.sleep(60_000);
        }
        boolean close = response.isEmpty() || response.endsWith(CLOSE);
        connection
            .getOutputStream()
            .write(response.replace(CLOSE, "").getBytes(StandardCharsets.ISO_8859_1));
        if (close) {
          return;
        }
      }
    } catch (IOException | InterruptedException gone) {
      // the client is gone
    }
  }

  private static String request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.startsWith("content-length: "))
            .mapToInt(line -> Integer.parseInt(line.substring(16)))
            .sum();
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    disconnect();
  }
}
