package dev.layover.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.live.LiveItems;
import dev.screenful.local.DevelopmentServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A development server with live screens, which can leave and return to the same port. All have one
 * table, whose stream only one of them can follow, so only one may run.
 */
public final class LiveServer implements AutoCloseable {

  /** Layover, with a table whose stream is not followed by others. */
  private static final TestBench BENCH = LayoverBench.shared().fresh();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> settings;
  private final InstantSource clock;
  private final int port;
  private DevelopmentServer server;

  /** A server with any document. */
  public LiveServer() throws IOException {
    this(Map.of(), TestBench.CLOCK);
  }

  /** A server with additional settings. */
  public LiveServer(Map<String, String> settings, InstantSource clock) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.server = start(0);
    this.port = server.port();
  }

  private DevelopmentServer start(int chosen) throws IOException {
    return new DevelopmentServer(
        chosen,
        BENCH.app(),
        BENCH.settings(settings),
        BENCH.table().client(),
        BENCH.tokens(),
        BENCH::examples,
        clock,
        BENCH.log());
  }

  /** The endpoint for HTTP. */
  public String endpoint() {
    return "http://localhost:" + port + "/graphql";
  }

  /** The endpoint for live screens. */
  public String liveEndpoint() {
    return "ws://localhost:" + port + "/graphql";
  }

  /** A token of a development identity. */
  public static String token(String identity) {
    return BENCH.tokens().token(identity);
  }

  /** The document of a screen. */
  public static String screen(String name) {
    return BENCH.screen(name).document();
  }

  /** Ends the server with all its connections. */
  public void leave() {
    server.close();
  }

  /** Starts the server again, after it has left. */
  public void comeBack() throws IOException {
    server = start(port);
  }

  /** The subscriptions in the table, also those of servers that have left. */
  public static List<String> subscriptions() {
    return LiveItems.of(BENCH.table()).stream()
        .filter(key -> key.contains("OPERATION#") || key.contains("SUBSCRIBER#"))
        .toList();
  }

  /** Changes the delay of a flight, as the gate staff's app does over HTTP. */
  public void delay(String flight, int minutes) throws IOException, InterruptedException {
    Map<String, Object> variables =
        Map.of("requestId", UUID.randomUUID(), "flightId", flight, "delayMinutes", minutes);
    JsonNode answer = ask("staff-1", screen("UpdateFlight"), variables);
    if (answer.at("/data/updateFlight/flight/delayMinutes").asInt(-1) != minutes) {
      throw new AssertionError(answer.toString());
    }
  }

  /** Sends a request over HTTP. */
  public JsonNode ask(
      String caller, String document, Map<String, ? extends @Nullable Object> variables)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint()))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + token(caller))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Phone.json(Map.of("query", document, "variables", variables))))
            .build();
    return Phone.JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The status of a request without a token or a signature. */
  public int unsigned(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
