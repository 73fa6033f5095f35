package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.aws.Endpoint;
import dev.screenful.aws.ScriptedServer;
import dev.screenful.connection.Response;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.PooledTransport;
import dev.screenful.dynamodb.Transport;
import dev.screenful.kit.Collector;
import dev.screenful.kit.Collector.Received;
import dev.screenful.kit.Collector.Span;
import dev.screenful.kit.Phone;
import dev.screenful.kit.SettableClock;
import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.notes.NotesBench;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.telemetry.InvocationTrace;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traces of requests, as a collector receives them. */
final class TracingTest {

  private static final TestBench BENCH = NotesBench.shared();
  private static final Endpoint ENGINE = new Endpoint(TestBench.engine(), "us-east-1");

  private static final String NOTEBOOK =
      "query Notebook($code: ID!) { notebook(code: $code) { title } }";

  private static final String CLIENT_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT_SPAN = "b7ad6b7169203331";
  private static final String CLIENT = "00-" + CLIENT_TRACE + "-" + CLIENT_SPAN;

  private static final String XRAY = "Root=1-5759e988-bd862e3fe1be46a994272793";
  private static final String XRAY_TRACE = "5759e988bd862e3fe1be46a994272793";
  private static final String SEGMENT = "53995c3f42cd8ad8";

  private final Collector collector = new Collector();

  TracingTest() throws IOException {}

  @AfterEach
  void close() {
    collector.close();
  }

  private Phone phone(Map<String, String> settings) {
    return phone(settings, BENCH.table().client(), TestBench.CLOCK);
  }

  /** A phone of a new instance that sends its traces to the collector. */
  private Phone phone(Map<String, String> settings, DynamoDb client, Clock clock) {
    Map<String, String> all = new HashMap<>(collector.settings());
    all.putAll(settings);
    return Phone.of(BENCH.trusting(all, client, clock), "reader-1");
  }

  private static Phone.Reply open(Phone phone) {
    return phone.ask(NOTEBOOK, Map.of("code", "A1"));
  }

  @Test
  void a_request_is_a_tree_of_the_request_its_operation_and_its_calls() {
    Phone.Reply reply = open(phone(Map.of("OTEL_SERVICE_NAME", "notes")));

    Received received = collector.only();
    Span request = received.request();
    Span operation = received.only(Span.INTERNAL);
    Span call = received.only(Span.CLIENT);
    assertThat(received.resource()).isEqualTo(Map.of("service.name", "notes"));
    assertThat(request.get("name")).isEqualTo("POST /graphql");
    assertThat(request.get("parentSpanId")).isEmpty();
    assertThat(request.get("traceId")).matches("[0-9a-f]{32}");
    assertThat(request.attributes())
        .isEqualTo(
            Map.of(
                "http.request.method", "POST",
                "http.route", "/graphql",
                "http.response.status_code", "200",
                "faas.trigger", "http",
                "faas.invocation_id", reply.requestId(),
                "faas.coldstart", "true",
                "screenful.request_id", reply.requestId()));
    assertThat(operation.get("name")).isEqualTo("query");
    assertThat(operation.attributes())
        .isEqualTo(Map.of("graphql.operation.type", "query", "graphql.operation.name", "Notebook"));
    assertThat(call.get("name")).isEqualTo("DynamoDB.GetItem");
    Map<String, String> attributes = call.attributes();
    attributes.remove("aws.request_id"); // of DynamoDB; the local engine may send none
    assertThat(attributes)
        .isEqualTo(
            Map.of(
                "rpc.system", "aws-api",
                "rpc.service", "DynamoDB",
                "rpc.method", "GetItem",
                "db.system.name", "aws.dynamodb",
                "db.operation.name", "GetItem",
                "aws.dynamodb.table_names",
                    "[{\"stringValue\":\"%s\"}]".formatted(BENCH.table().name()),
                "server.address", ENGINE.uri().getHost(),
                "server.port", Integer.toString(ENGINE.uri().getPort())));
    assertThat(request.contains(operation)).isTrue();
    assertThat(operation.contains(call)).isTrue();
    assertThat(received.spans()).noneMatch(Span::isFailed);
  }

  @Test
  void the_span_begins_at_the_time_of_the_request() {
    open(phone(Map.of()));

    Instant noon = TestBench.NOW;
    assertThat(collector.only().request().get("startTimeUnixNano"))
        .startsWith(Long.toString(noon.getEpochSecond()));
  }

  @Test
  void a_trace_contains_no_variables_no_tokens_and_no_keys() {
    Phone phone = phone(Map.of());
    String mutation = BENCH.screen("WriteNote").document();
    Phone.Reply reply =
        phone.ask(mutation, Map.of("notebookId", "Notebook:A3", "text", "A secret recipe."));

    assertThat(reply.code()).isEqualTo("no error");
    Received received = collector.only();
    Span operation = received.only(Span.INTERNAL);
    assertThat(operation.get("name")).isEqualTo("mutation");
    assertThat(received.all(Span.CLIENT))
        .hasSizeGreaterThan(1)
        .allMatch(operation::contains)
        .anyMatch(call -> call.get("name").equals("DynamoDB.TransactWriteItems"));
    assertThat(collector.requests().getFirst())
        .doesNotContain("secret", "Notebook:A3", "NOTEBOOK#", "reader-1", "Bearer", "writeNote");
  }

  @Test
  void each_operation_of_a_batch_is_a_part_of_the_request_and_the_first_has_shared_calls() {
    String entry =
        "{\"query\": \"query %s { me { notes { edges { node { notebook { title } } } } } }\"}";
    Phone.Reply reply =
        phone(Map.of("BATCH_LIMIT", "2"))
            .send("[" + entry.formatted("One") + "," + entry.formatted("Two") + "]");

    assertThat(reply.status()).isEqualTo(200);
    Received received = collector.only();
    List<Span> operations = received.all(Span.INTERNAL);
    assertThat(operations).hasSize(2).allMatch(received.request()::contains);
    Span shared =
        received.all(Span.CLIENT).stream()
            .filter(call -> call.get("name").equals("DynamoDB.BatchGetItem"))
            .findFirst()
            .orElseThrow();
    assertThat(operations).filteredOn(one -> one.contains(shared)).hasSize(1);
  }

  @Test
  void the_search_for_a_registered_document_is_a_part_of_the_request() {
    TelemetryTest.unknownHash(phone(Map.of()));

    Received received = collector.only();
    assertThat(received.all(Span.INTERNAL)).isEmpty();
    assertThat(received.request().contains(received.only(Span.CLIENT))).isTrue();
  }

  @Test
  void an_error_of_a_response_marks_the_operation_by_its_code() {
    phone(Map.of()).ask(NOTEBOOK, Map.of("code", "NONE"));

    Received received = collector.only();
    assertThat(received.only(Span.INTERNAL).isFailed()).isTrue();
    assertThat(received.only(Span.INTERNAL).attributes()).containsEntry("error.type", "NOT_FOUND");
    assertThat(received.request().isFailed()).isFalse();
    assertThat(received.only(Span.CLIENT).isFailed()).isFalse();
  }

  @Test
  void a_response_with_status_500_marks_the_request() {
    RequestStreamHandler broken =
        BENCH.handler(
            collector.settings(),
            (token, timeout) -> {
              throw new IllegalStateException("A fault.");
            });
    Phone.Reply reply = open(Phone.of(broken, "reader-1"));

    assertThat(reply.status()).isEqualTo(500);
    assertThat(collector.only().request().isFailed()).isTrue();
    assertThat(collector.only().request().attributes())
        .containsEntry("http.response.status_code", "500")
        .containsEntry("error.type", "500");
  }

  /** A client whose first attempts get other responses than those of the engine. */
  private static DynamoDb client(Response... first) {
    Queue<Response> responses = new ArrayDeque<>(List.of(first));
    Transport engine = new PooledTransport(ENGINE);
    return LocalDynamo.client(
        ENGINE,
        (headers, body, timeout) ->
            responses.isEmpty() ? engine.post(headers, body, timeout) : responses.remove());
  }

  private static Response refusal(int status, String code) {
    return new Response(
        status,
        Map.of("x-amzn-requestid", "REQUEST-1"),
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"Key A1 failed.\"}"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_call_shows_its_retries() {
    DynamoDb flaky =
        client(refusal(400, "ThrottlingException"), refusal(500, "InternalServerError"));
    Phone.Reply reply = open(phone(Map.of(), flaky, TestBench.CLOCK));

    assertThat(reply.code()).isEqualTo("no error");
    Span call = collector.only().only(Span.CLIENT);
    assertThat(call.isFailed()).isFalse();
    assertThat(call.attributes())
        .containsEntry("http.request.resend_count", "2")
        .doesNotContainKeys("error.type", "db.response.status_code");
  }

  @Test
  void a_call_that_fails_has_the_code_and_the_request_id_of_dynamodb_and_no_message() {
    DynamoDb denied = client(refusal(400, "AccessDeniedException"));
    open(phone(Map.of(), denied, TestBench.CLOCK));

    Span call = collector.only().only(Span.CLIENT);
    assertThat(call.isFailed()).isTrue();
    assertThat(call.attributes())
        .containsEntry("error.type", "AccessDeniedException")
        .containsEntry("db.response.status_code", "AccessDeniedException")
        .containsEntry("aws.request_id", "REQUEST-1");
    assertThat(collector.requests().getFirst()).doesNotContain("A1");
  }

  @Test
  void a_call_without_a_response_has_the_type_of_its_failure() {
    DynamoDb dead =
        LocalDynamo.client(
            ENGINE,
            (headers, body, timeout) -> {
              throw new IOException("Connection reset");
            });
    open(phone(Map.of(), dead, TestBench.CLOCK));

    assertThat(collector.only().only(Span.CLIENT).attributes())
        .containsEntry("error.type", "dev.screenful.store.StoreUnavailable")
        .containsEntry("http.request.resend_count", "3")
        .doesNotContainKeys("aws.request_id", "db.response.status_code");
  }

  @ParameterizedTest
  @CsvSource({
    // traceparent, X-Ray, sampler, ratio, is it sampled?
    "'', '', '', '', true",
    "'', '', '', 1, true",
    "'', '', '', 0, false",
    "01, '', '', 0, true",
    "03, '', '', 0, true",
    "00, '', '', 1, false",
    "02, '', '', 1, false",
    "00, ;Parent=53995c3f42cd8ad8;Sampled=1, '', 1, false",
    "'', ;Parent=53995c3f42cd8ad8;Sampled=1, '', 0, true",
    "'', ;Parent=53995c3f42cd8ad8;Sampled=0, '', 1, true",
    "'', ;Parent=53995c3f42cd8ad8;Sampled=0, '', 0, false",
    "'', ;Parent=53995c3f42cd8ad8, parentbased_traceidratio, 1, true",
    "01, '', traceidratio, 0, false",
    "00, '', traceidratio, 1, true",
    "'', ;Parent=53995c3f42cd8ad8;Sampled=1, traceidratio, 0, false",
  })
  void a_parent_decides_before_the_ratio(
      String flags, String xray, String sampler, String ratio, boolean isSampled) {
    Phone phone = phone(Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", ratio));
    phone = flags.isEmpty() ? phone : phone.with("traceparent", CLIENT + "-" + flags);
    phone = xray.isEmpty() ? phone : phone.with("x-amzn-trace-id", XRAY + xray);
    Phone.Reply reply = open(phone);

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(collector.requests()).hasSize(isSampled ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "00000000000000, 0.0001, true",
    "7fffffffffffff, 0.5, true",
    "80000000000000, 0.5, false",
    "ffffffffffffff, 0.9999, false",
    "ffffffffffffff, 1.0, true",
  })
  void the_ratio_decides_by_the_trace_id(String end, String ratio, boolean isSampled) {
    Phone phone = phone(Map.of("OTEL_TRACES_SAMPLER_ARG", ratio));
    open(phone.with("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1" + end));

    assertThat(collector.requests()).hasSize(isSampled ? 1 : 0);
  }

  @Test
  void spans_join_the_trace_of_x_ray() {
    open(phone(Map.of()).with("x-amzn-trace-id", XRAY + ";Parent=" + SEGMENT + ";Sampled=1"));

    Span request = collector.only().request();
    assertThat(collector.only().spans()).allMatch(span -> span.get("traceId").equals(XRAY_TRACE));
    assertThat(request.get("parentSpanId")).isEqualTo(SEGMENT);
    assertThat(request.json().has("links")).isFalse();
  }

  /** X-Ray has no such segment, and would show the trace as incomplete. */
  @Test
  void a_segment_that_x_ray_does_not_sample_is_no_parent() {
    open(phone(Map.of()).with("x-amzn-trace-id", XRAY + ";Parent=" + SEGMENT + ";Sampled=0"));

    assertThat(collector.only().request().get("traceId")).isEqualTo(XRAY_TRACE);
    assertThat(collector.only().request().get("parentSpanId")).isEmpty();
  }

  @Test
  void spans_join_the_trace_of_the_client_with_a_link_to_x_ray() {
    open(
        phone(Map.of())
            .with("traceparent", CLIENT + "-01")
            .with("x-amzn-trace-id", XRAY + ";Parent=" + SEGMENT + ";Sampled=1"));

    Span request = collector.only().request();
    assertThat(request.get("traceId")).isEqualTo(CLIENT_TRACE);
    assertThat(request.get("parentSpanId")).isEqualTo(CLIENT_SPAN);
    assertThat(request.json().get("links").toString())
        .isEqualTo("[{\"traceId\":\"%s\",\"spanId\":\"%s\"}]".formatted(XRAY_TRACE, SEGMENT));
    assertThat(collector.only().spans())
        .allMatch(span -> span.get("traceId").equals(CLIENT_TRACE))
        .filteredOn(span -> span.json().has("links"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"resource\": \"/graphql\", \"httpMethod\": \"POST\"', POST /graphql, POST",
    "'\"routeKey\": \"$default\"', POST, POST",
    "'\"resource\": \"/graphql\", \"httpMethod\": \"SECRET\"', HTTP /graphql, _OTHER",
  })
  void the_name_has_the_route_of_the_api_and_a_known_method(
      String route, String name, String method) {
    Phone.invoke(
        BENCH.handler(collector.settings()),
        "{%s, \"requestContext\": {\"requestId\": \"route-1\", %s}}"
            .formatted(
                route,
                route.contains("httpMethod")
                    ? "\"identity\": {}"
                    : "\"http\": {\"method\": \"POST\"}"),
        "invocation-1");

    Span request = collector.only().request();
    assertThat(request.get("name")).isEqualTo(name);
    assertThat(request.attributes())
        .containsEntry("http.request.method", method)
        .containsEntry("faas.invocation_id", "invocation-1");
  }

  @Test
  void a_function_on_lambda_is_described_as_such() {
    open(
        phone(
            Map.of(
                "AWS_LAMBDA_FUNCTION_NAME", "notes-prod",
                "AWS_LAMBDA_FUNCTION_VERSION", "7",
                "AWS_REGION", "eu-central-1")));

    assertThat(collector.only().resource())
        .isEqualTo(
            Map.of(
                "service.name", "notes-prod",
                "cloud.provider", "aws",
                "cloud.platform", "aws_lambda",
                "cloud.region", "eu-central-1",
                "faas.name", "notes-prod",
                "faas.version", "7"));
  }

  @Test
  void a_trace_has_at_most_a_hundred_calls() {
    TinyApp app =
        new TinyApp(
            "type Query { many: Int @public(why: \"test\") }",
            fields ->
                fields.query(
                    "many",
                    call -> {
                      for (int key = 0; key < 120; key++) {
                        call.store().get(new Key("TRACING", "ITEM#" + key), Projection.of("text"));
                      }
                      return 120;
                    }),
            Map.of(),
            collector.settings());
    app.phone().ask("{ many }");

    Received received = collector.only();
    assertThat(received.all(Span.CLIENT)).hasSize(100);
    assertThat(received.request().contains(received.only(Span.INTERNAL))).isTrue();
    assertThat(received.request().attributes()).containsEntry("screenful.calls_dropped", "20");
  }

  /** Nothing reads a time, and no part of a request is an object of its own. */
  @Test
  void without_an_endpoint_tracing_costs_nothing() {
    Log log =
        new Log(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    Tracing off =
        new Tracing(
            Optional.empty(),
            () -> {
              throw new AssertionError("The time was read.");
            },
            log);
    dev.screenful.telemetry.Span request =
        off.start(InvocationTrace.of(true, Map.of("traceparent", CLIENT + "-01")));

    assertThat(request).isSameAs(dev.screenful.telemetry.Span.NONE);
    assertThat(request.start("part", dev.screenful.telemetry.Span.Kind.CLIENT)).isSameAs(request);
    assertThat(BENCH.settings(Map.of("OTEL_TRACES_SAMPLER_ARG", "1")).tracing()).isEmpty();
    assertThat(BENCH.settings(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "")).tracing()).isEmpty();
  }

  private static List<String> warnings(Phone.Reply reply) {
    return BENCH.logged(reply.requestId()).stream()
        .filter(line -> line.contains("\"event\":\"tracesLost\""))
        .toList();
  }

  @Test
  void a_collector_that_fails_is_left_alone_for_ten_seconds() {
    SettableClock clock = new SettableClock();
    Phone phone = phone(Map.of(), BENCH.table().client(), clock);
    collector.answerWith(503);
    Phone.Reply first = open(phone);
    Phone.Reply second = open(phone);
    clock.advance(Duration.ofSeconds(10));
    Phone.Reply third = open(phone);
    collector.answerWith(200);
    clock.advance(Duration.ofSeconds(10));
    Phone.Reply fourth = open(phone);

    assertThat(List.of(first, second, third, fourth))
        .allMatch(reply -> reply.data("/notebook/title").asText().equals("Apples and pears"));
    assertThat(warnings(first)).singleElement().asString().contains("503", "\"traces\":1");
    assertThat(warnings(second)).isEmpty();
    assertThat(warnings(third)).singleElement().asString().contains("\"traces\":2");
    assertThat(warnings(fourth)).isEmpty();
    assertThat(collector.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ScriptedServer.HANG,
        "HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{}" + ScriptedServer.CLOSE,
        "not HTTP" + ScriptedServer.CLOSE
      })
  void a_collector_that_is_broken_or_slow_changes_no_response(String answer) throws IOException {
    try (ScriptedServer broken = new ScriptedServer(answer)) {
      Phone.Reply reply =
          open(
              phone(
                  Map.of(
                      "OTEL_EXPORTER_OTLP_ENDPOINT",
                      broken.endpoint().uri().toString(),
                      "OTEL_EXPORTER_OTLP_TIMEOUT",
                      answer.equals(ScriptedServer.HANG) ? "100" : "10000")));

      assertThat(reply.data("/notebook/title").asText()).isEqualTo("Apples and pears");
      assertThat(warnings(reply)).hasSize(1);
    }
  }

  @Test
  void a_collector_that_is_down_changes_no_response() {
    collector.close();
    Phone.Reply reply = open(phone(Map.of()));

    assertThat(reply.data("/notebook/title").asText()).isEqualTo("Apples and pears");
    assertThat(warnings(reply)).hasSize(1);
  }
}
