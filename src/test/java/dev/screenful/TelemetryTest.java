package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.crypto.Sha256;
import dev.screenful.kit.Phone;
import dev.screenful.kit.Sockets;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Fields;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, cold starts and traces in the log lines and metrics of any app. */
final class TelemetryTest {

  private static final String SDL =
      """
      directive @budget(bytes: Int!, reads: Int!, trips: Int!) on QUERY | MUTATION
      directive @logged on VARIABLE_DEFINITION
      directive @once(not: String) on FIELD_DEFINITION
      type Query {
        word: String @public(why: "test")
        read: String @public(why: "test")
        text(length: Int!): String @public(why: "test")
        missing: String @public(why: "test")
        taken: String @public(why: "test")
        down: String @public(why: "test")
        broken: String @public(why: "test")
      }
      type Mutation { count: Int @once(not: "It only counts.") @public(why: "test") }
      """;

  private static final Map<String, String> SCREENS =
      Map.of(
          "screens/Word.graphql", "query Word { word }",
          "screens/Missing.graphql", "query Missing { missing again: missing down }",
          "screens/Read.graphql", "query Read @budget(bytes: 1, reads: 0, trips: 0) { read }",
          "screens/Text.graphql", "query Text($length: Int! @logged) { text(length: $length) }");

  private static final Key KEY = new Key("TELEMETRY", "ITEM");

  private static final String XRAY = "com.amazonaws.xray.traceHeader";
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** A new instance of an app with every kind of outcome. */
  static TinyApp app(Map<String, String> settings) {
    new BulkWriter(TinyApp.table()).write(List.of(Item.of(KEY, Map.of("text", "An item."))));
    return new TinyApp(SDL, TelemetryTest::register, SCREENS, settings);
  }

  private static void register(Fields fields) {
    fields.query("word", call -> "word");
    fields.query(
        "read",
        call -> {
          Item item = call.store().get(KEY, Projection.of("text"));
          return item == null ? null : item.get("text");
        });
    fields.query(
        "text", call -> "x".repeat(call.arguments().optionalInteger("length").orElseThrow()));
    fields.query(
        "missing",
        call -> {
          throw new ClientError(ErrorCode.NOT_FOUND, "Nothing is here.");
        });
    fields.query(
        "taken",
        call -> {
          throw new ClientError("NAME_TAKEN", "The name is taken.");
        });
    fields.query(
        "down",
        call -> {
          throw new StoreUnavailable("The table is down.");
        });
    fields.query(
        "broken",
        call -> {
          throw new IllegalStateException("A fault.");
        });
    fields.mutation("count", (call, transaction) -> 1);
  }

  /** A request for a document by a hash that no instance knows. */
  static Phone.Reply unknownHash(Phone phone) {
    return phone.send(
        "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
            .formatted(Sha256.hex("{ never }")));
  }

  private static List<JsonNode> lines(TinyApp app, String event) {
    return app.log()
        .lines()
        .map(TelemetryTest::json)
        .filter(line -> line.path("event").asText().equals(event))
        .toList();
  }

  static JsonNode json(String line) {
    try {
      return Phone.JSON.readTree(line);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(line, notJson);
    }
  }

  private static JsonNode last(TinyApp app) {
    return lines(app, "request").getLast();
  }

  @Test
  void a_line_counts_the_errors_of_the_response_by_code() {
    TinyApp app = app(Map.of());

    app.phone().ask("{ missing again: missing taken down broken word }");
    assertThat(last(app).get("errors").toString())
        .isEqualTo(
            "{\"INTERNAL_SERVER_ERROR\":1,\"NAME_TAKEN\":1,\"NOT_FOUND\":2,\"UNAVAILABLE\":1}");

    app.phone().ask("{ word }");
    assertThat(last(app).has("errors")).isFalse();
  }

  @Test
  void a_request_that_did_not_run_has_the_code_of_its_refusal() {
    TinyApp app = app(Map.of("WRITES_PER_MINUTE", "1", "BATCH_LIMIT", "3"));
    Phone phone = app.phone().from("198.51.100.1");

    phone.send("not JSON");
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"BAD_REQUEST\":1}");
    phone.with("authorization", "Bearer x").ask("{ word }");
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"UNAUTHENTICATED\":1}");
    phone.ask("{ unknown }");
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"GRAPHQL_VALIDATION_FAILED\":1}");
    unknownHash(phone);
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"PERSISTED_QUERY_NOT_FOUND\":1}");
    phone.ask("{ text(length: 5600000) }");
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"RESPONSE_TOO_LARGE\":1}");
    phone.ask("mutation { count }");
    phone.ask("mutation { count }");
    assertThat(last(app).get("errors").toString()).isEqualTo("{\"RATE_LIMITED\":1}");

    TinyApp closed = app(Map.of("SAFELIST", "known-screens"));
    closed.phone().ask("{ word }");
    assertThat(last(closed).get("errors").toString()).isEqualTo("{\"QUERY_NOT_IN_SAFELIST\":1}");
  }

  @Test
  void the_first_request_of_an_instance_is_a_cold_start() {
    TinyApp app = app(Map.of("BATCH_LIMIT", "2"));
    app.phone().send("[{\"query\": \"{ word }\"}, {\"query\": \"{ word }\"}]");
    app.phone().ask("{ word }");

    assertThat(lines(app, "request"))
        .extracting(line -> line.path("coldStart").asText("absent"))
        .containsExactly("true", "absent", "absent");
  }

  @Test
  void a_request_to_an_instance_that_was_warmed_up_is_no_cold_start() {
    TinyApp app = app(Map.of());
    app.sockets().invoke(Map.of("source", "aws.events"));
    app.phone().ask("{ word }");

    assertThat(last(app).has("coldStart")).isFalse();
  }

  @Test
  void the_first_message_of_a_connection_can_be_a_cold_start_too() {
    TinyApp app = app(Map.of());
    Sockets.Socket socket = app.sockets().initialised();
    socket.subscribe("1", "{ word }", Map.of());

    assertThat(lines(app, "socket"))
        .extracting(line -> line.path("coldStart").asText("absent"))
        .containsExactly("true", "absent", "absent");
    assertThat(last(app).has("coldStart")).isFalse();
  }

  /** A field about the trace, in the line of a request with a header. */
  private static String traced(String header, String value) {
    TinyApp app = app(Map.of());
    app.phone().with(header, value).ask("{ word }");
    return last(app).path(header.equals("traceparent") ? "traceparent" : "trace").asText("absent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Root=1-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
        "Self=1-67891234-12456789abcdef012345678a;Root=1-5759e988-bd862e3fe1be46a994272793"
      })
  void a_line_has_the_trace_id_of_api_gateway(String header) {
    assertThat(traced("X-Amzn-Trace-Id", header)).isEqualTo("1-5759e988-bd862e3fe1be46a994272793");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-5759e988-bd862e3fe1be46a994272793",
        "Root=1-5759e988-BD862e3fe1be46a994272793",
        "Root=1-5759e988-bd862e3fe1be46a9942727930",
        "NoRoot=1-5759e988-bd862e3fe1be46a994272793",
        "Root=2-5759e988-bd862e3fe1be46a994272793"
      })
  void an_invalid_trace_id_is_ignored(String header) {
    assertThat(traced("x-amzn-trace-id", header)).isEqualTo("absent");
  }

  @Test
  void the_trace_of_the_invocation_wins_over_a_header_and_is_in_the_lines_of_sockets() {
    TinyApp app = app(Map.of());
    System.setProperty(XRAY, "Root=1-00000001-000000000000000000000001;Sampled=0");
    try {
      app.phone()
          .with("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793")
          .ask("{ word }");
      app.sockets().initialised().subscribe("1", "{ word }", Map.of());
    } finally {
      System.clearProperty(XRAY);
    }

    assertThat(lines(app, "request")).hasSize(2);
    assertThat(app.log().lines())
        .hasSize(5)
        .allMatch(line -> line.contains("\"trace\":\"1-00000001-000000000000000000000001\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TRACEPARENT,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
        "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes"
      })
  void a_line_has_the_traceparent_of_the_client(String header) {
    assertThat(traced("traceparent", header)).hasSize(55).isEqualTo(header.substring(0, 55));
  }

  /** The grammar of W3C Trace Context, section 3.2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        TRACEPARENT + ", " + TRACEPARENT,
        "\"}\n{\"level\":\"ERROR\""
      })
  void an_invalid_traceparent_is_ignored(String header) {
    assertThat(traced("traceparent", header)).isEqualTo("absent");
  }

  private static Map<String, Integer> counted(JsonNode line) {
    Map<String, Integer> counted = new HashMap<>();
    JsonNode directives = line.at("/_aws/CloudWatchMetrics");
    for (JsonNode directive : directives) {
      if (directive.get("Dimensions").toString().equals("[[\"screen\"]]")) {
        assertThat(directive.get("Namespace").asText()).isEqualTo("Tiny");
        for (JsonNode metric : directive.get("Metrics")) {
          assertThat(metric.get("Unit").asText()).isEqualTo("Count");
          String name = metric.get("Name").asText();
          counted.put(name, line.get(name).asInt());
        }
      }
    }
    return counted;
  }

  @Test
  void errors_and_cold_starts_are_metrics_of_their_screen() {
    TinyApp app = app(Map.of("METRICS_NAMESPACE", "Tiny"));

    app.phone().ask("query Missing { missing again: missing down }");
    assertThat(counted(last(app)))
        .isEqualTo(Map.of("error.NOT_FOUND", 2, "error.UNAVAILABLE", 1, "coldStarts", 1));
    assertThat(last(app).get("screen").asText()).isEqualTo("Missing");

    app.phone().ask("query Word { word }");
    assertThat(last(app).at("/_aws/CloudWatchMetrics")).hasSize(1);

    unknownHash(app.phone());
    assertThat(counted(last(app))).isEqualTo(Map.of("error.PERSISTED_QUERY_NOT_FOUND", 1));
    assertThat(last(app).get("screen").asText()).isEqualTo("other");
  }

  /** The search finds each metric with a word that is part of its name. */
  @Test
  void the_dashboard_shows_metrics_that_requests_write() throws IOException {
    TinyApp app = app(Map.of("METRICS_NAMESPACE", "Tiny"));
    app.phone().ask("query Missing { missing again: missing down }");
    List<String> written =
        lines(app, "request").getFirst().findValues("Metrics").stream()
            .flatMap(metrics -> metrics.findValuesAsText("Name").stream())
            .toList();

    String widgets =
        json(Files.readString(Path.of("target/dashboard/screens.json"))).get("Fn::Sub").asText();
    Set<String> shown = new TreeSet<>();
    for (JsonNode metrics : json("[" + widgets.substring(1) + "]").findValues("metrics")) {
      for (JsonNode metric : metrics) {
        if (metric.size() == 5) {
          assertThat(metric.get(2).asText()).isEqualTo("screen");
          shown.add(metric.get(1).asText());
        }
      }
    }
    assertThat(shown)
        .hasSize(6) // of each request
        .isSubsetOf(written);
    assertThat(widgets).contains("MetricName=error ");
    assertThat(written.stream().filter(name -> name.matches("(.*\\W)?error(\\W.*)?")))
        .containsExactlyInAnyOrder("error.NOT_FOUND", "error.UNAVAILABLE");
  }

  @Test
  void without_a_namespace_there_are_no_metrics() {
    TinyApp app = app(Map.of());
    app.phone().ask("query Missing { missing again: missing down }");

    assertThat(last(app).has("_aws")).isFalse();
    assertThat(last(app).has("error.NOT_FOUND")).isFalse();
    assertThat(last(app).has("coldStarts")).isFalse();
  }
}
