package dev.screenful.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 connection, with TLS for {@code https}. It sends a request and reads its response,
 * with a content length or chunked (RFC 9112).
 */
public final class Connection implements AutoCloseable {

  /** Bytes of the longest line and of all headers together. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /** Bytes of the longest body; DynamoDB's largest response has 16 MB of items. */
  private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;
  private long deadline;
  private boolean isReusable;
  private long lastUsed;

  private Connection(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /**
   * Opens a connection.
   *
   * @param server the scheme, {@code https} or {@code http}, the host, and the port if it is not
   *     the scheme's default
   * @param deadline the time by which it must be open, as {@link System#nanoTime}
   */
  public static Connection open(URI server, long deadline) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      boolean isSecure = "https".equals(server.getScheme());
      int port = server.getPort() >= 0 ? server.getPort() : isSecure ? 443 : 80;
      socket.connect(new InetSocketAddress(server.getHost(), port), millisUntil(deadline));
      if (isSecure) {
        socket = secure(socket, server.getHost(), port, deadline);
      }
      return new Connection(socket, socket.getInputStream());
    } catch (IOException | RuntimeException failed) {
      socket.close();
      throw failed;
    }
  }

  private static SSLSocket secure(Socket plain, String host, int port, long deadline)
      throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // verifies the host name
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(millisUntil(deadline));
    socket.startHandshake();
    return socket;
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis < 1) { // a socket reads 0 as no timeout
      throw new SocketTimeoutException("The time is over.");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /**
   * Sends a request and reads its response.
   *
   * @param requestLine the method and the path, such as {@code POST /}
   * @param headers by name, with {@code host}, without {@code content-length}
   * @param until the time by which the response must be complete, as {@link System#nanoTime}
   * @throws StaleConnection if the server closed the connection before the response
   */
  public Response exchange(String requestLine, Map<String, String> headers, byte[] body, long until)
      throws IOException {
    deadline = until;
    isReusable = false;
    try {
      socket.getOutputStream().write(message(requestLine, headers, body));
    } catch (IOException closed) {
      throw new StaleConnection(closed);
    }
    Response response = response(requestLine.startsWith("HEAD "));
    lastUsed = System.nanoTime();
    return response;
  }

  private static byte[] message(String requestLine, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(1024).append(requestLine).append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    byte[] bytes = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] message = new byte[bytes.length + body.length]; // one write, one packet
    System.arraycopy(bytes, 0, message, 0, bytes.length);
    System.arraycopy(body, 0, message, bytes.length, body.length);
    return message;
  }

  private Response response(boolean isToHead) throws IOException {
    requireFirstByte();
    String status = line();
    if (!status.startsWith("HTTP/1.") || status.length() < 12) {
      throw new IOException("The response is not HTTP.");
    }
    int code = number(status.substring(9, 12), 10);
    Map<String, String> headers = headers();
    byte[] body = isToHead || code == 204 ? noBody() : body(headers); // RFC 9112, section 6.3
    isReusable =
        isReusable && !"close".equalsIgnoreCase(headers.get("connection")) && limit == position;
    return new Response(code, headers, body);
  }

  private void requireFirstByte() throws IOException {
    try {
      if (!fill()) {
        throw new StaleConnection(null);
      }
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (StaleConnection stale) {
      throw stale;
    } catch (IOException reset) {
      throw new StaleConnection(reset);
    }
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    int total = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      total += line.length();
      int colon = line.indexOf(':');
      if (colon < 1 || total > MAX_HEADER_BYTES) {
        throw new IOException("The response has malformed headers.");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      isReusable = true;
      return chunks();
    }
    String length = headers.get("content-length");
    if (length != null) {
      isReusable = true;
      return exactly(number(length, 10));
    }
    return untilClose();
  }

  private byte[] noBody() {
    isReusable = true;
    return new byte[0];
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line();
      int semicolon = size.indexOf(';');
      int length = number(semicolon < 0 ? size.strip() : size.substring(0, semicolon).strip(), 16);
      requireSize(body.size() + (long) length);
      if (length == 0) {
        headers(); // trailers
        return body.toByteArray();
      }
      body.writeBytes(exactly(length));
      if (!line().isEmpty()) {
        throw new IOException("The response has a malformed chunk.");
      }
    }
  }

  private byte[] untilClose() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (limit > position || fill()) {
      body.write(buffer, position, limit - position);
      requireSize(body.size());
      position = limit;
    }
    return body.toByteArray();
  }

  private byte[] exactly(int length) throws IOException {
    requireSize(length);
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      if (limit == position && !fill()) {
        throw new IOException("The response ends too early.");
      }
      int count = Math.min(length - done, limit - position);
      System.arraycopy(buffer, position, bytes, done, count);
      position += count;
      done += count;
    }
    return bytes;
  }

  private static void requireSize(long length) throws IOException {
    if (length > MAX_BODY_BYTES) {
      throw new IOException("The response is too long.");
    }
  }

  private static int number(String digits, int radix) throws IOException {
    try {
      int number = Integer.parseInt(digits, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      // below
    }
    throw new IOException("The response has a malformed number.");
  }

  /** A line without its end. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      if (limit == position && !fill()) {
        throw new IOException("The response ends too early.");
      }
      byte next = buffer[position++];
      if (next == '\n') {
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
            ? line.substring(0, length - 1)
            : line.toString();
      }
      if (line.length() == MAX_HEADER_BYTES) {
        throw new IOException("The response has a line that is too long.");
      }
      line.append((char) (next & 0xFF));
    }
  }

  /** Reads more bytes by the deadline; returns false at the end of the stream. */
  private boolean fill() throws IOException {
    socket.setSoTimeout(millisUntil(deadline));
    int count = in.read(buffer);
    position = 0;
    limit = Math.max(0, count);
    return count > 0;
  }

  /** Whether another request can follow. */
  public boolean isReusable() {
    return isReusable;
  }

  /** The time since the last response. */
  public Duration idleTime() {
    return Duration.ofNanos(System.nanoTime() - lastUsed);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closed) {
      // it can't be used any more either way
    }
  }
}
