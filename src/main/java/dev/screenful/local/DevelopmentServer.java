package dev.screenful.local;

import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.build.Build;
import dev.screenful.build.ScreensPage;
import dev.screenful.build.SentDocuments;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.live.Connections;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.telemetry.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves an app on loopback: the function's handler at {@code /graphql}, for {@code POST} and
 * WebSocket connections, GraphiQL at {@code /}, the screens page at {@code /screens}, the app's own
 * pages, and the development issuer.
 */
public final class DevelopmentServer implements AutoCloseable {

  /**
   * The accepted hosts: this machine, or any address, since an Android emulator reaches it as
   * 10.0.2.2. A foreign name may also resolve to loopback (DNS rebinding).
   */
  private static final Pattern HOST =
      Pattern.compile("(localhost|\\d+(\\.\\d+){3}|\\[[0-9a-f:.]+])(:\\d+)?");

  /** The methods of all pages. */
  private static final List<String> READING = List.of("GET", "HEAD");

  /** The origins of pages on this machine. */
  private static final Pattern LOCAL_ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

  private final LoopbackServer server;
  private final LocalFunction function;
  private final WebSocketGateway sockets;
  private final ConnectionsApi connectionsApi;
  private final @Nullable StreamFollower follower;
  private final DevelopmentIssuer issuer;
  private final GraphiqlPage page;
  private final AppPages appPages;
  private final ScreenOpener opener;
  private final Path schemaFolder;
  private final List<String> origins;
  private final Supplier<Map<String, String>> examples;
  private final App app;

  /**
   * Starts the server, without pages of the app.
   *
   * @throws IllegalStateException if the port is in use, or the schema folder has errors
   */
  public DevelopmentServer(
      int port,
      App app,
      Settings settings,
      DynamoDb client,
      DevelopmentIssuer issuer,
      Supplier<Map<String, String>> examples,
      InstantSource clock,
      Log log)
      throws IOException {
    this(port, app, AppPages.none(), settings, client, issuer, examples, clock, log);
  }

  /**
   * Starts the server.
   *
   * @param port the port on loopback; 0 chooses a free one
   * @param appPages the app's own pages
   * @param issuer issues and verifies the tokens of the development identities
   * @param examples the values of the placeholders in the screens' examples, such as {@code
   *     {tomorrow}}
   * @param clock the time for everything that expires
   * @throws IllegalStateException if the port is in use, or the schema folder has errors
   */
  public DevelopmentServer(
      int port,
      App app,
      AppPages appPages,
      Settings settings,
      DynamoDb client,
      DevelopmentIssuer issuer,
      Supplier<Map<String, String>> examples,
      InstantSource clock,
      Log log)
      throws IOException {
    this.app = app;
    this.appPages = appPages;
    this.issuer = issuer;
    this.schemaFolder = settings.schemaFolder();
    this.origins = settings.http().corsOrigins();
    this.examples = examples;
    this.server = new LoopbackServer(port);
    try {
      Connections connections = Connections.of(ConnectionsApi.environment(server.port()), clock);
      TokenVerifier verifier = issuer.verifier(log);
      Settings forPages = settings.with(settings.http().orAnyOrigin()); // isAllowed has checked it
      ReloadingHandler handler =
          new ReloadingHandler(
              schemaFolder,
              () -> {
                Build.check(schemaFolder, app.resolvers());
                checkExamples(schemaFolder, examples.get(), issuer);
                return Backend.handler(
                    app,
                    forPages,
                    SentDocuments.of(schemaFolder),
                    verifier,
                    client,
                    connections,
                    clock,
                    log);
              });
      this.function = new LocalFunction(handler);
      this.sockets =
          new WebSocketGateway(server, function, WebSocketGateway.Limits.GATEWAY, clock, log);
      this.connectionsApi = new ConnectionsApi(sockets, clock);
      this.page =
          new GraphiqlPage(schemaFolder.resolve("screens"), examples, issuer, handler::problem);
      this.opener =
          new ScreenOpener(
              schemaFolder.resolve("screens"),
              issuer,
              clock,
              (clients, openerLog) ->
                  Backend.handler(app, settings, verifier, client, clients, clock, openerLog));
      server.start(this::answer);
      this.follower = follow(client, settings.tableName(), log);
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /** Follows the table; null if the engine has no streams, so that live screens get no changes. */
  private @Nullable StreamFollower follow(DynamoDb client, String table, Log log) {
    try {
      return StreamFollower.start(client, table, function, log);
    } catch (RuntimeException unavailable) {
      log.warning("streamUnavailable", Map.of("message", unavailable.toString()));
      return null;
    }
  }

  /** Refuses examples with a caller or a placeholder that the app does not know. */
  private static void checkExamples(
      Path schemaFolder, Map<String, String> values, DevelopmentIssuer issuer) {
    List<String> errors = new ArrayList<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      try {
        issuer.token(ScreenExample.of(screen, values));
      } catch (IllegalStateException wrong) {
        errors.add(String.valueOf(wrong.getMessage()));
      }
    }
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("\n", errors));
    }
  }

  /** A new secret for cursors, valid for one run of the server. */
  public static String randomSecret() {
    return UUID.randomUUID() + "-" + UUID.randomUUID();
  }

  InetAddress address() {
    return server.address();
  }

  /** The port that the server listens on. */
  public int port() {
    return server.port();
  }

  /** Answers a request, unless another site in the developer's browser sends it. */
  private void answer(Exchange exchange) throws IOException {
    String host = String.valueOf(exchange.header("host"));
    String origin = exchange.header("origin");
    if (!HOST.matcher(host).matches() || (origin != null && !isAllowed(origin, host))) {
      exchange.respond(403);
    } else if (exchange.path().equals("/graphql")) {
      graphql(exchange);
    } else if (ConnectionsApi.isFor(exchange)) {
      connectionsApi.answer(exchange);
    } else {
      page(exchange);
    }
  }

  private boolean isAllowed(String origin, String host) {
    return origin.equals("http://" + host)
        || LOCAL_ORIGIN.matcher(origin).matches()
        || origins.contains(origin)
        || origins.contains("*");
  }

  private void graphql(Exchange exchange) throws IOException {
    if (exchange.isUpgrade()) {
      sockets.connect(exchange);
    } else {
      GatewayEvents.respond(exchange, function.invoke(GatewayEvents.event(exchange)));
    }
  }

  private void page(Exchange exchange) throws IOException {
    if (issuer.answer(exchange)) {
      return;
    }
    if (!READING.contains(exchange.method())) {
      byte[] advice = "Send GraphQL requests to /graphql.".getBytes(StandardCharsets.UTF_8);
      exchange.set("allow", String.join(", ", READING));
      respond(exchange, 405, "text/plain", advice);
      return;
    }
    String path = exchange.path();
    if (path.equals("/screens")) {
      screens(exchange);
      return;
    }
    Optional<PageFile> file = page.file(path);
    if (file.isEmpty()) {
      file = appPages.file(path);
    }
    if (file.isEmpty()) {
      exchange.respond(404);
      return;
    }
    respond(exchange, 200, file.get().contentType(), file.get().bytes());
  }

  private static void respond(Exchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.set("content-type", contentType + "; charset=utf-8").respond(status, body);
  }

  /** Sends the screens page, or the error if a screen is invalid. */
  private void screens(Exchange exchange) throws IOException {
    byte[] html;
    try {
      Map<String, String> values = examples.get();
      Build.check(schemaFolder, app.resolvers());
      html = ScreensPage.html(schemaFolder, opener.open(values), values, List.of(), "/?screen=");
    } catch (RuntimeException wrong) {
      respond(
          exchange,
          500,
          "text/plain",
          String.valueOf(wrong.getMessage()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    respond(exchange, 200, "text/html", html);
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
    server.close();
  }
}
