package dev.layover;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.layover.local.LayoverBench;
import dev.screenful.build.ApolloDocument;
import dev.screenful.build.IndexUsage;
import dev.screenful.build.MeasuredScreen;
import dev.screenful.build.ScreensPage;
import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.kit.IndexTraffic;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sends each screen as in its example, and compares the whole response with {@code
 * approved/NAME.json}. The cost of a screen must be within its {@code @budget}. After an intended
 * change, {@code mvn verify -Dapprove} rewrites the files. Review them before you commit them.
 *
 * <p>Writes the measurements to the page of all screens, {@code target/screens/index.html}, and the
 * responses to fixtures for the apps' own tests, {@code target/fixtures/NAME.json}.
 */
final class ScreensTest {

  private static final Path SCHEMA = Path.of("schema");
  private static final Path APPROVED = Path.of("src/test/resources/approved");
  private static final Path FIXTURES = Path.of("target/fixtures");
  private static final Path PAGE = Path.of("target/screens/index.html");
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final IndexTraffic INDEXES = new IndexTraffic();
  private static final Map<String, MeasuredScreen> MEASURED = new LinkedHashMap<>();

  /** The responses as Apollo Client gets them, with {@code __typename}. */
  private static final Map<String, JsonNode> RESPONSES = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> a_screens_response_is_as_approved_and_within_its_budget() {
    TestBench bench = LayoverBench.shared();
    DynamoDb client = INDEXES.client();
    return Screen.folder(SCHEMA.resolve("screens")).stream()
        .map(
            screen -> // each on an instance with an empty cache
            DynamicTest.dynamicTest(screen.name(), () -> opens(screen, bench.handler(client))));
  }

  private static void opens(Screen screen, RequestStreamHandler handler) throws IOException {
    ScreenExample example = ScreenExample.of(screen, LayoverBench.shared().examples());
    Phone phone =
        (example.caller() == null
                ? LayoverBench.stranger()
                : LayoverBench.phoneOf(example.caller()))
            .reaching(handler);
    Map<String, Object> variables = new HashMap<>(example.variables());
    variables.put("requestId", UUID.randomUUID().toString()); // ignored by queries
    long started = System.nanoTime();
    Phone.Reply reply = phone.ask(screen.document(), variables);
    double first = millisSince(started);
    assertThat(reply.body().has("errors")).as("errors in %s", reply.body()).isFalse();
    Path approved = APPROVED.resolve(screen.name() + ".json");
    if (System.getProperty("approve") != null) {
      Files.writeString(approved, PRETTY.writeValueAsString(reply.body()) + "\n");
    }
    assertThat(approved)
        .as(
            "%s has no approved response. Run mvn test -Dtest=ScreensTest -Dapprove, and review it",
            screen.name())
        .exists();
    assertThatJson(reply.body()).isEqualTo(Files.readString(approved));
    double millis =
        ParsedDocument.of(screen.document()).isMutation() ? first : median(phone, screen, example);
    MEASURED.put(screen.name(), measured(screen, reply, millis));
    RESPONSES.put(screen.name(), typed(screen, phone, variables, approved));
    assertThat(Budget.of(ParsedDocument.of(screen.document())))
        .as("%s must have a @budget. Its cost is in the log line of its request", screen.name())
        .isPresent();
    assertThat(LayoverBench.shared().logged(reply.requestId()))
        .as("%s costs more than its @budget", screen.name())
        .noneMatch(line -> line.contains("overBudget"));
  }

  /** The response to the document of the client manifest; a mutation is repeated, not run again. */
  private static JsonNode typed(
      Screen screen, Phone phone, Map<String, Object> variables, Path approved) throws IOException {
    JsonNode typed =
        phone
            .reaching(LayoverBench.shared().handler(Map.of()))
            .ask(ApolloDocument.of(screen.document()).text(), variables)
            .body();
    JsonNode untyped = typed.deepCopy();
    untyped.findParents("__typename").forEach(object -> ((ObjectNode) object).remove("__typename"));
    assertThatJson(untyped).isEqualTo(Files.readString(approved));
    return typed;
  }

  /**
   * The median of nine requests, in milliseconds. For queries only, because a mutation changes
   * data.
   */
  private static double median(Phone phone, Screen screen, ScreenExample example) {
    return IntStream.range(0, 9)
        .mapToDouble(time -> {
          long started = System.nanoTime();
          phone.ask(screen.document(), example.variables());
          return millisSince(started);
        })
        .sorted()
        .toArray()[4];
  }

  private static double millisSince(long started) {
    return (System.nanoTime() - started) / 1e6;
  }

  private static MeasuredScreen measured(Screen screen, Phone.Reply reply, double millis)
      throws IOException {
    String line =
        LayoverBench.shared().logged(reply.requestId()).stream()
            .filter(entry -> entry.contains("\"event\":\"request\""))
            .findFirst()
            .orElseThrow();
    return MeasuredScreen.of(
        screen.name(),
        PRETTY.convertValue(reply.body(), Map.class),
        PRETTY.readValue(line, Map.class),
        millis);
  }

  @AfterAll
  static void write_the_page_and_fixtures() throws IOException {
    List<IndexUsage> indexes = INDEXES.uses(LayoverBench.shared().table());
    Files.createDirectories(PAGE.getParent());
    Files.write(
        PAGE,
        ScreensPage.html(
            SCHEMA,
            MEASURED,
            LayoverBench.shared().examples(),
            indexes,
            "http://localhost:4000/?screen="));
    Files.createDirectories(FIXTURES);
    for (Map.Entry<String, JsonNode> response : RESPONSES.entrySet()) {
      Files.writeString(
          FIXTURES.resolve(response.getKey() + ".json"),
          PRETTY.writeValueAsString(response.getValue()) + "\n");
    }
  }
}
