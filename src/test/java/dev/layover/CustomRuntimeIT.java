package dev.layover;

import static net.javacrumbs.jsonunit.assertj.JsonAssertions.assertThatJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.LayoverBench;
import dev.layover.local.LayoverDevelopment;
import dev.screenful.kit.ApprovedList;
import dev.screenful.kit.Collector;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.RuntimeApi;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of {@code target/custom-runtime}, and its execution as on Lambda. */
final class CustomRuntimeIT {

  private static final Path PACKAGE = Path.of("target/custom-runtime").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The real time, which the function in the package uses too. */
  private static final DevelopmentIssuer ISSUER =
      TestBench.issuer(new LayoverDevelopment().identities(), Clock.systemUTC());

  @TempDir Path temporary;

  @Test
  void the_package_answers_the_screens_as_the_function_in_this_process() throws Exception {
    Path output = temporary.resolve("output.txt");
    int answered = 0;
    try (RuntimeApi api = new RuntimeApi()) {
      Process function = start(PACKAGE, api, "", output);
      try {
        for (Screen screen : LayoverBench.shared().queries()) {
          JsonNode response = JSON.readTree(api.invoke(event(screen)));
          assertThatJson(response.get("body").asText())
              .as(screen.name())
              .isEqualTo(expected(screen).body());
          answered++;
        }
      } finally {
        function.destroyForcibly();
      }
    }
    assertThat(answered).isGreaterThan(5);
    assertThat(Files.readString(output)).contains("\"screen\":\"Home\"");
  }

  @Test
  void the_package_sends_its_traces_to_a_collector() throws Exception {
    try (RuntimeApi api = new RuntimeApi();
        Collector collector = new Collector()) {
      Process function =
          start(PACKAGE, api, "", temporary.resolve("output.txt"), collector.settings());
      try {
        api.invoke(event(screen("Home")));
      } finally {
        function.destroyForcibly();
      }

      Collector.Received received = collector.only();
      assertThat(received.only(Collector.Span.INTERNAL).attributes())
          .containsEntry("graphql.operation.name", "Home");
      assertThat(received.all(Collector.Span.CLIENT)).isNotEmpty();
    }
  }

  @Test
  void a_malformed_event_gets_a_response_and_the_next_one_too() throws Exception {
    try (RuntimeApi api = new RuntimeApi()) {
      Process function = start(PACKAGE, api, "", temporary.resolve("output.txt"));
      try {
        assertThat(JSON.readTree(api.invoke("[]")).get("statusCode").asInt()).isEqualTo(400);
        assertThat(JSON.readTree(api.invoke(event(screen("Home")))).get("statusCode").asInt())
            .isEqualTo(200);
      } finally {
        function.destroyForcibly();
      }
    }
  }

  /** Lambda unpacks the package to another folder, and file times may change on the way. */
  @Test
  void every_class_of_the_function_comes_from_the_cache_wherever_it_is_unpacked() throws Exception {
    Path moved = temporary.resolve("task");
    copy(PACKAGE, moved);
    Path output = temporary.resolve("output.txt");
    String options = "-XX:AOTMode=on -Xlog:class+load"; // with this mode, a useless cache is fatal
    try (RuntimeApi api = new RuntimeApi()) {
      Process function = start(moved, api, options, output);
      try {
        for (String name : List.of("Home", "AirportBoard", "FlightDetail")) {
          assertThat(JSON.readTree(api.invoke(event(screen(name)))).get("statusCode").asInt())
              .isEqualTo(200);
        }
      } finally {
        function.destroyForcibly();
      }
    }
    List<String> loaded = Files.readAllLines(output);
    assertThat(loaded)
        .anyMatch(line -> line.contains("dev.layover.Layover source: shared objects file"))
        .anyMatch(line -> line.contains("graphql.GraphQL source: shared objects file"));
    assertThat(loaded)
        .filteredOn(line -> line.contains("source: jrt:/function"))
        .allMatch(line -> line.contains(".gson.internal.sql.")); // refers to the module java.sql
    assertThat(loaded) // without a collector
        .anyMatch(line -> line.contains("dev.screenful.telemetry.Tracing source:"))
        .noneMatch(line -> line.contains("dev.screenful.telemetry.TraceExport source:"))
        .noneMatch(line -> line.contains("dev.screenful.telemetry.TracingSettings source:"))
        .noneMatch(line -> line.contains("dev.screenful.telemetry.Trace source:"));
  }

  @Test
  void the_package_answers_without_its_cache() throws Exception {
    Path moved = temporary.resolve("task");
    copy(PACKAGE, moved);
    Files.delete(moved.resolve("app.aot"));
    try (RuntimeApi api = new RuntimeApi()) {
      Process function = start(moved, api, "", temporary.resolve("output.txt"));
      try {
        assertThat(JSON.readTree(api.invoke(event(screen("Home")))).get("statusCode").asInt())
            .isEqualTo(200);
      } finally {
        function.destroyForcibly();
      }
    }
  }

  /**
   * Of the linked runtime, the modules are listed; of the function's module, its files beside
   * classes, and the beginnings of its packages.
   */
  @Test
  void the_package_contains_only_what_is_approved() throws IOException {
    List<String> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PACKAGE)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> PACKAGE.relativize(file).toString())
          .map(name -> name.startsWith("runtime/") ? "runtime/*" : name)
          .forEach(entries::add);
    }
    Map<String, String> home = Map.of("java.home", PACKAGE.resolve("runtime").toString());
    try (FileSystem runtime = FileSystems.newFileSystem(URI.create("jrt:/"), home);
        Stream<Path> files = Files.walk(runtime.getPath("/modules"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String module = file.getName(1).toString();
        Path inside = file.subpath(2, file.getNameCount());
        entries.add(
            module.equals("function") ? "module function: " + part(inside) : "module " + module);
      }
    }

    ApprovedList.assertApproved("custom-runtime", entries);
  }

  private static String part(Path file) {
    String name = file.toString();
    if (name.startsWith("META-INF/")) { // CustomRuntime keeps these of each library
      return file.subpath(0, 2).toString().replaceFirst("-[0-9][0-9.]*\\.jar$", ".jar") + "/*";
    }
    if (!name.endsWith(".class") || file.getNameCount() == 1) {
      return name;
    }
    int depth =
        switch (file.getName(0).toString()) {
          case "graphql" -> 1;
          case "dev" -> 3;
          default -> 2;
        };
    return file.subpath(0, Math.min(depth, file.getNameCount() - 1)) + "/*.class";
  }

  /** The approved responses are those of another time, so that the status of flights differs. */
  private static Phone.Reply expected(Screen screen) {
    TestBench bench = LayoverBench.shared();
    ScreenExample example = ScreenExample.of(screen, bench.examples());
    Phone phone =
        example.caller() == null ? LayoverBench.stranger() : LayoverBench.phoneOf(example.caller());
    return phone
        .reaching(bench.handler(Clock.systemUTC()))
        .ask(screen.document(), example.variables());
  }

  private static Screen screen(String name) throws IOException {
    return Screen.folder(Path.of("schema/screens")).stream()
        .filter(screen -> screen.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String event(Screen screen) throws IOException {
    ScreenExample example = ScreenExample.of(screen, LayoverBench.shared().examples());
    Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
    if (example.caller() != null) {
      headers.put("authorization", "Bearer " + ISSUER.token(example.caller()));
    }
    Map<String, Object> body = Map.of("query", screen.document(), "variables", example.variables());
    return JSON.writeValueAsString(
        Map.of(
            "version",
            "2.0",
            "headers",
            headers,
            "requestContext",
            Map.of("requestId", "gateway-1", "http", Map.of("method", "POST")),
            "body",
            JSON.writeValueAsString(body),
            "isBase64Encoded",
            false));
  }

  /** A process with Lambda's environment variables only, and the table on this machine. */
  private static Process start(Path folder, RuntimeApi api, String javaOptions, Path output)
      throws IOException {
    return start(folder, api, javaOptions, output, Map.of());
  }

  private static Process start(
      Path folder, RuntimeApi api, String javaOptions, Path output, Map<String, String> settings)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("bootstrap").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "");
    environment.clear();
    environment.putAll(ISSUER.settings());
    environment.putAll(
        Map.of(
            "PATH",
            path,
            "_HANDLER",
            "dev.layover.LayoverFunction",
            "JAVA_TOOL_OPTIONS",
            javaOptions,
            "LAMBDA_TASK_ROOT",
            folder.toString(),
            "AWS_LAMBDA_RUNTIME_API",
            api.address(),
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "512",
            "AWS_REGION",
            "us-east-1",
            "AWS_ACCESS_KEY_ID",
            "local",
            "AWS_SECRET_ACCESS_KEY",
            "local",
            "AWS_ENDPOINT_URL_DYNAMODB",
            TestBench.engine().toString()));
    environment.put("TABLE_NAME", LayoverBench.shared().table().name());
    environment.put("CURSOR_SECRET", "a secret that only tests are signed with");
    environment.putAll(settings);
    return builder.start();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
          Files.setLastModifiedTime(target, FileTime.from(Instant.parse("1980-01-01T00:00:00Z")));
        }
      }
    }
  }
}
