package dev.screenful.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.document.ParsedDocument;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.LocalS3;
import dev.screenful.local.LoopbackServer;
import dev.screenful.local.RuntimeApi;
import dev.screenful.local.ScreenOpener;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import dev.screenful.store.Table;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of {@code target/function}, and its execution as on Lambda. */
public abstract class PackageTests {

  private static final Path FUNCTION = Path.of("target/function");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestBench bench;

  /** Tests the package of an app. */
  protected PackageTests(TestBench bench) {
    this.bench = bench;
  }

  /** Classes are listed by package, and libraries without their versions. */
  @Test
  void the_package_contains_only_what_is_approved() throws IOException {
    List<String> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FUNCTION)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = FUNCTION.relativize(file).toString();
        entries.add(
            name.startsWith("lib/")
                ? name.replaceFirst("-[0-9][0-9.]*(-SNAPSHOT)?\\.jar$", ".jar")
                : name.replaceFirst("[^/]+\\.class$", "*.class"));
      }
    }

    ApprovedList.assertApproved("function", entries);
  }

  /**
   * A rehearsal of the deployment: the table is that of {@code template.yaml}, and the function is
   * the package with the environment of the template, in a process of its own under the real
   * runtime interface client. A runtime API hands out events, as the Lambda service does.
   */
  @Test
  void the_package_answers_all_screens_in_the_environment_and_on_the_table_of_the_template(
      @TempDir Path folder) throws IOException, InterruptedException {
    rehearse(UnaryOperator.identity(), folder);
  }

  /**
   * Rehearses the deployment of the template as it would be after an edit.
   *
   * @throws AssertionError if a screen fails; the message begins with its name
   */
  protected final void rehearse(UnaryOperator<String> edit, Path folder)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    DevelopmentIssuer issuer = TestBench.issuer(bench.development().identities(), clock);
    Map<String, String> settings = issuer.settings();
    Rehearsal rehearsal =
        new Rehearsal(
            new ResolvedTemplate(
                edit,
                Map.of(
                    "Issuer", settings.get("ISSUER"),
                    "ClientIds", settings.get("CLIENT_IDS"),
                    "RolesClaim", settings.get("ROLES_CLAIM"),
                    "Uploads", "on",
                    "MetricsNamespace", "Rehearsal")));
    Table table = rehearsal.table(bench);
    bench.development().load(table, clock, false);
    Map<String, String> examples = bench.development().examples(table, clock);
    Path output = folder.resolve("output.txt");
    try (RuntimeApi api = new RuntimeApi();
        LocalS3 uploads = new LocalS3(0, List.of(), clock);
        LoopbackServer clients = new LoopbackServer(0)) {
      bench.development().upload(uploads);
      ProcessBuilder builder = runtime(bench, api).redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      environment.keySet().removeAll(List.of("TABLE_NAME", "CURSOR_SECRET"));
      environment.putAll(rehearsal.environment("ManagedFunction"));
      assertThat(environment).containsEntry("UPLOAD_BUCKET", "UploadBucket");
      assertThat(environment.get("CONNECTIONS_URL")).endsWith("/graphql");
      environment.putAll(uploads.environment()); // the services on this machine
      environment.put("CONNECTIONS_URL", "http://localhost:" + clients.port() + "/graphql");
      Process runtime = builder.start();
      try {
        Sockets sockets =
            new Sockets(
                connections ->
                    (event, response, context) ->
                        response.write(invoke(api, event.readAllBytes()).getBytes(UTF_8)),
                clock);
        clients.start(Rehearsal.sendingTo(sockets));
        for (Screen screen : bench.screens()) {
          ScreenExample example = ScreenExample.of(screen, examples);
          if (ParsedDocument.of(screen.document()).isSubscription()) {
            Sockets.Socket socket =
                issuer.token(example).map(sockets::initialised).orElseGet(sockets::initialised);
            socket.subscribe("1", screen.document(), example.variables());
            assertThat(socket.types()).as(screen.name()).contains("next 1");
            assertThat(socket.response("1").has("errors")).as("%s", socket.received()).isFalse();
          } else {
            byte[] event = ScreenOpener.event(screen, example, issuer);
            JsonNode response = JSON.readTree(invoke(api, event));
            assertThat(response.get("statusCode").asInt()).as("%s", response).isEqualTo(200);
            assertThat(JSON.readTree(response.get("body").asText()).has("errors"))
                .as("%s: %s", screen.name(), response)
                .isFalse();
          }
          assertThat(Files.readString(output)).contains("\"screen\":\"" + screen.name() + "\"");
        }
        assertThat(Files.readString(output)).contains("\"Namespace\":\"Rehearsal\"");
      } finally {
        runtime.destroyForcibly();
      }
    }
  }

  private static String invoke(RuntimeApi api, byte[] event) {
    try {
      return api.invoke(new String(event, UTF_8));
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void the_package_knows_the_ids_of_the_files_for_clients_without_a_release(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    Path clients = Path.of("target/clients");
    JSON.readTree(clients.resolve("persisted-query-manifest.json").toFile())
        .get("operations")
        .forEach(operation -> ids.add(operation.get("id").asText()));
    JSON.readTree(clients.resolve("operation-output.json").toFile())
        .fieldNames()
        .forEachRemaining(ids::add);
    try (RuntimeApi api = new RuntimeApi()) {
      Process runtime = runtime(bench, api).redirectOutput(folder.resolve("log").toFile()).start();
      try {
        for (String id : ids) {
          JsonNode response = JSON.readTree(api.invoke(event(Map.of("documentId", id))));
          String body = response.get("body").asText();
          assertThat(JSON.readTree(body).at("/errors/0/extensions/code").asText("no error"))
              .as("%s: %s", id, body) // the requests lack variables, a caller or a WebSocket
              .isIn("no error", "BAD_USER_INPUT", "UNAUTHENTICATED", "BAD_REQUEST");
        }
      } finally {
        runtime.destroyForcibly();
      }
    }
    assertThat(ids).hasSize(2 * bench.screens().size());
  }

  private static String event(Map<String, String> body) {
    return Phone.json(
        Map.of(
            "version", "2.0",
            "headers", Map.of("content-type", "application/json"),
            "requestContext", Map.of("requestId", "gateway-1", "http", Map.of("method", "POST")),
            "body", Phone.json(body),
            "isBase64Encoded", false));
  }

  /** A process with Lambda's environment variables, and the table on this machine. */
  public static ProcessBuilder runtime(TestBench bench, RuntimeApi api) {
    String client =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar ->
                jar.contains("aws-lambda-java-runtime-interface-client")
                    || jar.contains("utils-lite")
                    || jar.contains("aws-lambda-java-serialization"))
            .reduce("", (path, jar) -> path + File.pathSeparator + jar);
    ProcessBuilder builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-classpath",
                FUNCTION + File.pathSeparator + FUNCTION.resolve("lib") + "/*" + client,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                bench.development().function().getName())
            .redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "LAMBDA_TASK_ROOT", FUNCTION.toAbsolutePath().toString(),
                "AWS_LAMBDA_FUNCTION_NAME", "function",
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", TestBench.engine().toString()));
    builder.environment().putAll(bench.development().environment());
    builder.environment().put("TABLE_NAME", bench.table().name());
    builder.environment().put("CURSOR_SECRET", "a secret that only tests are signed with");
    return builder;
  }
}
