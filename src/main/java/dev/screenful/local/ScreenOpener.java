package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.build.MeasuredSubscription;
import dev.screenful.document.ParsedDocument;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.live.Connections;
import dev.screenful.priming.RecordedConnections;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens each screen that is not a mutation with its example, and reads its cost from the log. A
 * live screen is opened over a WebSocket in memory. The opener uses handlers of its own, built like
 * the handler that the server uses.
 */
public final class ScreenOpener {

  private final Path screens;
  private final DevelopmentIssuer issuer;
  private final InstantSource clock;
  private final Handlers handlers;

  /** Builds handlers. */
  interface Handlers {
    /** A handler that sends to some connections, and writes to a log. */
    RequestStreamHandler handler(Connections connections, Log log);
  }

  /**
   * An opener for the screens of a folder.
   *
   * @param screens the folder
   * @param issuer issues the tokens of the examples' callers
   * @param clock the time of the handlers
   */
  ScreenOpener(Path screens, DevelopmentIssuer issuer, InstantSource clock, Handlers handlers) {
    this.screens = screens;
    this.issuer = issuer;
    this.clock = clock;
    this.handlers = handlers;
  }

  /**
   * Opens the screens.
   *
   * @param examples the values of the placeholders in the screens' examples
   * @return the measurements by the screens' names
   */
  Map<String, MeasuredScreen> open(Map<String, String> examples) throws IOException {
    Map<String, MeasuredScreen> measured = new LinkedHashMap<>();
    for (Screen screen : Screen.folder(screens)) {
      ParsedDocument document = ParsedDocument.of(screen.document());
      if (!document.isMutation()) {
        ScreenExample example = ScreenExample.of(screen, examples);
        Optional<MeasuredScreen> cost =
            document.isSubscription() ? live(screen, example) : Optional.of(open(screen, example));
        cost.ifPresent(is -> measured.put(screen.name(), is));
      }
    }
    return measured;
  }

  private MeasuredScreen open(Screen screen, ScreenExample example) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    RequestStreamHandler handler = // a new one, with empty caches
        handlers.handler(Connections.none(), log(lines));
    byte[] event = event(screen, example, issuer);
    handle(handler, event);
    Map<?, ?> cost = requestLine(lines);
    long started = System.nanoTime(); // the second time, when classes and caches are loaded
    byte[] response = handle(handler, event);
    double millis = (System.nanoTime() - started) / 1e6;
    String body = String.valueOf(json(response).get("body"));
    return MeasuredScreen.of(
        screen.name(), json(body.getBytes(StandardCharsets.UTF_8)), cost, millis);
  }

  /**
   * Opens a live screen twice. The cost is that of an answer, as for other screens, and of the
   * subscription; there is none if no answer was sent.
   */
  private Optional<MeasuredScreen> live(Screen screen, ScreenExample example) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    RecordedConnections clients = new RecordedConnections();
    RequestStreamHandler handler = handlers.handler(clients, log(lines));
    double millis = 0;
    for (int time = 0; time < 2; time++) {
      List<byte[]> events =
          new LiveEvents(UUID.randomUUID().toString(), clock.instant())
              .of(screen, example, issuer.token(example));
      clients.take();
      lines.reset();
      long started = System.nanoTime();
      for (byte[] event : events) {
        handle(handler, event);
      }
      millis = (System.nanoTime() - started) / 1e6;
    }
    Map<?, ?> cost = requestLine(lines);
    MeasuredSubscription subscription = subscription(lines, millis);
    return LiveEvents.response(clients.take())
        .map(response ->
            MeasuredScreen.of(screen.name(), response, cost, millisOf(cost)).with(subscription));
  }

  /** The cost of all events of a connection, by the log lines about them. */
  private static MeasuredSubscription subscription(ByteArrayOutputStream lines, double millis)
      throws IOException {
    double readUnits = 0;
    double writeUnits = 0;
    for (String line : linesOf(lines, "socket")) {
      Map<?, ?> event = json(line.getBytes(StandardCharsets.UTF_8));
      readUnits += event.get("readUnits") instanceof Number units ? units.doubleValue() : 0;
      writeUnits += event.get("writeUnits") instanceof Number units ? units.doubleValue() : 0;
    }
    return new MeasuredSubscription(readUnits, writeUnits, millis);
  }

  private static double millisOf(Map<?, ?> requestLine) {
    return requestLine.get("ms") instanceof Number millis ? millis.doubleValue() : 0;
  }

  private static Log log(ByteArrayOutputStream lines) {
    return new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  }

  private static byte[] handle(RequestStreamHandler handler, byte[] event) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), response, new LocalContext());
    return response.toByteArray();
  }

  /**
   * A screen as a client library may send it: with other white space. The function must parse it,
   * while it knows the text of the file.
   */
  static Screen reprinted(Screen screen) {
    return new Screen(screen.name(), screen.document() + "\n", screen.file());
  }

  /** The event of an HTTP API for a screen that is opened as in its example. */
  public static byte[] event(Screen screen, ScreenExample example, DevelopmentIssuer issuer) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    issuer.token(example).ifPresent(token -> headers.put("authorization", "Bearer " + token));
    String body = Json.text(Map.of("query", screen.document(), "variables", example.variables()));
    return Json.bytes(
        Map.of(
            "version",
            "2.0",
            "headers",
            headers,
            "requestContext",
            Map.of("requestId", screen.name(), "http", Map.of("method", "POST")),
            "body",
            body,
            "isBase64Encoded",
            false));
  }

  private static Map<?, ?> requestLine(ByteArrayOutputStream lines) throws IOException {
    List<String> requests = linesOf(lines, "request");
    return requests.isEmpty()
        ? Map.of()
        : json(requests.getLast().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> linesOf(ByteArrayOutputStream lines, String event) {
    return lines
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"event\":\"" + event + "\""))
        .toList();
  }

  private static Map<?, ?> json(byte[] text) throws IOException {
    try {
      return Json.read(text) instanceof Map<?, ?> object ? object : Map.of();
    } catch (MalformedJson malformed) {
      throw new IOException(malformed);
    }
  }
}
