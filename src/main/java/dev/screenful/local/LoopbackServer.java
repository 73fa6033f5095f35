package dev.screenful.local;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.channels.ServerSocketChannel;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback, for development. It accepts connections at once and answers them
 * after {@link #start}, each request on a virtual thread. Its own threads are daemons if the thread
 * that creates it is one; otherwise they keep the process alive until {@link #close}.
 */
public final class LoopbackServer implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /** Threads that wait for connections and requests; the handler runs on virtual threads. */
  private static final int MAX_THREADS = 8;

  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  static {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "warn"); // Jetty logs each start and stop as information
    }
  }

  /** Answers requests. */
  @FunctionalInterface
  public interface Answers {

    /**
     * Answers a request. A request without an answer gets status 404.
     *
     * @throws IOException if the client is gone
     */
    void answer(Exchange exchange) throws IOException;
  }

  private final Server server;
  private final ServerConnector connector;

  /**
   * Listens on a port.
   *
   * @param port 0 chooses a free one
   * @throws IllegalStateException if the port is in use
   */
  public LoopbackServer(int port) throws IOException {
    this(port, null);
  }

  /**
   * Listens on a port with TLS.
   *
   * @param tls the certificate; null for plain HTTP
   */
  LoopbackServer(int port, @Nullable SSLContext tls) throws IOException {
    boolean isDaemon = Thread.currentThread().isDaemon();
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("loopback");
    threads.setDaemon(isDaemon);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    this.server =
        new Server(threads, new ScheduledExecutorScheduler("loopback-timer", isDaemon), null);
    server.setStopTimeout(0);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration());
    // No acceptor: Java loses a connection whose acceptor is interrupted, and never closes it.
    this.connector =
        tls == null
            ? new ServerConnector(server, 0, 1, http)
            : new ServerConnector(server, 0, 1, secure(tls, http), http);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(0); // the runtime API lets a function wait for events
    server.addConnector(connector);
    open(port);
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
    configuration.setUriCompliance(UriCompliance.RFC3986); // paths choose no files
    return configuration;
  }

  private static SslConnectionFactory secure(SSLContext tls, HttpConnectionFactory http) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(tls);
    return new SslConnectionFactory(context, http.getProtocol());
  }

  private void open(int port) throws IOException {
    try {
      connector.open();
    } catch (IOException failed) {
      if (failed.getCause() instanceof BindException || failed instanceof BindException) {
        throw new IllegalStateException(
            "Port %d is already in use. Choose another port, such as -Dport=%d."
                .formatted(port, port + 1),
            failed);
      }
      throw failed;
    }
  }

  /** Starts to answer requests. */
  public LoopbackServer start(Answers answers) throws IOException {
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws IOException {
            Exchange exchange;
            try {
              exchange = new Exchange(request, response, callback);
            } catch (IllegalArgumentException malformed) {
              Response.writeError(request, response, callback, 400);
              return true;
            }
            answers.answer(exchange);
            return exchange.isAnswered();
          }
        });
    try {
      server.start();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IOException(failed);
    }
    return this;
  }

  /** The port that the server listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  InetAddress address() {
    return ((ServerSocketChannel) connector.getTransport()).socket().getInetAddress();
  }

  /** Accepts a WebSocket connection, see {@link Exchange#upgrade}. */
  void upgrade(Exchange exchange, Session.Listener listener, @Nullable String protocol)
      throws IOException {
    exchange.upgrade(server, listener, protocol);
  }

  /** A client that waits for a response must learn at once that there will be none. */
  private void closeConnections() {
    connector.getConnectedEndPoints().forEach(EndPoint::close);
  }

  @Override
  public void close() {
    connector.close();
    closeConnections();
    try {
      server.stop();
      closeConnections(); // those that were accepted meanwhile
    } catch (Exception failed) {
      throw new IllegalStateException("The server does not stop.", failed);
    }
  }
}
