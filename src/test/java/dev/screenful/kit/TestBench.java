package dev.screenful.kit;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.document.ParsedDocument;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.local.Commands;
import dev.screenful.local.DevelopmentApp;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.local.LocalDynamo;
import dev.screenful.local.LocalS3;
import dev.screenful.local.LoopbackServer;
import dev.screenful.priming.Recording;
import dev.screenful.screens.Screen;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import dev.screenful.upload.Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An app as on Lambda, at a fixed time, on the local engine with its sample data. All tests of a
 * JVM share one engine, and should share one bench for each app, since it loads the data.
 */
public final class TestBench {

  /** The time in tests. */
  public static final Instant NOW = Instant.parse("2026-01-15T14:00:00Z");

  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /**
   * The schema of the function: the files in {@code schema}, or with {@code -Dschema=target/schema}
   * their compact form, as it is deployed. {@code mvn test} runs the tests of the app on both.
   */
  public static final Path SCHEMA = Path.of(System.getProperty("schema", "schema"));

  private static final URI ENGINE = LocalDynamo.start(null).endpoint();

  private final DevelopmentApp development;
  private final Path files;
  private final Path deployed;
  private final Table table;
  private final DevelopmentIssuer tokens;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  private final TokenVerifier verifier;
  private final RequestStreamHandler handler;
  private @Nullable Path recorded;

  /** The app of this project, with the folder {@code schema}. */
  public TestBench(DevelopmentApp development) {
    this(development, Path.of("schema"), SCHEMA);
  }

  /** An app with its files in another folder. */
  public TestBench(DevelopmentApp development, Path files) {
    this(development, files, files);
  }

  private TestBench(DevelopmentApp development, Path files, Path deployed) {
    this(development, files, deployed, development.name().toLowerCase(Locale.ROOT));
  }

  private TestBench(DevelopmentApp development, Path files, Path deployed, String tableName) {
    this.development = development;
    this.files = files;
    this.deployed = deployed;
    this.table = new Table(LocalDynamo.client(ENGINE), tableName, app().table());
    this.tokens = issuer(development.identities(), CLOCK);
    this.verifier = tokens.verifier(log);
    LocalDynamo.createTable(table.client(), table.name(), table.definition());
    development.load(table, CLOCK, false);
    this.handler = handler(table.client());
  }

  /**
   * The same app on a table of its own, with new sample data. Use it in tests that change data
   * which the screens of other tests show.
   */
  public TestBench fresh() {
    String tableName = table.name() + "-" + UUID.randomUUID();
    return new TestBench(development, files, deployed, tableName);
  }

  /** An issuer of development identities, with a server of its own. */
  public static DevelopmentIssuer issuer(List<DevelopmentIdentity> identities, Clock clock) {
    LoopbackServer server = listen();
    DevelopmentIssuer issuer =
        new DevelopmentIssuer(URI.create("http://localhost:" + server.port()), identities, clock);
    try {
      server.start(issuer::answer);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return issuer;
  }

  private static LoopbackServer listen() {
    try {
      return new LoopbackServer(0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  /** The local engine of all tests. */
  public static URI engine() {
    return ENGINE;
  }

  /** A phone without sign-in. */
  public Phone stranger() {
    return new Phone(handler, Map.of());
  }

  /** A phone of a development identity. */
  public Phone phoneOf(String identity) {
    return new Phone(handler, Map.of("authorization", "Bearer " + tokens.token(identity)));
  }

  /** Another instance of the function, with another client of the same table. */
  public RequestStreamHandler handler(DynamoDb client) {
    return handler(Map.of(), client);
  }

  /** An instance of the function at another time. */
  public RequestStreamHandler handler(Clock clock) {
    return Backend.handler(app(clock), deployed(Map.of()), verifier, table.client(), clock, log);
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

  /** A WebSocket API before an instance of the function. */
  public Sockets sockets() {
    return sockets(verifier, table.client(), CLOCK);
  }

  /** A WebSocket API before an instance with another client of the same table. */
  public Sockets sockets(DynamoDb client) {
    return sockets(verifier, client, CLOCK);
  }

  /** A WebSocket API before an instance that trusts every token. */
  public Sockets trustingSockets(DynamoDb client, Clock clock) {
    return sockets(new TrustingVerifier(), client, clock);
  }

  /** A WebSocket API before an instance of the function at any time. */
  public Sockets sockets(TokenVerifier trusted, DynamoDb client, Clock clock) {
    return new Sockets(
        connections ->
            Backend.handler(
                app(clock), deployed(Map.of()), trusted, client, connections, clock, log),
        clock);
  }

  /** The changes of the table from now on. */
  public StreamRecords stream() {
    return new StreamRecords(table);
  }

  /** A phone without sign-in, of a function with additional settings. */
  public Phone stranger(Map<String, String> settings) {
    return new Phone(handler(settings), Map.of());
  }

  /** An instance that trusts every token, for {@link Phone#of}. */
  public RequestStreamHandler trusting() {
    return trusting(table.client(), CLOCK);
  }

  /**
   * An instance that trusts every token.
   *
   * @param client connects to the table, possibly with faults
   */
  public RequestStreamHandler trusting(DynamoDb client, Clock clock) {
    return trusting(Map.of(), client, clock);
  }

  /** An instance that trusts every token, with additional settings. */
  public RequestStreamHandler trusting(Map<String, String> settings, DynamoDb client, Clock clock) {
    return Backend.handler(
        development.app(clock, new Random(), Recording.bucket(clock)),
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
    App app = development.app(CLOCK, new Random(), Bucket.of(uploads.environment(), CLOCK));
    return new DevelopmentServer(
        0, app, settings(Map.of()), table.client(), tokens, this::examples, CLOCK, log);
  }

  /** The app. */
  public App app() {
    return app(CLOCK);
  }

  private App app(Clock clock) {
    return development.app(clock, new SplittableRandom(1), Recording.bucket(clock));
  }

  /** What the development server knows of the app. */
  public DevelopmentApp development() {
    return development;
  }

  /** The settings of the tests. */
  public Settings settings() {
    return settings(Map.of());
  }

  /** The settings of the tests, with additional environment variables. */
  public Settings settings(Map<String, String> more) {
    return settings(files, more);
  }

  private Settings deployed(Map<String, String> more) {
    return settings(deployed, more);
  }

  private Settings settings(Path schema, Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "SAFELIST", "open",
                "WRITES_PER_MINUTE", "1000000",
                "CURSOR_SECRET", "a secret that only tests are signed with"));
    environment.putAll(more);
    environment.put("TABLE_NAME", table.name());
    return Settings.of(schema, environment);
  }

  /** The folder of the SDL files and screens. */
  public Path files() {
    return files;
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
  public List<Screen> screens() {
    return Screen.folder(files.resolve("screens"));
  }

  /** The screens that are opened by a request and change nothing. */
  public List<Screen> queries() {
    return screens().stream()
        .filter(screen -> !ParsedDocument.of(screen.document()).isMutation())
        .filter(screen -> !ParsedDocument.of(screen.document()).isSubscription())
        .toList();
  }

  /** A screen of the app. */
  public Screen screen(String name) {
    return screens().stream()
        .filter(screen -> screen.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The values for placeholders in the screens' examples. */
  public Map<String, String> examples() {
    return development.examples(table, CLOCK);
  }

  /** A copy of the schema folder with a recording of all screens, as in the function's package. */
  public synchronized Path recorded() {
    if (recorded == null) {
      try {
        Path folder = Files.createTempDirectory("recorded").resolve("schema");
        try (Stream<Path> all = Files.walk(files)) {
          for (Path file : all.toList()) {
            Files.copy(file, folder.resolve(files.relativize(file).toString()));
          }
        }
        record().write(folder.resolve(Recording.FILE));
        recorded = folder;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return recorded;
  }

  /** Records all screens on an engine of its own. */
  public Recording record() throws IOException {
    try (LocalDynamo engine = LocalDynamo.start(null)) {
      return Commands.recording(development, files, engine.endpoint());
    }
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
