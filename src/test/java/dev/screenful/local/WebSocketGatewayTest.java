package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.live.Connections;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WebSocket connections as API Gateway handles them, with real clients. */
@Timeout(60)
final class WebSocketGatewayTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCEPTED =
      "{\"statusCode\": 200, \"headers\": {\"Sec-WebSocket-Protocol\": \"graphql-transport-ws\"}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8));
  private Function<JsonNode, String> function = event -> ACCEPTED;
  private LoopbackServer server;
  private Connections connections;

  @BeforeEach
  void start() throws IOException {
    start(WebSocketGateway.Limits.GATEWAY);
  }

  private void start(WebSocketGateway.Limits limits) throws IOException {
    InstantSource clock = InstantSource.system();
    RequestStreamHandler handler =
        (in, out, context) -> {
          JsonNode event = JSON.readTree(in);
          events.add(event);
          out.write(function.apply(event).getBytes(StandardCharsets.UTF_8));
        };
    server = new LoopbackServer(0);
    WebSocketGateway gateway =
        new WebSocketGateway(server, new LocalFunction(handler), limits, clock, log);
    ConnectionsApi api = new ConnectionsApi(gateway, clock);
    server.start(exchange -> {
      if (ConnectionsApi.isFor(exchange)) {
        api.answer(exchange);
      } else {
        gateway.connect(exchange);
      }
    });
    connections = Connections.of(ConnectionsApi.environment(server.port()), clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A client that collects messages and waits for the end. */
  private static final class Phone implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        messages.add(message.toString());
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.completeExceptionally(failure);
    }

    private String message() throws InterruptedException {
      return String.valueOf(messages.poll(10, TimeUnit.SECONDS));
    }

    private int closed() {
      return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private WebSocket connect(Phone phone) {
    return client
        .newWebSocketBuilder()
        .subprotocols("graphql-transport-ws")
        .header("Authorization", "Bearer token")
        .buildAsync(URI.create("ws://localhost:" + server.port() + "/graphql?app=notes"), phone)
        .join();
  }

  private JsonNode event() throws InterruptedException {
    JsonNode event = events.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  private static String id(JsonNode event) {
    return event.at("/requestContext/connectionId").asText();
  }

  private boolean send(String connection, String message) throws IOException {
    return connections.send(
        connection, message.getBytes(StandardCharsets.UTF_8), Deadline.in(Duration.ofSeconds(10)));
  }

  @Test
  void a_handshake_is_an_event_and_the_functions_subprotocol_is_returned()
      throws InterruptedException {
    WebSocket socket = connect(new Phone());

    assertThat(socket.getSubprotocol()).isEqualTo("graphql-transport-ws");
    JsonNode event = event();
    JsonNode context = event.get("requestContext");
    assertThat(context.get("routeKey").asText()).isEqualTo("$connect");
    assertThat(context.get("eventType").asText()).isEqualTo("CONNECT");
    assertThat(context.get("messageDirection").asText()).isEqualTo("IN");
    assertThat(context.get("connectedAt").asLong()).isPositive();
    assertThat(context.at("/identity/sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(id(event)).matches("[A-Za-z0-9_-]{15}=");
    assertThat(event.at("/headers/Sec-WebSocket-Protocol").asText())
        .isEqualTo("graphql-transport-ws");
    assertThat(event.at("/multiValueHeaders/Authorization/0").asText()).isEqualTo("Bearer token");
    assertThat(event.at("/queryStringParameters/app").asText()).isEqualTo("notes");
  }

  @Test
  void the_function_refuses_a_connection_with_another_status() {
    function = event -> "{\"statusCode\": 401}";

    assertThatThrownBy(() -> connect(new Phone()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }

  @Test
  void a_function_that_fails_accepts_no_connection() {
    function =
        event -> {
          throw new IllegalStateException("no table");
        };

    assertThatThrownBy(() -> connect(new Phone()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(502));
    assertThat(lines.toString(StandardCharsets.UTF_8)).contains("no table");
  }

  @Test
  void messages_reach_the_function_in_their_order_and_its_messages_the_client()
      throws IOException, InterruptedException {
    Phone phone = new Phone();
    WebSocket socket = connect(phone);
    String connection = id(event());
    for (int message = 0; message < 50; message++) {
      socket.sendText("{\"id\": %d}".formatted(message), true).join();
    }

    for (int message = 0; message < 50; message++) {
      JsonNode event = event();
      assertThat(event.get("body").asText()).isEqualTo("{\"id\": %d}".formatted(message));
      assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$default");
      assertThat(event.at("/requestContext/eventType").asText()).isEqualTo("MESSAGE");
      assertThat(event.at("/requestContext/messageId").asText()).isNotEmpty();
      assertThat(id(event)).isEqualTo(connection);
    }
    assertThat(send(connection, "grüezi")).isTrue();
    assertThat(phone.message()).isEqualTo("grüezi");
    String large = "x".repeat(Connections.MAX_MESSAGE);
    assertThat(send(connection, large)).isTrue();
    assertThat(phone.message()).isEqualTo(large);
  }

  @Test
  void messages_of_several_threads_arrive_whole() throws IOException, InterruptedException {
    Phone phone = new Phone();
    connect(phone);
    String connection = id(event());
    CompletableFuture<?>[] sent = new CompletableFuture<?>[8];
    for (int thread = 0; thread < sent.length; thread++) {
      String message = Integer.toString(thread).repeat(100_000);
      sent[thread] =
          CompletableFuture.runAsync(() -> {
            try {
              send(connection, message);
            } catch (IOException failed) {
              throw new CompletionException(failed);
            }
          });
    }
    CompletableFuture.allOf(sent).join();

    for (int message = 0; message < sent.length; message++) {
      String received = phone.message();
      assertThat(received).hasSize(100_000);
      assertThat(received.chars().distinct().count()).isEqualTo(1);
    }
  }

  @Test
  void the_end_of_a_connection_is_an_event_and_later_messages_are_refused()
      throws IOException, InterruptedException {
    WebSocket socket = connect(new Phone());
    String connection = id(event());
    socket.sendClose(4000, "enough").join();

    JsonNode event = event();

    assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$disconnect");
    assertThat(event.at("/requestContext/eventType").asText()).isEqualTo("DISCONNECT");
    assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(4000);
    assertThat(event.at("/requestContext/disconnectReason").asText()).isEqualTo("enough");
    assertThat(id(event)).isEqualTo(connection);
    assertThat(send(connection, "late")).isFalse();
  }

  @Test
  void a_client_that_vanishes_is_disconnected() throws InterruptedException {
    WebSocket socket = connect(new Phone());
    event();
    socket.abort();

    assertThat(event().at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void the_function_closes_a_connection() throws IOException, InterruptedException {
    Phone phone = new Phone();
    WebSocket socket = connect(phone);
    String id = id(event());
    socket.sendText("I am here", true).join(); // before, the server may not know it as open
    event();
    connections.close(id, Deadline.in(Duration.ofSeconds(10)));

    assertThat(phone.closed()).isEqualTo(1000);
    assertThat(event().at("/requestContext/disconnectReason").asText())
        .isEqualTo("Connection Closed Normally");
  }

  @Test
  void binary_and_large_messages_end_the_connection() throws InterruptedException {
    Phone binary = new Phone();
    connect(binary).sendBinary(ByteBuffer.wrap(new byte[8]), true).join();
    assertThat(binary.closed()).isEqualTo(1003);
    assertThat(event().at("/requestContext/eventType").asText()).isEqualTo("CONNECT");
    assertThat(event().at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1003);

    Phone large = new Phone();
    WebSocket socket = connect(large);
    for (int part = 0; part < 5; part++) {
      socket.sendText("x".repeat(30_000), part == 4).exceptionally(closed -> socket).join();
    }
    assertThat(large.closed()).isEqualTo(1009);
  }

  @Test
  void a_message_of_128_kilobytes_in_small_frames_is_passed_on() throws InterruptedException {
    WebSocket socket = connect(new Phone());
    event();
    for (int part = 0; part < 8; part++) {
      socket.sendText("x".repeat(16_384), part == 7).join();
    }

    assertThat(event().get("body").asText()).hasSize(131_072);
  }

  @Test
  void a_frame_of_more_than_32_kilobytes_ends_the_connection() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write(
          """
          GET /graphql HTTP/1.1\r
          Host: localhost\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Protocol: graphql-transport-ws\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .getBytes(StandardCharsets.UTF_8));
      String head = "";
      while (!head.endsWith("\r\n\r\n")) {
        head += (char) socket.getInputStream().read();
      }
      assertThat(head).startsWith("HTTP/1.1 101");
      out.writeByte(0x81); // a text frame, the last of its message
      out.writeByte(0x80 | 127); // masked, with a length of eight bytes
      out.writeLong(32 * 1024 + 1);
      out.writeInt(0); // the mask
      out.write("x".repeat(32 * 1024 + 1).getBytes(StandardCharsets.UTF_8));
      out.flush();

      assertThat(socket.getInputStream().read()).isEqualTo(0x88); // close
      socket.getInputStream().read(); // length
      assertThat(socket.getInputStream().read() << 8 | socket.getInputStream().read())
          .isEqualTo(1009);
    }
  }

  @Test
  void a_failing_function_is_reported_to_the_client_and_the_connection_stays()
      throws IOException, InterruptedException {
    function =
        event -> {
          if (event.path("body").asText().equals("fail")) {
            throw new IllegalStateException("no table");
          }
          return ACCEPTED;
        };
    Phone phone = new Phone();
    WebSocket socket = connect(phone);
    String connection = id(event());
    socket.sendText("fail", true).join();

    assertThat(phone.message()).contains("Internal server error", connection);
    assertThat(send(connection, "still here")).isTrue();
    assertThat(phone.message()).isEqualTo("still here");
  }

  @Test
  void idle_and_old_connections_are_closed() throws IOException {
    Duration long_ = Duration.ofMinutes(1);
    Duration short_ = Duration.ofMillis(300);
    for (WebSocketGateway.Limits limits :
        new WebSocketGateway.Limits[] {
          new WebSocketGateway.Limits(short_, long_), new WebSocketGateway.Limits(long_, short_)
        }) {
      stop();
      start(limits);
      Phone phone = new Phone();
      connect(phone);
      assertThat(phone.closed()).isEqualTo(1001);
    }
  }

  private HttpResponse<String> call(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder connection(String id) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:%d/local/@connections/%s".formatted(server.port(), id)));
  }

  @Test
  void a_request_to_a_connection_needs_the_functions_signature()
      throws IOException, InterruptedException {
    Phone phone = new Phone();
    connect(phone);
    String id = id(event());

    assertThat(call(connection(id)).statusCode()).isEqualTo(403);
    assertThat(call(connection(id).POST(HttpRequest.BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(403);
    Map<String, String> other = new HashMap<>(ConnectionsApi.environment(server.port()));
    other.put("AWS_SECRET_ACCESS_KEY", "other");
    assertThatThrownBy(() ->
            Connections.of(other, InstantSource.system())
                .send(id, new byte[] {'x'}, Deadline.in(Duration.ofSeconds(5))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("403");
    assertThat(phone.messages).isEmpty();
  }
}
