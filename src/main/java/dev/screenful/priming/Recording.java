package dev.screenful.priming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.aws.Credentials;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.Transport;
import dev.screenful.identity.OpenIdTokenVerifier;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.live.Connections;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Screens with the DynamoDB exchanges that answer them, recorded by the build on the sample data. A
 * handler can open these screens again without a table.
 *
 * <p>A recording contains no secret. Its settings and its tokens are only valid for handlers of
 * recordings: the key that signed the tokens existed only while the build recorded, and no deployed
 * function trusts its issuer.
 *
 * @param time the time of the recording, at which the tokens are valid
 * @param settings the environment variables of the recorded function, see {@link Settings#of}
 * @param keys the issuer's public keys, as a JSON Web Key Set
 */
public record Recording(
    Instant time, Map<String, String> settings, String keys, List<Screen> screens) {

  /**
   * The bucket of recorded apps. It makes no calls: it signs URLs with credentials that do not
   * exist, and contains every upload.
   *
   * @param clock the time for signatures
   */
  public static Bucket bucket(InstantSource clock) {
    return new RecordedBucket(clock);
  }

  /** The file of an app's recording in its schema folder. */
  public static final String FILE = "recording.json";

  /**
   * A request for a screen, or a client that subscribes to a live screen.
   *
   * @param events the API Gateway events, as JSON
   */
  public record Screen(String name, List<String> events, List<Exchange> exchanges) {}

  /**
   * A request to DynamoDB and its response.
   *
   * @param request the request, as {@link RecordedTable#id} identifies it
   */
  public record Exchange(String request, int status, String response) {

    /** The exchange of a request and its response, in a form that is the same for equal content. */
    public static Exchange of(Map<String, String> headers, byte[] body, Response response)
        throws IOException {
      return new Exchange(
          RecordedTable.id(headers, body),
          response.status(),
          CanonicalJson.response(response.body()));
    }
  }

  /**
   * A handler like that of the function, but at the time of the recording, with its settings, and
   * over another connection to DynamoDB. It caches neither items nor verified tokens, so that a
   * screen makes the same requests and does the same work each time.
   *
   * @param app creates the app for a time
   * @param transport sends the requests for the endpoint
   * @param connections the clients of live screens
   * @param log receives the handler's log entries
   */
  public RequestStreamHandler handler(
      Path schemaFolder,
      Function<Clock, App> app,
      Endpoint endpoint,
      Transport transport,
      Connections connections,
      Log log) {
    Clock clock = Clock.fixed(time, ZoneOffset.UTC);
    Settings own = Settings.of(schemaFolder, settings);
    TokenVerifier tokens =
        own.issuer()
            .<TokenVerifier>map(
                issuer -> new ForgetfulVerifier(() -> OpenIdTokenVerifier.of(issuer, keys, clock)))
            .orElseGet(TokenVerifier::none);
    Credentials credentials = new Credentials("recorded", "recorded", "recorded");
    return Backend.handler(
        new UncachedApp(app.apply(clock)),
        own,
        tokens,
        new DynamoDb(endpoint, () -> credentials, transport, clock),
        connections,
        clock,
        log);
  }

  /**
   * Reads a recording.
   *
   * @throws IOException if the file is missing or malformed
   */
  public static Recording read(Path file) throws IOException {
    try {
      Map<?, ?> root = object(Json.read(Files.readAllBytes(file)));
      Map<String, String> settings = new LinkedHashMap<>();
      object(root.get("settings"))
          .forEach((name, value) -> settings.put(String.valueOf(name), String.valueOf(value)));
      List<Screen> screens = new ArrayList<>();
      for (Object screen : list(root.get("screens"))) {
        screens.add(screen(object(screen)));
      }
      return new Recording(
          Instant.parse(text(root, "time")), settings, text(root, "keys"), screens);
    } catch (MalformedJson | DateTimeException malformed) {
      throw new IOException(file + " is malformed.", malformed);
    }
  }

  private static Screen screen(Map<?, ?> screen) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    for (Object entry : list(screen.get("exchanges"))) {
      Map<?, ?> exchange = object(entry);
      exchanges.add(
          new Exchange(
              text(exchange, "request"),
              exchange.get("status") instanceof Integer status ? status : 0,
              text(exchange, "response")));
    }
    List<String> events = new ArrayList<>();
    for (Object event : list(screen.get("events"))) {
      events.add(String.valueOf(event));
    }
    return new Screen(text(screen, "name"), events, exchanges);
  }

  private static Map<?, ?> object(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw new IOException("The recording lacks an object.");
  }

  private static List<?> list(@Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IOException("The recording lacks a list.");
  }

  private static String text(Map<?, ?> object, String name) throws IOException {
    if (object.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("The recording lacks the text '" + name + "'.");
  }

  /** Writes the recording. */
  public void write(Path file) throws IOException {
    List<Object> opened = new ArrayList<>();
    for (Screen screen : screens) {
      List<Object> exchanges = new ArrayList<>();
      for (Exchange exchange : screen.exchanges()) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request", exchange.request());
        fields.put("status", exchange.status());
        fields.put("response", exchange.response());
        exchanges.add(fields);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", screen.name());
      fields.put("events", screen.events());
      fields.put("exchanges", exchanges);
      opened.add(fields);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("time", time.toString());
    root.put("settings", settings);
    root.put("keys", keys);
    root.put("screens", opened);
    Files.write(file, Json.bytes(root));
  }
}
