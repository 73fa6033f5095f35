package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.screenful.App;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.document.ParsedDocument;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.priming.RecordedConnections;
import dev.screenful.priming.Recording;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Opens all screens of an app with their examples on a local engine, and records the exchanges with
 * DynamoDB. Equal data give an equal recording, so that the package of the function is
 * reproducible.
 */
public final class Recorder {

  /** An issuer that does not exist (RFC 2606); deployed functions trust another one. */
  private static final URI ISSUER = URI.create("https://recording.invalid");

  private final Path schemaFolder;
  private final Function<Clock, App> app;
  private final URI engine;
  private final String table;
  private final Clock clock;
  private final DevelopmentIssuer elliptic;
  private final DevelopmentIssuer rsa;

  /**
   * A recorder.
   *
   * @param app creates the app for a time
   * @param engine the local engine
   * @param table the table with the sample data
   * @param clock the time of the sample data
   * @param identities the callers of the examples
   */
  public Recorder(
      Path schemaFolder,
      Function<Clock, App> app,
      URI engine,
      String table,
      Clock clock,
      List<DevelopmentIdentity> identities) {
    this.schemaFolder = schemaFolder;
    this.app = app;
    this.engine = engine;
    this.table = table;
    this.clock = clock;
    SecureRandom random = publicKnowledge();
    try {
      this.elliptic =
          new DevelopmentIssuer(
              ISSUER,
              identities,
              clock,
              new ECKeyGenerator(Curve.P_256).secureRandom(random).keyID("es256").generate(),
              random);
      this.rsa =
          new DevelopmentIssuer(
              ISSUER,
              identities,
              clock,
              new RSAKeyGenerator(2048).secureRandom(random).keyID("rs256").generate(),
              random);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("This Java runtime lacks RSA or P-256.", impossible);
    }
  }

  /**
   * Random numbers that anyone can generate, since the seed is written here. The keys protect
   * nothing, and equal builds need equal tokens.
   */
  private static SecureRandom publicKnowledge() {
    try {
      SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
      seeded.setSeed(1);
      return seeded;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java runtime lacks SHA1PRNG.", impossible);
    }
  }

  /**
   * Records all screens, in the order of their names. Mutations change the table.
   *
   * @param examples the values of the placeholders in the screens' examples
   * @throws IllegalStateException if a screen does not answer without errors
   */
  public Recording record(Map<String, String> examples) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("TABLE_NAME", table);
    settings.put("CURSOR_SECRET", "public, since only recordings use it");
    settings.put("METRICS_NAMESPACE", "recording");
    settings.putAll(rsa.settings());
    String keys = Json.text(new JWKSet(List.of(elliptic.key(), rsa.key())).toJSONObject());
    Recording empty = new Recording(clock.instant(), settings, keys, List.of());
    List<Recording.Screen> screens = new ArrayList<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      ScreenExample example = ScreenExample.of(screen, examples);
      DevelopmentIssuer issuer = screens.size() % 2 == 0 ? rsa : elliptic; // both are common
      String token = issuer.token(example).orElse(null);
      Screen sent = screens.size() % 3 == 0 ? ScreenOpener.reprinted(screen) : screen;
      List<byte[]> events =
          ParsedDocument.of(screen.document()).isSubscription()
              ? new LiveEvents(screen.name(), clock.instant())
                  .of(sent, example, Optional.ofNullable(token))
              : List.of(event(sent, example, token));
      screens.add(record(screen, events, empty));
    }
    return new Recording(empty.time(), empty.settings(), empty.keys(), screens);
  }

  private Recording.Screen record(Screen screen, List<byte[]> events, Recording empty)
      throws IOException {
    List<Recording.Exchange> exchanges = new ArrayList<>();
    Endpoint endpoint = new Endpoint(engine, "us-east-1");
    Transport network = new PooledTransport(endpoint);
    Transport recording =
        (headers, body, timeout) -> {
          Response response = network.post(headers, body, timeout);
          synchronized (exchanges) {
            exchanges.add(Recording.Exchange.of(headers, body, response));
          }
          return response;
        };
    Log silent =
        new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    RecordedConnections clients = new RecordedConnections();
    RequestStreamHandler handler =
        empty.handler(schemaFolder, app, endpoint, recording, clients, silent);
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    for (byte[] event : events) {
      response.reset();
      handler.handleRequest(new ByteArrayInputStream(event), response, new LocalContext());
    }
    requireAnswer(screen, events.size() > 1 ? answer(clients) : body(response.toByteArray()));
    exchanges.sort(
        Comparator.comparing(Recording.Exchange::request)); // equal requests stay in order
    return new Recording.Screen(
        screen.name(),
        events.stream().map(event -> new String(event, StandardCharsets.UTF_8)).toList(),
        exchanges);
  }

  /** The response to a live screen; without one, the last message. */
  private static String answer(RecordedConnections clients) throws IOException {
    List<byte[]> messages = clients.take();
    return LiveEvents.response(messages)
        .map(Json::text)
        .orElseGet(() ->
            messages.isEmpty() ? "none" : new String(messages.getLast(), StandardCharsets.UTF_8));
  }

  /** The event of an app's request through an HTTP API. */
  private static byte[] event(Screen screen, ScreenExample example, @Nullable String token) {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("accept", "application/graphql-response+json, application/json");
    headers.put("accept-encoding", "gzip");
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    headers.put("content-type", "application/json");
    headers.put("apollographql-client-name", "recording");
    headers.put("apollographql-client-version", "1");
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", "POST");
    http.put("path", "/graphql");
    http.put("sourceIp", "203.0.113.1"); // RFC 5737
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("http", http);
    context.put("requestId", screen.name());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("operationName", screen.name());
    body.put("variables", example.variables());
    body.put("query", screen.document());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("headers", headers);
    event.put("requestContext", context);
    event.put("body", Json.text(body));
    event.put("isBase64Encoded", false);
    return Json.bytes(event);
  }

  private static void requireAnswer(Screen screen, String body) {
    if (!body.startsWith("{\"data\":")) {
      throw new IllegalStateException(
          "%s can't be recorded. Correct the screen, or its example in %s.example.json. The response is %s"
              .formatted(screen.file(), screen.name(), body));
    }
  }

  private static String body(byte[] response) throws IOException {
    try {
      if (Json.read(response) instanceof Map<?, ?> event
          && event.get("body") instanceof String body) {
        return Boolean.TRUE.equals(event.get("isBase64Encoded")) ? unzipped(body) : body;
      }
    } catch (MalformedJson malformed) {
      throw new IOException(malformed);
    }
    throw new IOException("The response has no body.");
  }

  private static String unzipped(String base64) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(base64);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
