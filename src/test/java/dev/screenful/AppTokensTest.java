package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.local.DevelopmentIssuer;
import dev.screenful.local.DevelopmentServer;
import dev.screenful.notes.NotesBench;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An app without an identity provider: its own tokens work in the function and in development. */
final class AppTokensTest {

  private static final String SDL =
      TinyApp.DIRECTIVES + "type Query { me: String open: String @public(why: \"test\") }";

  private static final String ME = "{ me }";

  /** Its tokens are mail addresses in base64, as in tutorials. */
  private record Tokens(String authorizationScheme) implements App {

    static String of(String mail) {
      return Base64.getEncoder().encodeToString(mail.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Resolvers> resolvers() {
      return List.of(fields -> {
        fields.query("me", call -> call.signedIn().id());
        fields.query("open", call -> "open");
      });
    }

    @Override
    public TableDefinition table() {
      return TableDefinition.of();
    }

    @Override
    public Optional<TokenVerifier> tokens() {
      return Optional.of((token, timeout) -> {
        try {
          String mail = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
          if (mail.contains("@")) {
            return new Caller.Verified(mail, null, Set.of());
          }
        } catch (IllegalArgumentException notBase64) {
          // refused below
        }
        throw new InvalidToken("The token is not a mail address.");
      });
    }
  }

  private static final String TOKEN = Tokens.of("anna@example.com");

  private static Settings settings() {
    return Settings.of(
        TinyApp.folder(Map.of("app.graphqls", SDL)),
        Map.of(
            "SAFELIST", "open",
            "TABLE_NAME", NotesBench.shared().table().name(),
            "CURSOR_SECRET", "x".repeat(32)));
  }

  private static Phone function(String scheme) {
    return new Phone(
        Backend.handler(
            new Tokens(scheme),
            settings(),
            TokenVerifier.none(),
            NotesBench.shared().table().client(),
            TestBench.CLOCK,
            NotesBench.shared().log()),
        Map.of());
  }

  private static void assertSignedIn(Phone phone, String authorization) {
    assertThat(phone.with("authorization", authorization).ask(ME).data("/me").asText())
        .as(authorization)
        .isEqualTo("anna@example.com");
  }

  private static void assertRefused(Phone phone, String authorization) {
    Phone.Reply reply = phone.with("authorization", authorization).ask("{ open }");
    assertThat(reply.status()).as(authorization).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_function_without_an_issuer_accepts_the_apps_own_tokens() {
    Phone phone = function("Bearer");

    assertSignedIn(phone, "Bearer " + TOKEN);
    assertRefused(phone, "Bearer " + Tokens.of("nobody"));
    assertRefused(phone, TOKEN);
    assertThat(phone.ask("{ open }").data("/open").asText()).isEqualTo("open");
    assertThat(phone.ask(ME).code()).isEqualTo("UNAUTHENTICATED");
    assertThat(NotesBench.shared().logged("The token is not a mail address. No token issuer"))
        .isNotEmpty();
  }

  @Test
  void an_app_can_accept_the_token_alone_and_ambiguous_headers_stay_refused() {
    Phone phone = function("");

    assertSignedIn(phone, TOKEN);
    assertSignedIn(phone, "Bearer " + TOKEN);
    assertSignedIn(phone, "bearer " + TOKEN);
    for (String header :
        List.of(
            "null",
            "undefined",
            "Bearer",
            "Basic " + TOKEN,
            TOKEN + ", " + TOKEN,
            TOKEN + "," + TOKEN,
            TOKEN + " " + TOKEN,
            "Bearer " + TOKEN + ", Bearer " + TOKEN)) {
      assertRefused(phone, header);
    }
    assertThat(phone.with("authorization", " ").ask("{ open }").status()).isEqualTo(200);
  }

  @Test
  void an_app_can_accept_another_scheme() {
    Phone phone = function("JWT");

    assertSignedIn(phone, "JWT " + TOKEN);
    assertSignedIn(phone, "jwt " + TOKEN);
    assertSignedIn(phone, "Bearer " + TOKEN);
    assertRefused(phone, TOKEN);
    assertRefused(phone, "Basic " + TOKEN);
    assertRefused(phone, "JWT");
    assertThatThrownBy(() -> function("two words"))
        .hasMessageContaining("'two words'")
        .hasMessageContaining("one word");
  }

  @Test
  void an_id_that_is_too_long_is_refused_before_it_reaches_the_table() {
    assertRefused(function("Bearer"), "Bearer " + Tokens.of("a".repeat(255) + "@"));
  }

  private static JsonNode post(URI uri, String contentType, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("content-type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("authorization", token);
    }
    return new ObjectMapper()
        .readTree(
            HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body());
  }

  private interface Use {
    void with(URI server) throws IOException, InterruptedException;
  }

  private static void serve(List<DevelopmentIdentity> identities, Use use)
      throws IOException, InterruptedException {
    int port = freePort();
    URI uri = URI.create("http://localhost:" + port);
    try (DevelopmentServer server =
        new DevelopmentServer(
            port,
            new Tokens(""),
            settings(),
            NotesBench.shared().table().client(),
            new DevelopmentIssuer(uri, identities, TestBench.CLOCK),
            Map::of,
            TestBench.CLOCK,
            NotesBench.shared().log())) {
      assertThat(server.port()).isEqualTo(port);
      use.with(uri);
    }
  }

  private static int freePort() throws IOException {
    HttpServer probe =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    probe.start();
    int port = probe.getAddress().getPort();
    probe.stop(0);
    return port;
  }

  private static JsonNode me(URI server, String authorization)
      throws IOException, InterruptedException {
    return post(
        server.resolve("/graphql"), "application/json", authorization, "{\"query\": \"{ me }\"}");
  }

  private static JsonNode signIn(URI server, String form) throws IOException, InterruptedException {
    return post(server.resolve("/token"), "application/x-www-form-urlencoded", "", form);
  }

  @Test
  void the_development_server_accepts_the_apps_tokens_beside_those_of_its_own_users()
      throws IOException, InterruptedException {
    serve(
        List.of(new DevelopmentIdentity("one", "One", Set.of())),
        server -> {
          assertThat(me(server, TOKEN).at("/data/me").asText()).isEqualTo("anna@example.com");
          String development = signIn(server, "username=one").get("access_token").asText();
          assertThat(me(server, "Bearer " + development).at("/data/me").asText()).isEqualTo("one");
          assertThat(me(server, Tokens.of("nobody")).at("/errors/0/extensions/code").asText())
              .isEqualTo("UNAUTHENTICATED");
          assertThat(signIn(server, "username=two").get("error_description").asText())
              .contains("must be one of [one]");
        });
  }

  @Test
  void with_anyone_among_the_identities_any_name_signs_in_as_a_user_without_roles()
      throws IOException, InterruptedException {
    serve(
        List.of(new DevelopmentIdentity("one", "One", Set.of("STAFF")), DevelopmentIdentity.ANYONE),
        server -> {
          String token = signIn(server, "username=bob%40example.com").get("access_token").asText();
          assertThat(me(server, "Bearer " + token).at("/data/me").asText())
              .isEqualTo("bob@example.com");
          for (String form : List.of("", "username=", "username=%zz")) {
            assertThat(signIn(server, form).get("error").asText()).isEqualTo("invalid_request");
          }
          JsonNode configuration =
              new ObjectMapper()
                  .readTree(
                      HttpClient.newHttpClient()
                          .send(
                              HttpRequest.newBuilder(server.resolve("/graphiql.json")).build(),
                              HttpResponse.BodyHandlers.ofString())
                          .body());
          assertThat(configuration.get("identities").findValuesAsText("id")).containsExactly("one");
        });
  }
}
