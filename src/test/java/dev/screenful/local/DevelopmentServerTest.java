package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.Backend;
import dev.screenful.Settings;
import dev.screenful.build.ApolloDocument;
import dev.screenful.crypto.Sha256;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.notes.NotesBench;
import dev.screenful.notes.NotesDevelopment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The development server over HTTP, as curl, a phone and a browser use it. */
final class DevelopmentServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTEBOOK =
      "{\"query\": \"{ notebook(code: \\\"A1\\\") { title } }\"}";

  private final TestBench bench = NotesBench.shared();
  private final HttpClient client = HttpClient.newHttpClient();
  private Path schema;
  private DevelopmentServer server;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    schema = NotesDevelopment.copyTo(temporary.resolve("schema"));
    Settings settings =
        Settings.of(
            schema,
            Map.of(
                "SAFELIST", "open",
                "TABLE_NAME", bench.table().name(),
                "CURSOR_SECRET", DevelopmentServer.randomSecret()));
    server =
        new DevelopmentServer(
            0,
            bench.app(),
            settings,
            bench.table().client(),
            bench.tokens(),
            bench::examples,
            TestBench.CLOCK,
            bench.log());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.port() + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/graphql")).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode configuration() throws IOException, InterruptedException {
    return JSON.readTree(get("/graphiql.json").body());
  }

  @Test
  void a_request_over_http_is_answered_by_the_handler() throws IOException, InterruptedException {
    HttpResponse<String> response = post(NOTEBOOK, "content-type", "application/json");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .contains("application/json; charset=utf-8");
    assertThat(JSON.readTree(response.body()).at("/data/notebook/title").asText())
        .isEqualTo("Apples and pears");
  }

  @Test
  void status_codes_and_headers_of_the_handler_reach_the_client()
      throws IOException, InterruptedException {
    assertThat(post(NOTEBOOK, "content-type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(post(NOTEBOOK).statusCode()).isEqualTo(415);
    HttpResponse<String> get = get("/graphql");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).contains("POST, OPTIONS");
  }

  @Test
  void the_server_listens_on_loopback_only() {
    assertThat(server.address().isLoopbackAddress()).isTrue();
    assertThat(server.address()).isEqualTo(InetAddress.getLoopbackAddress());
  }

  @Test
  void graphiql_and_its_assets_are_served_locally() throws IOException, InterruptedException {
    String page = get("/").body();

    assertThat(page).doesNotContain("https://", "http://", "src=\"//");
    for (String asset : new String[] {"react.js", "react-dom.js", "graphiql.js", "graphiql.css"}) {
      assertThat(page).contains("/assets/" + asset);
      assertThat(get("/assets/" + asset).statusCode()).isEqualTo(200);
    }
    assertThat(get("/assets/other.js").statusCode()).isEqualTo(404);
    assertThat(get("/../pom.xml").statusCode()).isEqualTo(400);
    assertThat(get("/graphqlfoo").statusCode()).isEqualTo(404);
  }

  /** The status of a request that a browser would send, with headers that Java refuses to set. */
  private int status(String method, String path, String... headers) throws IOException {
    boolean isPost = method.equals("POST");
    String body = path.equals("/token") ? "username=reader-1" : NOTEBOOK;
    String head =
        """
        %s %s HTTP/1.1\r
        %s\r
        content-type: application/json\r
        content-length: %d\r
        connection: close\r
        \r
        """
            .formatted(method, path, String.join("\r\n", headers), isPost ? body.length() : 0);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write((isPost ? head + body : head).getBytes(StandardCharsets.UTF_8));
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return Integer.parseInt(new String(status, StandardCharsets.UTF_8).substring(9));
    }
  }

  @Test
  void a_request_under_a_foreign_host_name_or_from_a_foreign_page_is_refused_everywhere()
      throws IOException {
    for (String path : new String[] {"/graphql", "/token"}) {
      assertThat(status("POST", path, "Host: evil.example")).isEqualTo(403);
      assertThat(status("POST", path, "Host: localhost.evil.example:4000")).isEqualTo(403);
      for (String origin :
          new String[] {"https://evil.example", "null", "http://localhost.evil.example"}) {
        assertThat(status("POST", path, "Host: localhost", "Origin: " + origin)).isEqualTo(403);
      }
    }
    assertThat(status("OPTIONS", "/graphql", "Host: localhost", "Origin: https://evil.example"))
        .isEqualTo(403);
    assertThat(status("GET", "/graphiql.json", "Host: evil.example")).isEqualTo(403);
    assertThat(status("GET", "/screens", "Host: evil.example")).isEqualTo(403);
  }

  @Test
  void a_web_socket_of_a_foreign_page_is_refused() throws IOException {
    String[] upgrade = {
      "Upgrade: websocket\r\nConnection: Upgrade",
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    assertThat(
            status(
                "GET",
                "/graphql",
                upgrade[0],
                upgrade[1],
                "Host: localhost",
                "Origin: https://evil.example"))
        .isEqualTo(403);
    assertThat(status("GET", "/graphql", upgrade[0], upgrade[1], "Host: evil.example"))
        .isEqualTo(403);
  }

  @Test
  void only_the_function_reaches_the_connections() throws IOException, InterruptedException {
    assertThat(get("/local/@connections/L0SM9cOFvHcCIhw=").statusCode()).isEqualTo(403);
    assertThat(status("POST", "/local/@connections/L0SM9cOFvHcCIhw=", "Host: localhost"))
        .isEqualTo(403);
  }

  @Test
  void pages_and_emulators_on_this_machine_are_answered() throws IOException {
    for (String host :
        new String[] {"localhost:4000", "127.0.0.1", "[::1]:4000", "10.0.2.2:4000"}) {
      assertThat(status("POST", "/graphql", "Host: " + host)).isEqualTo(200);
      assertThat(status("POST", "/graphql", "Host: " + host, "Origin: http://" + host))
          .isEqualTo(200);
    }
    for (String origin : new String[] {"http://localhost:5173", "capacitor://localhost"}) {
      assertThat(status("POST", "/graphql", "Host: localhost:4000", "Origin: " + origin))
          .isEqualTo(200);
    }
  }

  @Test
  void a_page_on_this_machine_may_read_the_response() throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri("/graphql"))
                .header("content-type", "application/json")
                .header("origin", "http://localhost:3000")
                .POST(HttpRequest.BodyPublishers.ofString(NOTEBOOK))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.headers().firstValue("access-control-allow-origin"))
        .hasValue("http://localhost:3000");
  }

  @Test
  void a_graphql_request_to_another_path_is_refused_with_advice()
      throws IOException, InterruptedException {
    for (String path : new String[] {"/", "/screens", "/graphql/"}) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri(path))
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(NOTEBOOK))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).as(path).isEqualTo(405);
      assertThat(response.body()).isEqualTo("Send GraphQL requests to /graphql.");
    }
  }

  @Test
  void a_page_of_a_configured_origin_is_answered() throws IOException {
    try (DevelopmentServer configured =
        bench.server(Map.of("CORS_ORIGINS", "https://app.example"))) {
      stop();
      server = configured;
      assertThat(status("POST", "/graphql", "Host: localhost", "Origin: https://app.example"))
          .isEqualTo(200);
      assertThat(status("POST", "/graphql", "Host: localhost", "Origin: https://evil.example"))
          .isEqualTo(403);
    }
  }

  @Test
  void a_body_that_is_not_utf8_is_refused_as_by_the_deployed_function()
      throws IOException, InterruptedException {
    byte[] body = NOTEBOOK.replace("A1", "A?").getBytes(StandardCharsets.UTF_8);
    body[NOTEBOOK.indexOf("A1") + 1] = (byte) 0xC0;

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri("/graphql"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("BAD_REQUEST");
  }

  @Test
  void a_port_in_use_is_reported() {
    assertThatThrownBy(() ->
            new DevelopmentServer(
                server.port(),
                bench.app(),
                bench.settings(),
                bench.table().client(),
                bench.tokens(),
                bench::examples,
                TestBench.CLOCK,
                bench.log()))
        .message()
        .contains("Port " + server.port() + " is already in use");
  }

  @Test
  void the_token_of_an_identity_signs_in() throws IOException, InterruptedException {
    for (JsonNode identity : configuration().get("identities")) {
      HttpResponse<String> response =
          post(
              "{\"query\": \"{ me { id } }\"}",
              "content-type",
              "application/json",
              "authorization",
              "Bearer " + identity.get("token").asText());
      assertThat(JSON.readTree(response.body()).at("/data/me/id")).isEqualTo(identity.get("id"));
    }
  }

  @Test
  void the_server_is_an_openid_issuer_for_its_identities()
      throws IOException, InterruptedException {
    JsonNode configuration = JSON.readTree(get("/.well-known/openid-configuration").body());
    assertThat(configuration.get("issuer").asText()).startsWith("http://localhost:");
    assertThat(get("/.well-known/jwks.json").body())
        .contains("\"kty\":\"RSA\"")
        .doesNotContain("\"d\"");
    assertThat(get("/token").statusCode()).isEqualTo(400);
  }

  @Test
  void a_deployed_function_refuses_development_tokens() {
    Phone deployed =
        new Phone(
            Backend.handler(
                bench.app(),
                bench.settings(),
                TokenVerifier.none(),
                bench.table().client(),
                TestBench.CLOCK,
                bench.log()),
            Map.of("authorization", "Bearer " + bench.tokens().token("editor-1")));

    Phone.Reply reply = deployed.ask("{ me { id } }");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void tokens_of_another_run_are_refused() {
    DevelopmentIssuer other =
        new DevelopmentIssuer(
            URI.create("http://localhost:1"), bench.tokens().identities(), TestBench.CLOCK);

    assertThatThrownBy(() ->
            bench
                .tokens()
                .verifier(bench.log())
                .verify(other.token("editor-1"), Duration.ofMinutes(1)))
        .isInstanceOf(InvalidToken.class);
  }

  @Test
  void a_changed_sdl_file_takes_effect_with_the_next_request()
      throws IOException, InterruptedException {
    Path file = schema.resolve("notes.graphqls");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("closedAt: DateTime", "closedAt: DateTime\n  shelf: String"));

    HttpResponse<String> response =
        post(
            "{\"query\": \"{ notebook(code: \\\"A1\\\") { shelf } }\"}",
            "content-type",
            "application/json");

    assertThat(JSON.readTree(response.body()).at("/data/notebook/shelf").asText()).isEqualTo("top");
  }

  @Test
  void an_invalid_sdl_file_is_reported_and_the_old_schema_stays_until_it_is_fixed()
      throws IOException, InterruptedException {
    Path file = schema.resolve("notes.graphqls");
    String original = Files.readString(file);
    Files.writeString(file, original.replace("title: String", "heading: String"));

    assertThat(configuration().get("problem").asText())
        .contains("schema/notes.graphqls", "no resolver answers Notebook.heading");
    assertThat(post(NOTEBOOK, "content-type", "application/json").body())
        .contains("Apples and pears");

    Files.writeString(file, original);
    assertThat(configuration().get("problem").isNull()).isTrue();
  }

  @Test
  void an_invalid_screen_is_reported_with_its_line_and_the_old_screens_stay()
      throws IOException, InterruptedException {
    Path file = schema.resolve("screens/Notebook.graphql");
    String original = Files.readString(file);
    Files.writeString(file, original.replace("rating", "stars"));

    assertThat(configuration().get("problem").asText())
        .contains("Notebook.graphql:8", "'stars'", "Change the screen or the SDL");
    assertThat(post(NOTEBOOK, "content-type", "application/json").body())
        .contains("Apples and pears");

    Files.writeString(file, original);
    assertThat(configuration().get("problem").isNull()).isTrue();
  }

  @Test
  void the_screens_page_shows_the_error_of_a_screen_until_it_is_fixed()
      throws IOException, InterruptedException {
    Path file = schema.resolve("screens/Broken.graphql");
    Files.writeString(file, "query Broken {");
    assertThat(get("/screens").body()).contains("Broken.graphql", "line 1");
    assertThat(get("/screens").statusCode()).isEqualTo(500);
    Files.writeString(file, "query Broken { notebook(code: \"A1\") { nope } }");
    assertThat(get("/screens").body()).contains("Broken.graphql:1: ", "'nope'");

    Files.delete(file);
    assertThat(get("/screens").body()).contains("<title>Screens</title>", "MyNotes");
  }

  @Test
  void the_screens_page_runs_no_mutation() throws IOException, InterruptedException {
    Files.writeString(
        schema.resolve("screens/Sneaky.graphql"),
        "mutation\nSneaky { writeNote(input: {requestId: \"5b0f6e1c-8d0e-4f4e-9a57-0b7f3a2f6c11\", notebookId: \"Notebook:A3\", text: \"Sneaky.\"}) { note { text } } }");
    Files.writeString(
        schema.resolve("screens/Sneaky.example.json"),
        "{\"caller\": \"reader-2\", \"variables\": {}}");

    assertThat(get("/screens").body()).contains("Sneaky");
    assertThat(
            NotesBench.phoneOf("reader-2")
                .ask("{ notebook(code: \"A3\") { noted } }")
                .data("/notebook/noted")
                .asBoolean())
        .isFalse();
  }

  @Test
  void a_changed_screen_is_known_by_its_new_id() throws IOException, InterruptedException {
    Path file = schema.resolve("screens/Notebook.graphql");
    String changed = Files.readString(file).replace("label", "title");
    Files.writeString(file, changed);

    String id = Sha256.hex(ApolloDocument.of(changed).text());
    HttpResponse<String> response =
        post(
            "{\"documentId\": \"%s\", \"variables\": {\"code\": \"A1\"}}".formatted(id),
            "content-type",
            "application/json");

    assertThat(JSON.readTree(response.body()).at("/data/notebook/title").asText())
        .isEqualTo("Apples and pears");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query New { me { ...Unknown } }",
        "query New { me { ...One } } fragment One on Me { ...Two } fragment Two on Me { ...One }",
        "query New { me { ...One } } fragment One on Me { id } fragment One on Me { name }",
        "query New { me { id } } type Extra { a: Int }",
      })
  void an_invalid_document_is_reported_with_its_file(String document)
      throws IOException, InterruptedException {
    Files.writeString(schema.resolve("screens/New.graphql"), document);

    assertThat(configuration().get("problem").asText()).contains("screens/New.graphql");
    assertThat(post(NOTEBOOK, "content-type", "application/json").body()).contains("Apples");
  }

  @Test
  void a_new_screen_becomes_a_tab_after_a_reload() throws IOException, InterruptedException {
    Files.writeString(schema.resolve("screens/New.graphql"), "query New { me { id } }");
    Files.writeString(schema.resolve("screens/New.example.json"), "{\"variables\": {}}");

    assertThat(configuration().get("screens").findValuesAsText("name")).contains("Notebook", "New");
  }

  @Test
  void an_unreadable_example_is_reported() throws IOException, InterruptedException {
    Files.writeString(schema.resolve("screens/New.graphql"), "query New { me { id } }");
    assertThat(configuration().get("screens").findValuesAsText("name")).contains("Notebook", "New");

    Files.writeString(schema.resolve("screens/New.example.json"), "{");
    assertThat(configuration().get("problem").asText()).contains("New.example.json");
  }

  @Test
  void an_example_with_an_unknown_caller_or_placeholder_is_reported_with_its_file_and_line()
      throws IOException, InterruptedException {
    Path file = schema.resolve("screens/MyNotes.example.json");
    String original = Files.readString(file);
    Files.writeString(file, original.replace("reader-1", "nobody-1"));
    assertThat(configuration().get("problem").asText())
        .contains(
            "screens/MyNotes.example.json: The caller 'nobody-1' must be one of the development identities [reader-1, ");

    Files.writeString(file, original.replace("{ \"id\"", "{\n\"id\"").replace("{note}", "{day}"));
    assertThat(configuration().get("problem").asText())
        .contains(
            "screens/MyNotes.example.json:2: The placeholder {day} is unknown. Use one of [note, requestId]");
    assertThatThrownBy(() ->
            new DevelopmentServer(
                0,
                bench.app(),
                Settings.of(schema, Map.of("TABLE_NAME", "notes", "CURSOR_SECRET", "x".repeat(32))),
                bench.table().client(),
                bench.tokens(),
                bench::examples,
                TestBench.CLOCK,
                bench.log()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("MyNotes.example.json:2: The placeholder {day}");

    Files.writeString(file, original);
    assertThat(configuration().get("problem").isNull()).isTrue();
  }
}
