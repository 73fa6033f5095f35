package dev.layover.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An app with Apollo Client on Node, {@code live-client.mjs}, which a test controls. */
public final class LiveNodeApp implements AutoCloseable {

  private static final String SCRIPT = "src/test/node/layover/live-client.mjs";

  private final Process process;
  private final BufferedWriter commands;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();

  /**
   * Starts an app.
   *
   * @param endpoint the endpoint for HTTP
   * @param token null for an anonymous caller
   */
  public LiveNodeApp(String endpoint, @Nullable String token) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", SCRIPT, endpoint));
    if (token != null) {
      command.add(token);
    }
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.commands = process.outputWriter();
    Thread.startVirtualThread(this::read);
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith("{")) {
          JsonNode event = Phone.JSON.readTree(line);
          JsonNode as = event.path("as");
          events(as.isTextual() ? as.asText() : event.fieldNames().next()).add(event);
        }
      }
    } catch (IOException ended) {
      lines.add(ended.toString());
    }
  }

  private BlockingQueue<JsonNode> events(String of) {
    return events.computeIfAbsent(of, key -> new LinkedBlockingQueue<>());
  }

  /** Shows a live screen. */
  public LiveNodeApp show(String as, String screen, Map<String, ?> variables) throws IOException {
    return command("show", Map.of("as", as, "screen", screen, "variables", variables));
  }

  /** Sends a command of the script. */
  public LiveNodeApp command(String command, Map<String, ?> more) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put("command", command);
    commands.write(Phone.json(all) + "\n");
    commands.flush();
    return this;
  }

  /**
   * The next event.
   *
   * @param of the name of a screen; or {@code socket}, {@code sent} or {@code received}
   */
  public JsonNode next(String of) throws InterruptedException {
    JsonNode event = events(of).poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError(
          "Nothing happens to '%s':\n%s".formatted(of, String.join("\n", lines)));
    }
    return event;
  }

  /** The event that arrives within a time, if any. */
  public @Nullable JsonNode next(String of, Duration time) throws InterruptedException {
    return events(of).poll(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The lines that contain a text. */
  public List<String> lines(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
