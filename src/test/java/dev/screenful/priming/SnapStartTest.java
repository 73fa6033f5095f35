package dev.screenful.priming;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpServer;
import dev.screenful.aws.CredentialsSource;
import dev.screenful.aws.Endpoint;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.identity.Issuer;
import dev.screenful.identity.IssuerUnavailable;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.kit.Phone;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.notes.Notes;
import dev.screenful.notes.NotesBench;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.store.Deadline;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.crac.Core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoint and restore, in this process: a handler that is primed, and used a week later. */
final class SnapStartTest {

  private static final Endpoint ENGINE = new Endpoint(TestBench.engine(), "us-east-1");

  private final SettableClock clock = new SettableClock();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  private final Wiretap network = new Wiretap();
  private final HttpServer credentials = listen();
  private volatile String accessKeyId = "BEFORE";

  private static HttpServer listen() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  @BeforeEach
  void startCredentialsEndpoint() {
    credentials.createContext(
        "/",
        exchange -> {
          byte[] json =
              "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"2027-01-01T00:00:00Z\"}"
                  .formatted(accessKeyId)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
    credentials.start();
  }

  @AfterEach
  void stopCredentialsEndpoint() {
    credentials.stop(0);
  }

  @Test
  void a_week_after_the_snapshot_every_screen_is_answered_as_by_a_new_instance()
      throws IOException {
    SnapshotHandler restored = restored(client());
    RequestStreamHandler fresh = fresh(new Wiretap());

    for (Screen screen : queries()) {
      Phone.Reply answer = open(screen, restored);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(open(screen, fresh).body());
    }
  }

  @Test
  void no_item_is_cached_in_the_snapshot() throws IOException {
    SnapshotHandler restored = restored(client());
    Wiretap other = new Wiretap();

    open("Notebook", restored); // its item is public, so instances cache it
    open("Notebook", fresh(other));

    assertThat(network.headers).isNotEmpty().hasSameSizeAs(other.headers);
  }

  @Test
  void after_the_snapshot_requests_are_signed_with_new_credentials_on_new_connections()
      throws IOException {
    DynamoDb client = client();
    new Store(
            new Table(
                client,
                NotesBench.shared().table().name(),
                NotesBench.shared().table().definition()),
            Deadline.distant())
        .get(Notes.notebookKey("A1"), Projection.whole());
    assertThat(network.headers.getLast()).asString().contains("Credential=BEFORE/20260115/");

    SnapshotHandler restored = restored(client);
    assertThat(network.isConnected).isFalse();
    network.headers.clear();
    open("Notebooks", restored);

    assertThat(network.headers)
        .isNotEmpty()
        .allSatisfy(headers ->
            assertThat(headers.get("authorization")).contains("Credential=AFTER/20260122/"));
  }

  @Test
  void before_the_snapshot_no_table_is_read_or_written_and_nothing_is_logged() {
    SnapshotHandler handler =
        handler(client(), NotesBench.shared().recorded(), TokenVerifier.none());

    handler.beforeCheckpoint(Core.getGlobalContext());

    assertThat(network.headers).isEmpty();
    assertThat(network.trials.get()).isEqualTo(1);
    assertThat(lines.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_function_that_can_not_be_prepared_warns_and_works() throws IOException {
    TokenVerifier unreachable =
        TokenVerifier.of(
            Optional.of(new Issuer(URI.create("http://localhost:1"), Set.of("app"), "roles")),
            clock,
            log);
    network.isBroken = true;
    SnapshotHandler handler =
        handler(client(), Files.createTempDirectory("unrecorded"), unreachable);

    handler.beforeCheckpoint(Core.getGlobalContext());
    handler.afterRestore(Core.getGlobalContext());

    assertThat(lines.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line).startsWith("{\"level\":\"WARN\",\"event\":\"snapshot\""))
        .satisfiesExactly(
            line -> assertThat(line).contains("Opening the screens failed", "recording.json"),
            line -> assertThat(line).contains("Connecting to DynamoDB failed", "broken"),
            line ->
                assertThat(line)
                    .contains(
                        "Reading the issuer's keys failed",
                        IssuerUnavailable.class.getSimpleName()));
    assertThat(open("Notebooks", handler).status()).isEqualTo(200);
  }

  @Test
  void without_snapstart_the_handler_stays_as_it_is() {
    RequestStreamHandler handler = (event, response, context) -> {};

    assertThat(prepared(handler, Map.of())).isSameAs(handler);
    assertThat(prepared(handler, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")))
        .isSameAs(handler);
    assertThat(prepared(handler, Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")))
        .isInstanceOf(SnapshotHandler.class);
  }

  private RequestStreamHandler prepared(
      RequestStreamHandler handler, Map<String, String> environment) {
    return SnapStart.prepare(
        handler,
        environment,
        NotesBench.shared().settings(),
        Notes::new,
        TokenVerifier.none(),
        client(),
        log);
  }

  private DynamoDb client() {
    String uri = "http://localhost:" + credentials.getAddress().getPort() + "/";
    return new DynamoDb(
        ENGINE,
        CredentialsSource.of(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri), clock),
        network,
        clock);
  }

  private SnapshotHandler handler(DynamoDb client, Path schemaFolder, TokenVerifier tokens) {
    return new SnapshotHandler(
        NotesBench.shared().trusting(client, clock), schemaFolder, Notes::new, tokens, client, log);
  }

  /** A handler that was restored a week after its snapshot, with other credentials. */
  private SnapshotHandler restored(DynamoDb client) {
    SnapshotHandler handler = handler(client, NotesBench.shared().recorded(), TokenVerifier.none());
    handler.beforeCheckpoint(Core.getGlobalContext());
    clock.advance(Duration.ofDays(7));
    accessKeyId = "AFTER";
    handler.afterRestore(Core.getGlobalContext());
    return handler;
  }

  private static List<Screen> queries() {
    return NotesBench.shared().queries();
  }

  private RequestStreamHandler fresh(Wiretap other) {
    return NotesBench.shared().trusting(LocalDynamo.client(ENGINE, other), clock);
  }

  private static Phone.Reply open(String name, RequestStreamHandler handler) {
    return open(
        queries().stream().filter(screen -> screen.name().equals(name)).findFirst().orElseThrow(),
        handler);
  }

  private static Phone.Reply open(Screen screen, RequestStreamHandler handler) {
    ScreenExample example = ScreenExample.of(screen, NotesBench.shared().examples());
    return Phone.of(handler, Optional.ofNullable(example.caller()).orElse("anyone"))
        .ask(screen.document(), example.variables());
  }

  /** A connection to the engine that keeps the headers of all requests. */
  private static final class Wiretap implements Transport {

    final List<Map<String, String>> headers = Collections.synchronizedList(new ArrayList<>());
    private final Transport pool = new PooledTransport(ENGINE);
    volatile boolean isConnected;
    volatile boolean isBroken;
    final AtomicInteger trials = new AtomicInteger();

    @Override
    public Response post(Map<String, String> sent, byte[] body, Duration timeout)
        throws IOException {
      headers.add(sent);
      isConnected = true;
      return pool.post(sent, body, timeout);
    }

    @Override
    public void tryConnection(Duration timeout) throws IOException {
      if (isBroken) {
        throw new IOException("broken");
      }
      trials.incrementAndGet();
      pool.tryConnection(timeout);
    }

    @Override
    public void disconnect() {
      isConnected = false;
      pool.disconnect();
    }
  }
}
