package dev.layover.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpServer;
import dev.layover.Layover;
import dev.layover.LayoverTable;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.LocalS3;
import dev.screenful.priming.Recording;
import dev.screenful.screens.Screen;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Layover as on Lambda, at a fixed time, on the local engine with the sample data. All tests of a
 * JVM share one engine and one import. Tests that write use flights and travellers of their own.
 */
public final class TestBench {

  /** The time in tests: eight in the morning in Austin. */
  public static final Instant NOW = Instant.parse("2026-01-15T14:00:00Z");

  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /**
   * The schema of the function: the files in {@code schema}, or with {@code -Dschema=target/schema}
   * their compact form, as it is deployed. {@code mvn test} runs the tests of Layover on both.
   */
  public static final Path SCHEMA = Path.of(System.getProperty("schema", "schema"));

  private static final TestBench SHARED = new TestBench();

  private final URI engine = LocalDynamo.start(null).endpoint();
  private final Table table =
      new Table(LocalDynamo.client(engine), "layover", LayoverTable.DEFINITION);
  private final DevelopmentIssuer tokens = issuer(CLOCK);
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  private final TokenVerifier verifier = tokens.verifier(log);
  private final RequestStreamHandler handler;

  private TestBench() {
    LocalDynamo.createTable(table.client(), table.name(), LayoverTable.DEFINITION);
    new SampleImport(table, CLOCK).run(false);
    handler = handler(table.client());
  }

  /** An issuer of the development identities, with a server of its own. */
  public static DevelopmentIssuer issuer(Clock clock) {
    HttpServer server = listen();
    DevelopmentIssuer issuer =
        new DevelopmentIssuer(
            URI.create("http://localhost:" + server.getAddress().getPort()),
            LayoverServer.IDENTITIES,
            clock);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            issuer.answer(exchange);
          }
        });
    server.start();
    return issuer;
  }

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  public static TestBench shared() {
    return SHARED;
  }

  /** A phone without sign-in. */
  public static Phone stranger() {
    return new Phone(SHARED.handler, Map.of());
  }

  /** A phone of a development identity. */
  public static Phone phoneOf(String identity) {
    return new Phone(
        SHARED.handler, Map.of("authorization", "Bearer " + SHARED.tokens.token(identity)));
  }

  /** Another instance of the function, with another client of the same table. */
  public RequestStreamHandler handler(DynamoDb client) {
    return handler(Map.of(), client);
  }

  /** An instance of the function at another time. */
  public RequestStreamHandler handler(Clock clock) {
    return Backend.handler(
        new Layover(clock, new SplittableRandom(1), Recording.bucket(clock)),
        deployed(Map.of()),
        verifier,
        table.client(),
        clock,
        log);
  }

  /** An instance of the function with additional settings. */
  public RequestStreamHandler handler(Map<String, String> settings) {
    return handler(settings, table.client());
  }

  /** An instance of the function with additional settings and another client. */
  public RequestStreamHandler handler(Map<String, String> settings, DynamoDb client) {
    return Backend.handler(app(), deployed(settings), verifier, client, CLOCK, log);
  }

  /** An instance of the function that trusts other tokens. */
  public RequestStreamHandler handler(Map<String, String> settings, TokenVerifier trusted) {
    return Backend.handler(app(), deployed(settings), trusted, table.client(), CLOCK, log);
  }

  /** A phone without sign-in, of a function with additional settings. */
  public Phone stranger(Map<String, String> settings) {
    return new Phone(handler(settings), Map.of());
  }

  /**
   * An instance that trusts every token, for {@link Phone#of}; {@code staff} is staff.
   *
   * @param client connects to the table, possibly with faults
   */
  public RequestStreamHandler trusting(DynamoDb client, Clock clock) {
    return trusting(Map.of(), client, clock);
  }

  /** An instance that trusts every token, with additional settings. */
  public RequestStreamHandler trusting(Map<String, String> settings, DynamoDb client, Clock clock) {
    return Backend.handler(
        new Layover(clock, new Random(), Recording.bucket(clock)),
        deployed(settings),
        new TrustingVerifier(),
        client,
        clock,
        log);
  }

  /** The development server. */
  public DevelopmentServer server() throws IOException {
    return server(Map.of());
  }

  /** The development server with additional settings. */
  public DevelopmentServer server(Map<String, String> settings) throws IOException {
    return new DevelopmentServer(
        0, app(), settings(settings), table.client(), tokens, this::examples, CLOCK, log);
  }

  /** The development server with uploads to a bucket. */
  public DevelopmentServer server(LocalS3 uploads) throws IOException {
    Layover app =
        new Layover(CLOCK, new Random(), Bucket.of(uploads.environment(), CLOCK));
    return new DevelopmentServer(
        0, app, settings(Map.of()), table.client(), tokens, this::examples, CLOCK, log);
  }

  public Layover app() {
    return new Layover(CLOCK, new SplittableRandom(1), Recording.bucket(CLOCK));
  }

  public Settings settings() {
    return settings(Map.of());
  }

  /** The settings of the tests, with additional environment variables. */
  public Settings settings(Map<String, String> more) {
    return settings(Path.of("schema"), more);
  }

  private Settings deployed(Map<String, String> more) {
    return settings(SCHEMA, more);
  }

  private Settings settings(Path schema, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(Map.of("SAFELIST", "open", "WRITES_PER_MINUTE", "1000000"));
    environment.putAll(more);
    environment.put("TABLE_NAME", table.name());
    environment.put("CURSOR_SECRET", "a secret that only tests are signed with");
    return Settings.of(schema, environment);
  }

  public URI engine() {
    return engine;
  }

  public Table table() {
    return table;
  }

  public DevelopmentIssuer tokens() {
    return tokens;
  }

  public Log log() {
    return log;
  }

  /** All screens of the app. */
  public static List<Screen> screens() {
    return Screen.folder(Path.of("schema/screens"));
  }

  /** The values for placeholders in the screens' examples. */
  public Map<String, String> examples() {
    return SampleTravellers.examples(table, CLOCK);
  }

  /** The log lines that contain a string. */
  public List<String> logged(String part) {
    return lines
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(part))
        .toList();
  }
}
