package dev.layover.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A mobile network that forwards requests to a server, and loses the first responses. */
public final class LosingProxy implements AutoCloseable {

  private final int target;
  private final int toLose;
  private final AtomicInteger requests = new AtomicInteger();
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Starts a proxy of a server on this machine.
   *
   * @param target the port of the server
   * @param toLose the number of responses to lose
   */
  public LosingProxy(int target, int toLose) throws IOException {
    this.target = target;
    this.toLose = toLose;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  /** The port of the proxy. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The number of forwarded requests. */
  public int requests() {
    return requests.get();
  }

  /** The number of lost responses. */
  public int lost() {
    return Math.min(requests.get(), toLose);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + target + exchange.getRequestURI().getPath()))
              .POST(HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody));
      for (String header : new String[] {"content-type", "accept", "authorization"}) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (requests.incrementAndGet() > toLose) {
        response
            .headers()
            .firstValue("content-type")
            .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
        exchange.sendResponseHeaders(response.statusCode(), response.body().length);
        exchange.getResponseBody().write(response.body());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
