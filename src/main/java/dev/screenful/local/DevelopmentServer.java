package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.build.SchemaCheck;
import dev.screenful.build.SchemaFinding;
import dev.screenful.build.ScreensPage;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Serves an app on loopback: {@code POST /graphql} by the function's handler, and GraphiQL at
 * {@code /}, and the picture of all screens at {@code /screens}.
 */
public final class DevelopmentServer implements AutoCloseable {

  /**
   * Names of this machine. The page holds tokens, and a foreign name may point to loopback as well
   * (DNS rebinding).
   */
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  private final HttpServer server;
  private final ReloadingHandler handler;
  private final DevelopmentIssuer issuer;
  private final GraphiqlPage page;
  private final ScreenOpener opener;
  private final Path schemaFolder;
  private final Supplier<Map<String, String>> examples;

  /**
   * Starts to serve.
   *
   * @param port on loopback, 0 for any that is free
   * @param issuer signs the development identities in
   * @param examples what stands for the names in the screens' examples, such as {@code {tomorrow}}
   * @param clock tells when what is kept for a time ends
   */
  public DevelopmentServer(
      int port,
      App app,
      Settings settings,
      DynamoDbClient client,
      DevelopmentIssuer issuer,
      Supplier<Map<String, String>> examples,
      InstantSource clock,
      Log log)
      throws IOException {
    this.issuer = issuer;
    TokenVerifier verifier = issuer.verifier();
    this.handler =
        new ReloadingHandler(
            settings.schemaFolder(),
            () -> {
              RequestStreamHandler built =
                  Backend.handler(app, settings, verifier, client, clock, log);
              check(settings.schemaFolder());
              return built;
            });
    this.page =
        new GraphiqlPage(
            settings.schemaFolder().resolve("screens"), examples, issuer, handler::problem);
    this.schemaFolder = settings.schemaFolder();
    this.examples = examples;
    this.opener =
        new ScreenOpener(
            schemaFolder.resolve("screens"),
            issuer,
            own -> Backend.handler(app, settings, verifier, client, clock, own));
    this.server = listen(port);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/graphql", this::graphql);
    server.createContext("/", this::page);
    server.start();
  }

  /** What the build would stop over is not served here either; what it warns of is said. */
  private static void check(Path schemaFolder) {
    Map<Boolean, List<String>> found =
        SchemaCheck.findings(schemaFolder).stream()
            .collect(
                Collectors.partitioningBy(
                    SchemaFinding::isError,
                    Collectors.mapping(SchemaFinding::text, Collectors.toList())));
    found.getOrDefault(false, List.of()).forEach(System.out::println);
    List<String> errors = found.getOrDefault(true, List.of());
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("\n", errors));
    }
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException taken) {
      throw new IllegalStateException(
          "Port %d is taken; choose another one, such as -Dport=%d.".formatted(port, port + 1),
          taken);
    }
  }

  /** A secret for one run of the server. */
  public static String randomSecret() {
    return UUID.randomUUID() + "-" + UUID.randomUUID();
  }

  InetAddress address() {
    return server.getAddress().getAddress();
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void graphql(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/graphql")) { // contexts go by prefixes
      page(exchange);
      return;
    }
    try (exchange) {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      handler.handleRequest(
          new ByteArrayInputStream(GatewayEvents.event(exchange)), answer, new LocalContext());
      GatewayEvents.respond(exchange, answer.toByteArray());
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!LOCAL.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("host"))).matches()) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      if (issuer.answer(exchange)) {
        return;
      }
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/screens")) {
        screens(exchange);
        return;
      }
      Optional<GraphiqlPage.File> file = page.file(path);
      if (file.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      respond(exchange, 200, file.get().contentType(), file.get().bytes());
    }
  }

  private static void respond(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("content-type", contentType + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** The picture of all screens as they are now, or what is wrong with them. */
  private void screens(HttpExchange exchange) throws IOException {
    byte[] picture;
    try {
      Map<String, String> values = examples.get();
      check(schemaFolder);
      picture = ScreensPage.html(schemaFolder, opener.open(values), values, List.of(), "/?screen=");
    } catch (RuntimeException wrong) {
      respond(
          exchange,
          500,
          "text/plain",
          String.valueOf(wrong.getMessage()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    respond(exchange, 200, "text/html", picture);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
