package dev.layover.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The development server as a process of its own, as {@code mvn exec:exec} starts it. */
final class LayoverServerIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir private Path folder;

  /** A started server and its output so far. */
  private record Server(Process process, int port, Path file) implements AutoCloseable {

    String output() {
      try {
        return Files.readString(file);
      } catch (IOException unreadable) {
        throw new AssertionError(unreadable);
      }
    }

    Server ready() throws InterruptedException {
      await(() -> output().contains("Layover is ready.") || !process.isAlive());
      assertThat(output()).contains("Layover is ready.");
      return this;
    }

    /** Waits until the server exits with an error, and returns its output. */
    String failureOutput() throws InterruptedException {
      assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
      assertThat(process.exitValue()).as(output()).isEqualTo(1);
      assertThat(output()).doesNotContain("\tat ");
      return output();
    }

    /** The engine, a child of its guard process. */
    ProcessHandle engine() {
      return process.children().flatMap(ProcessHandle::children).findFirst().orElseThrow();
    }

    JsonNode ask(String document) throws IOException, InterruptedException {
      return ask(document, "");
    }

    private JsonNode ask(String document, String authorization)
        throws IOException, InterruptedException {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create("http://localhost:%d/graphql".formatted(port)))
              .header("content-type", "application/json");
      if (!authorization.isEmpty()) {
        builder.header("authorization", authorization);
      }
      HttpRequest request =
          builder
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      JSON.writeValueAsString(Map.of("query", document))))
              .build();
      return JSON.readTree(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Sends a document with the token of a development identity. */
    JsonNode askAs(String identity, String document) throws IOException, InterruptedException {
      HttpRequest token =
          HttpRequest.newBuilder(URI.create("http://localhost:%d/token".formatted(port)))
              .header("content-type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("username=" + identity))
              .build();
      String answer =
          HttpClient.newHttpClient().send(token, HttpResponse.BodyHandlers.ofString()).body();
      return ask(document, "Bearer " + JSON.readTree(answer).get("access_token").asText());
    }

    /** Kills the server, and waits until it and its engine have ended. */
    @Override
    public void close() {
      List<ProcessHandle> all = process.descendants().toList();
      process.destroyForcibly().onExit().join();
      all.forEach(one -> one.onExit().join());
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (long end = System.nanoTime() + TIMEOUT.toNanos();
        !condition.getAsBoolean() && System.nanoTime() < end; ) {
      Thread.sleep(50);
    }
  }

  private Server start(Map<String, String> environment, String... options) throws IOException {
    return start(List.of(), environment, options);
  }

  private Server start(List<String> prefix, Map<String, String> environment, String... options)
      throws IOException {
    return start(Path.of(""), prefix, environment, options);
  }

  private Server start(
      Path project, List<String> prefix, Map<String, String> environment, String... options)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-classpath",
            System.getProperty("java.class.path"),
            LayoverDevelopment.class.getName(),
            "serve",
            "port=" + port));
    command.addAll(List.of(options));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.directory(project.toAbsolutePath().toFile());
    builder.environment().putAll(environment);
    return new Server(builder.start(), port, output);
  }

  private Map<String, String> emptyCache() {
    return Map.of(
        "XDG_CACHE_HOME", folder.resolve("cache").toString(),
        "LOCALAPPDATA", folder.resolve("cache").toString());
  }

  private List<String> cached() throws IOException {
    Path cache = folder.resolve("cache/screenful");
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void the_engine_is_installed_once_for_each_user_with_a_message() throws Exception {
    String line = "Installing Dynoxide";
    try (Server first = start(emptyCache()).ready()) {
      assertThat(first.output()).containsOnlyOnce(line);
    }
    assertThat(cached()).singleElement().asString().startsWith("dynoxide-");

    try (Server second = start(emptyCache()).ready()) {
      assertThat(second.output()).doesNotContain(line);
    }
  }

  @Test
  void without_npm_the_error_names_the_tools_and_the_engine_option() throws Exception {
    Map<String, String> environment = new HashMap<>(emptyCache());
    environment.put("PATH", folder.toString());

    try (Server server = start(environment)) {
      assertThat(server.failureOutput())
          .contains("Node.js 20 or newer with npm. Install it", "-Ddynamodb=URL");
    }
  }

  @Test
  void a_failed_npm_install_is_reported_and_leaves_nothing_behind() throws Exception {
    Map<String, String> environment = new HashMap<>(emptyCache());
    environment.put("npm_config_registry", "http://127.0.0.1:9");
    environment.put("npm_config_fetch_retries", "0");
    environment.put("npm_config_cache", folder.resolve("npm").toString());

    try (Server server = start(environment)) {
      assertThat(server.failureOutput())
          .contains("npm can't install Dynoxide", "ECONNREFUSED", "-Ddynamodb=URL");
    }
    assertThat(cached()).isEmpty();
  }

  @Test
  void an_engine_does_not_outlive_a_server_that_was_killed() throws Exception {
    try (Server server = start(Map.of()).ready()) {
      ProcessHandle engine = server.engine();
      assertThat(engine.isAlive()).isTrue();

      server.process().destroyForcibly(); // SIGKILL

      await(() -> !engine.isAlive());
      assertThat(engine.isAlive()).isFalse();
    }
  }

  /** Terminals and build servers end a whole job in this way. */
  @Test
  void an_engine_does_not_outlive_its_process_group() throws Exception {
    RequiredTools.needSetsid();
    try (Server server = start(List.of("setsid"), Map.of()).ready()) {
      ProcessHandle engine = server.engine();

      RequiredTools.run(List.of("kill", "-KILL", "--", "-" + server.process().pid()));

      await(() -> !engine.isAlive());
      assertThat(engine.isAlive()).isFalse();
    }
  }

  @Test
  void without_its_engine_the_server_answers_unavailable_and_logs_how_to_restart()
      throws Exception {
    try (Server server = start(Map.of()).ready()) {
      server.engine().destroyForcibly();

      await(() -> server.output().contains("engine has stopped"));
      JsonNode answer = server.ask("{ airport(code: \"SFO\") { name } }");

      HttpResponse<String> screens =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://localhost:%d/screens".formatted(server.port())))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(screens.statusCode()).isEqualTo(500);
      assertThat(screens.body()).contains("Connection refused");
      assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("UNAVAILABLE");
      assertThat(answer.at("/data/airport").isNull()).isTrue();
      assertThat(server.output().lines().filter(line -> line.contains("engine has stopped")))
          .singleElement()
          .asString()
          .contains("\"level\":\"WARN\"", "Ctrl+C", "mvn -q compile exec:exec");
    }
  }

  @Test
  void a_wrong_schema_ends_the_start_before_anything_else_starts() throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.createDirectories(project.resolve("schema/screens"));
    Files.writeString(project.resolve("schema/app.graphqls"), "type Query { airlin: String }");

    try (Server server = start(project, List.of(), Map.of())) {
      assertThat(server.failureOutput())
          .contains("schema/app.graphqls:1: no resolver answers Query.airlin")
          .doesNotContain("Loading sample data");
    }
  }

  @Test
  void an_unreachable_engine_is_reported() throws Exception {
    try (Server server = start(Map.of(), "dynamodb=http://127.0.0.1:9")) {
      assertThat(server.failureOutput()).contains("http://127.0.0.1:9", "can't be loaded");
    }
  }

  @Test
  void a_folder_keeps_the_data_between_starts() throws Exception {
    String data = "data=" + folder.resolve("data");
    try (Server server = start(Map.of(), data).ready()) {
      JsonNode flights =
          server.ask("{ departures(airport: \"SEA\", first: 1) { edges { node { id } } } }");
      String follow =
          "mutation { followFlight(input: {requestId: \"%s\", flightId: \"%s\"}) { follow { followedAt } } }"
              .formatted(
                  UUID.randomUUID(), flights.at("/data/departures/edges/0/node/id").asText());
      assertThat(server.askAs("staff-1", follow).has("errors")).isFalse();
    }

    try (Server server = start(Map.of(), data).ready()) {
      assertThat(
              server
                  .askAs("staff-1", "{ me { follows(first: 5) { edges { node { id } } } } }")
                  .at("/data/me/follows/edges"))
          .hasSize(1);
    }
  }

  /** Mounts real disks of 64 KB and 8 MB, which only root can do. */
  @Test
  void a_full_disk_is_reported_at_start_up_and_while_loading() throws Exception {
    RequiredTools.needRoot();
    for (String size : List.of("64k", "8m")) {
      Path disk = Files.createDirectories(folder.resolve("disk-" + size));
      RequiredTools.run(
          List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString()));
      try (Server server = start(Map.of(), "data=" + disk)) {
        assertThat(server.failureOutput())
            .contains("The disk of the folder " + disk + " is full. Free some space");
      } finally {
        RequiredTools.run(List.of("umount", "--lazy", disk.toString()));
      }
    }
  }
}
