package dev.screenful.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/** A request to a {@link LoopbackServer}, and its response. */
public final class Exchange {

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final URI uri;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private boolean isAnswered;

  /**
   * An exchange.
   *
   * @throws IllegalArgumentException if the path and query of the request are not a URI
   */
  Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.uri = URI.create(request.getHttpURI().getPathQuery());
    request
        .getHeaders()
        .forEach(field ->
            headers
                .computeIfAbsent(field.getName(), name -> new ArrayList<>())
                .add(String.valueOf(field.getValue())));
  }

  /** The method, such as {@code POST}. */
  public String method() {
    return request.getMethod();
  }

  /** The path and the query. */
  public URI uri() {
    return uri;
  }

  /** The path, percent-decoded. */
  public String path() {
    return uri.getPath();
  }

  /** The protocol, such as {@code HTTP/1.1}. */
  String protocol() {
    return request.getConnectionMetaData().getProtocol();
  }

  /** The IP address of the client. */
  String sourceIp() {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress ip
        ? ip.getAddress().getHostAddress()
        : "127.0.0.1";
  }

  /** The headers, by name in any case. */
  Map<String, List<String>> headers() {
    return headers;
  }

  /** The first value of a header; null if the request has none. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  /**
   * Reads the body.
   *
   * @throws IOException if the client does not send all of it
   */
  public byte[] body() throws IOException {
    return Content.Source.asInputStream(request).readAllBytes();
  }

  /** Sets a header of the response. */
  public Exchange set(String name, String value) {
    response.getHeaders().put(name, value);
    return this;
  }

  /** Sends a response without a body. */
  public void respond(int status) throws IOException {
    respond(status, new byte[0]);
  }

  /**
   * Sends the response. The server omits the body if the method is {@code HEAD}.
   *
   * @throws IOException if the client is gone
   */
  public void respond(int status, byte[] body) throws IOException {
    isAnswered = true;
    response.setStatus(status);
    Content.Sink.write(response, true, ByteBuffer.wrap(body));
    callback.succeeded();
  }

  boolean isAnswered() {
    return isAnswered;
  }

  /** Whether the client asks for a WebSocket connection. */
  boolean isUpgrade() {
    return "websocket".equalsIgnoreCase(header("upgrade"));
  }

  /**
   * Accepts a WebSocket connection. A malformed handshake is refused instead.
   *
   * @param protocol the subprotocol; null for none
   */
  void upgrade(Server server, Session.Listener listener, @Nullable String protocol)
      throws IOException {
    boolean isUpgraded =
        ServerWebSocketContainer.ensure(server)
            .upgrade(
                (asked, accepted, ignored) -> {
                  if (protocol != null) {
                    accepted.setAcceptedSubProtocol(protocol);
                  }
                  accepted.setExtensions(List.of()); // API Gateway compresses no messages
                  return listener;
                },
                request,
                response,
                callback);
    if (isUpgraded) {
      isAnswered = true;
    } else {
      respond(400);
    }
  }
}
