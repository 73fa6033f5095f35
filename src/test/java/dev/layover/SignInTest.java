package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpServer;
import dev.layover.local.LayoverBench;
import dev.screenful.identity.Issuer;
import dev.screenful.identity.OpenIdTokenVerifier;
import dev.screenful.kit.Phone;
import dev.screenful.kit.TestBench;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.local.DevelopmentIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The callers of requests, by their headers and by how the issuer behaves. */
final class SignInTest {

  private static final String AIRPORT = "{ airport(code: \"SFO\") { city } }";

  private final TestBench bench = LayoverBench.shared();
  private final String token = "Bearer " + bench.tokens().token("traveller-1");

  private RequestStreamHandler trusting(String issuer) {
    return bench.handler(
        Map.of(),
        OpenIdTokenVerifier.discovering(
            new Issuer(URI.create(issuer), Set.of("development"), "cognito:groups"),
            TestBench.CLOCK,
            bench.log()));
  }

  @Test
  void an_empty_authorization_header_claims_nothing_so_the_caller_is_anonymous() {
    for (String empty : new String[] {"", " "}) {
      Phone.Reply reply = LayoverBench.stranger().with("authorization", empty).ask(AIRPORT);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
    }
  }

  @Test
  void a_header_that_claims_a_token_without_having_one_is_refused() {
    for (String claim :
        new String[] {
          "Bearer", "Bearer ", "Bearer null", "Bearer undefined", "null", "undefined"
        }) {
      Phone.Reply reply = LayoverBench.stranger().with("authorization", claim).ask(AIRPORT);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
      assertThat(reply.header("www-authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }
  }

  @Test
  @Timeout(60)
  void an_issuer_that_hangs_delays_no_anonymous_screen_and_others_end_with_unavailable()
      throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer hanging =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hanging.createContext(
        "/",
        exchange -> {
          try (exchange) {
            end.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    hanging.start();
    try {
      String uri = "http://localhost:" + hanging.getAddress().getPort();
      RequestStreamHandler handler = trusting(uri);
      Phone anonymous = new Phone(handler, Map.of());
      assertThat(anonymous.ask(AIRPORT).data("/airport/city").asText()).isEqualTo("San Francisco");

      Phone.Reply reply =
          new Phone(handler, Map.of("authorization", "Bearer " + tokenOf(uri))).ask(AIRPORT);
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.code()).isEqualTo("UNAVAILABLE");
      assertThat(reply.header("retry-after")).isEqualTo("5");
      assertThat(anonymous.ask(AIRPORT).data("/airport/city").asText()).isEqualTo("San Francisco");
    } finally {
      end.countDown();
      hanging.stop(0);
    }
  }

  /** A token that names an issuer; its signature is never looked at, since no keys are known. */
  private static String tokenOf(String issuer) {
    return new DevelopmentIssuer(
            URI.create(issuer),
            List.of(new DevelopmentIdentity("one", "One", Set.of())),
            TestBench.CLOCK)
        .token("one");
  }

  @Test
  void a_token_of_another_issuer_is_refused_and_the_log_shows_both() {
    String issuer = bench.tokens().settings().get("ISSUER") + "/";

    Phone.Reply reply = new Phone(trusting(issuer), Map.of("authorization", token)).ask(AIRPORT);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(bench.logged("ISSUER is " + issuer + ", but the token was issued by ")).isNotEmpty();
  }
}
