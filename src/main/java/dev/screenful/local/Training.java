package dev.screenful.local;

import dev.screenful.build.CustomRuntime;
import dev.screenful.document.ParsedDocument;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The training run of a custom runtime. The function starts as on Lambda, opens every screen with
 * its example, and ends; then its JVM writes the AOT cache. As on AWS, the function reaches the
 * table, the issuer and the clients of live screens over TLS, so that the cache contains the
 * classes for it.
 */
public final class Training {

  private static final int MINUTES = 2;

  /** On a busy machine, the first connections may take longer than a request waits for them. */
  private static final int ATTEMPTS = 5;

  private static final String UNAVAILABLE = "\"statusCode\":503";

  /**
   * Without the profiles of JEP 515: the JVM would compile all methods of the training run at the
   * start, although a cold start runs most of them only a few times.
   */
  private static final String NO_PROFILES = "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining";

  private final CustomRuntime runtime;
  private final Path screens;
  private final URI engine;
  private final String table;
  private final List<DevelopmentIdentity> identities;
  private final InstantSource clock;

  /**
   * A training run.
   *
   * @param screens the folder of the screens and their examples
   * @param engine the local engine
   * @param table the table with the sample data
   * @param identities the callers of the examples
   */
  public Training(
      CustomRuntime runtime,
      Path screens,
      URI engine,
      String table,
      List<DevelopmentIdentity> identities,
      InstantSource clock) {
    this.runtime = runtime;
    this.screens = screens;
    this.engine = engine;
    this.table = table;
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * Runs the function. Mutations change the table.
   *
   * @param handler the class with the main method of the function
   * @param examples the values of the placeholders in the screens' examples
   * @param more environment variables of the function, such as those of a bucket
   * @throws IllegalStateException if a screen does not answer, or answers with errors
   */
  public void run(String handler, Map<String, String> examples, Map<String, String> more)
      throws IOException, InterruptedException {
    Path output = runtime.folder().resolveSibling("training.log");
    try (SecureProxy proxy =
        new SecureProxy(
            runtime.folder().resolveSibling("training.p12").toAbsolutePath(),
            engine,
            identities,
            clock)) {
      Process function;
      try (RuntimeApi api = new RuntimeApi()) {
        function = start(handler, api, proxy, more, output);
        int opened = 0;
        for (Screen screen : Screen.folder(screens)) {
          ScreenExample example = ScreenExample.of(screen, examples);
          Screen sent = opened % 3 == 0 ? ScreenOpener.reprinted(screen) : screen;
          DevelopmentIssuer issuer = proxy.issuers().get(opened++ % proxy.issuers().size());
          List<byte[]> events = events(sent, example, issuer);
          for (byte[] event : events) {
            requireSuccess(screen, response(api, text(event)));
          }
          List<byte[]> messages = proxy.takeMessages();
          if (events.size() > 1 && LiveEvents.response(messages).isEmpty()) {
            throw failure(screen, messages.isEmpty() ? "none" : text(messages.getLast()));
          }
        }
      }
      // Without the API, the loop ends, and the JVM writes the cache.
      if (!function.waitFor(MINUTES, TimeUnit.MINUTES)) {
        function.destroyForcibly();
        throw new IllegalStateException("The training run does not end. See " + output);
      }
    }
  }

  private List<byte[]> events(Screen screen, ScreenExample example, DevelopmentIssuer issuer) {
    return ParsedDocument.of(screen.document()).isSubscription()
        ? new LiveEvents(screen.name(), clock.instant()).of(screen, example, issuer.token(example))
        : List.of(ScreenOpener.event(screen, example, issuer));
  }

  private static String response(RuntimeApi api, String event) throws InterruptedException {
    String response = api.invoke(event);
    for (int time = 1; time < ATTEMPTS && response.contains(UNAVAILABLE); time++) {
      response = api.invoke(event);
    }
    return response;
  }

  private Process start(
      String handler, RuntimeApi api, SecureProxy proxy, Map<String, String> more, Path output)
      throws IOException {
    Path folder = runtime.folder().toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("bootstrap").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(proxy.issuers().getFirst().settings());
    environment.putAll(
        Map.of(
            "_HANDLER",
            handler,
            "AOT_CACHE_OPTION",
            "AOTCacheOutput",
            "JAVA_TOOL_OPTIONS",
            NO_PROFILES + " " + proxy.trustOptions(),
            "LAMBDA_TASK_ROOT",
            folder.toString(),
            "AWS_LAMBDA_RUNTIME_API",
            api.address(),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "1024",
            "AWS_ENDPOINT_URL_DYNAMODB",
            proxy.uri().toString(),
            "AWS_REGION",
            "us-east-1",
            "AWS_ACCESS_KEY_ID",
            "training",
            "AWS_SECRET_ACCESS_KEY",
            "training"));
    environment.put("CONNECTIONS_URL", proxy.connections().toString());
    environment.putAll(more);
    environment.put("TABLE_NAME", table);
    environment.put("CURSOR_SECRET", "public, since only training uses it");
    return builder.start();
  }

  private static void requireSuccess(Screen screen, String response) throws IOException {
    try {
      if (Json.read(response.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> answer
          && Integer.valueOf(200).equals(answer.get("statusCode"))
          && !response.contains("\\\"errors\\\"")) {
        return;
      }
    } catch (MalformedJson malformed) {
      // below
    }
    throw failure(screen, response);
  }

  private static IllegalStateException failure(Screen screen, String response) {
    return new IllegalStateException(
        "%s fails in training. Correct the screen, or its example in %s.example.json. The response is %s"
            .formatted(screen.file(), screen.name(), response));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
