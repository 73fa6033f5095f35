package dev.screenful.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.build.ApolloDocument;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.build.MeasuredSubscription;
import dev.screenful.build.ScreensPage;
import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.schema.OnceRule;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Opens each screen as in its example, a live screen over a WebSocket, and compares the whole
 * response with {@code approved/NAME.json}. The cost of a screen must be within its
 * {@code @budget}. After an intended change, {@code mvn verify -Dapprove} rewrites the files.
 * Review them before you commit them.
 *
 * <p>Writes the measurements to the page of all screens, {@code target/screens/index.html}, and the
 * responses to fixtures for the apps' own tests, {@code target/fixtures/NAME.json}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ScreensTests {

  private static final Path APPROVED = Path.of("src/test/resources/approved");
  private static final Path FIXTURES = Path.of("target/fixtures");
  private static final Path PAGE = Path.of("target/screens/index.html");
  private static final String SOCKET = "\"event\":\"socket\"";
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final TestBench bench;
  private final IndexTraffic indexes = new IndexTraffic();
  private final Map<String, MeasuredScreen> measured = new LinkedHashMap<>();

  /** The responses as Apollo Client gets them, with {@code __typename}. */
  private final Map<String, JsonNode> responses = new LinkedHashMap<>();

  /** Tests the screens of an app. */
  protected ScreensTests(TestBench bench) {
    this.bench = bench;
  }

  /** An instance of the function, as a caller reaches it. */
  private interface Instance {
    Phone.Reply open(String document, Map<String, ?> variables);
  }

  @TestFactory
  Stream<DynamicTest> a_screens_response_is_as_approved_and_within_its_budget() {
    DynamoDb client = indexes.client();
    return bench.screens().stream()
        .map(screen -> DynamicTest.dynamicTest(screen.name(), () -> opens(screen, client)));
  }

  /** A new instance, whose caches are empty. */
  private Instance instance(Screen screen, ScreenExample example, DynamoDb client) {
    Phone phone = example.caller() == null ? bench.stranger() : bench.phoneOf(example.caller());
    if (ParsedDocument.of(screen.document()).isSubscription()) {
      Sockets sockets = bench.sockets(client);
      return (document, variables) -> phone.open(sockets, document, variables);
    }
    return phone.reaching(bench.handler(client))::ask;
  }

  private void opens(Screen screen, DynamoDb client) throws IOException {
    ScreenExample example = ScreenExample.of(screen, bench.examples());
    Instance instance = instance(screen, example, client);
    Map<String, Object> variables = new HashMap<>(example.variables());
    variables.put("requestId", UUID.randomUUID().toString()); // ignored by queries
    int before = bench.logged(SOCKET).size();
    long started = System.nanoTime();
    Phone.Reply reply = instance.open(screen.document(), variables);
    double first = millisSince(started);
    List<String> events = bench.logged(SOCKET).stream().skip(before).toList();
    Map<?, ?> line = requestLine(screen);
    assertThat(reply.body().has("errors"))
        .as("%s: errors in %s", screen.file(), reply.body())
        .isFalse();
    Path approved = APPROVED.resolve(screen.name() + ".json");
    if (System.getProperty("approve") != null) {
      Files.createDirectories(APPROVED);
      Files.writeString(approved, PRETTY.writeValueAsString(reply.body()) + "\n");
    }
    assertThat(approved)
        .as(
            "%s has no approved response. Run mvn test -Dtest=%s -Dapprove, and review it",
            screen.file(), getClass().getSimpleName())
        .exists();
    assertThatJson(reply.body())
        .as("%s, compared with %s", screen.file(), approved)
        .isEqualTo(Files.readString(approved));
    double millis =
        ParsedDocument.of(screen.document()).isMutation()
            ? first
            : median(instance, screen, example);
    MeasuredScreen cost =
        MeasuredScreen.of(
            screen.name(), PRETTY.convertValue(reply.body(), Map.class), line, millis);
    measured.put(
        screen.name(),
        ParsedDocument.of(screen.document()).isSubscription()
            ? cost.with(subscription(events, millis))
            : cost);
    JsonNode typed =
        canRepeat(screen, example)
            ? typed(screen, instance(screen, example, bench.table().client()), variables, approved)
            : reply.body();
    responses.put(screen.name(), typed);
    assertWithinBudget(screen, cost, typed.toString().getBytes(UTF_8).length);
  }

  /** The cost of a connection and its subscription, by the log lines of its events. */
  private static MeasuredSubscription subscription(List<String> lines, double millis)
      throws IOException {
    double readUnits = 0;
    double writeUnits = 0;
    for (String line : lines) {
      JsonNode event = Phone.JSON.readTree(line);
      readUnits += event.get("readUnits").asDouble();
      writeUnits += event.get("writeUnits").asDouble();
    }
    return new MeasuredSubscription(readUnits, writeUnits, millis);
  }

  /** The bytes are those of the response with {@code __typename}, which apps ask for. */
  private static void assertWithinBudget(Screen screen, MeasuredScreen cost, int bytes) {
    String needed =
        "@budget(bytes: %d, reads: %d, trips: %d)".formatted(bytes, cost.reads(), cost.trips());
    Optional<Budget> budget = Budget.of(ParsedDocument.of(screen.document()));
    assertThat(budget)
        .as("%s has no @budget. Add %s to its operation", screen.file(), needed)
        .isPresent();
    assertThat(budget.orElseThrow().exceededBy(bytes, cost.reads(), cost.trips()))
        .as(
            "%s:%d: the screen costs more than its @budget. Reduce the cost, or write %s",
            screen.file(), lineOfBudget(screen), needed)
        .isEmpty();
  }

  private static long lineOfBudget(Screen screen) {
    return 1 + screen.document().lines().takeWhile(line -> !line.contains("@budget")).count();
  }

  /** Whether the screen can be sent twice: a mutation only if it has an idempotency key. */
  static boolean canRepeat(Screen screen, ScreenExample example) {
    return !ParsedDocument.of(screen.document()).isMutation()
        || screen.document().contains(OnceRule.REQUEST_ID)
        || example.variables().toString().contains(OnceRule.REQUEST_ID);
  }

  /** The response to the document of the client manifest; a mutation is repeated, not run again. */
  private static JsonNode typed(
      Screen screen, Instance instance, Map<String, Object> variables, Path approved)
      throws IOException {
    JsonNode typed = instance.open(ApolloDocument.of(screen.document()).text(), variables).body();
    JsonNode untyped = typed.deepCopy();
    untyped.findParents("__typename").forEach(object -> ((ObjectNode) object).remove("__typename"));
    assertThatJson(untyped).isEqualTo(Files.readString(approved));
    return typed;
  }

  /**
   * The median of nine requests, in milliseconds. For queries only, because a mutation changes
   * data.
   */
  private static double median(Instance instance, Screen screen, ScreenExample example) {
    return IntStream.range(0, 9)
        .mapToDouble(time -> {
          long started = System.nanoTime();
          instance.open(screen.document(), example.variables());
          return millisSince(started);
        })
        .sorted()
        .toArray()[4];
  }

  private static double millisSince(long started) {
    return (System.nanoTime() - started) / 1e6;
  }

  /** The last entry of a screen in the log. */
  private Map<?, ?> requestLine(Screen screen) throws IOException {
    String line =
        bench.logged("\"screen\":\"%s\"".formatted(screen.name())).stream()
            .filter(entry -> entry.contains("\"event\":\"request\""))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    return PRETTY.readValue(line, Map.class);
  }

  @AfterAll
  void write_the_page_and_fixtures() throws IOException {
    Files.createDirectories(PAGE.getParent());
    Files.write(
        PAGE,
        ScreensPage.html(
            bench.files(),
            measured,
            bench.examples(),
            indexes.uses(bench.table()),
            "http://localhost:4000/?screen="));
    Files.createDirectories(FIXTURES);
    for (Map.Entry<String, JsonNode> response : responses.entrySet()) {
      Files.writeString(
          FIXTURES.resolve(response.getKey() + ".json"),
          PRETTY.writeValueAsString(response.getValue()) + "\n");
    }
  }
}
