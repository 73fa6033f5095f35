package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.document.ParsedDocument;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Opens each screen that is not a mutation with its example, and reads its cost from the log. It
 * uses handlers of its own, built like the handler that the server uses.
 */
public final class ScreenOpener {

  private final Path screens;
  private final DevelopmentIssuer issuer;
  private final Function<Log, RequestStreamHandler> handlers;

  /**
   * An opener for the screens of a folder.
   *
   * @param screens the folder
   * @param issuer issues the tokens of the examples' callers
   * @param handlers builds a handler that writes to the given log
   */
  ScreenOpener(
      Path screens, DevelopmentIssuer issuer, Function<Log, RequestStreamHandler> handlers) {
    this.screens = screens;
    this.issuer = issuer;
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
      if (!ParsedDocument.of(screen.document()).isMutation()) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        RequestStreamHandler handler = // a new one, with empty caches
            handlers.apply(new Log(new PrintStream(lines, true, StandardCharsets.UTF_8)));
        byte[] event = event(screen, ScreenExample.of(screen, examples), issuer);
        handler.handleRequest(
            new ByteArrayInputStream(event), new ByteArrayOutputStream(), new LocalContext());
        Map<?, ?> cost = requestLine(lines);
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        long started = System.nanoTime(); // the second time, when classes and caches are loaded
        handler.handleRequest(new ByteArrayInputStream(event), response, new LocalContext());
        double millis = (System.nanoTime() - started) / 1e6;
        String body = String.valueOf(json(response.toByteArray()).get("body"));
        measured.put(
            screen.name(),
            MeasuredScreen.of(
                screen.name(), json(body.getBytes(StandardCharsets.UTF_8)), cost, millis));
      }
    }
    return measured;
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
    List<String> requests =
        lines
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("\"event\":\"request\""))
            .toList();
    return requests.isEmpty()
        ? Map.of()
        : json(requests.getLast().getBytes(StandardCharsets.UTF_8));
  }

  private static Map<?, ?> json(byte[] text) throws IOException {
    try {
      return Json.read(text) instanceof Map<?, ?> object ? object : Map.of();
    } catch (MalformedJson malformed) {
      throw new IOException(malformed);
    }
  }
}
