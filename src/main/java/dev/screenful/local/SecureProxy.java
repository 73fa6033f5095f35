package dev.screenful.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.screenful.json.Json;
import dev.screenful.priming.RecordedConnections;
import dev.screenful.store.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server with TLS in front of the local engine and the development issuer, as a function reaches
 * DynamoDB and its issuer on AWS. It is also a WebSocket API whose clients accept every message.
 */
final class SecureProxy implements AutoCloseable {

  private static final String PASSWORD = "public"; // of a certificate for this machine only

  private final LoopbackServer server;
  private final Path keyStore;
  private final URI engine;
  private final List<DevelopmentIssuer> issuers;
  private final RecordedConnections clients = new RecordedConnections();
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Starts the server on a free port of loopback.
   *
   * @param keyStore the file for a new certificate
   */
  SecureProxy(Path keyStore, URI engine, List<DevelopmentIdentity> identities, InstantSource clock)
      throws IOException {
    this.engine = engine;
    this.keyStore = keyStore;
    generate(keyStore);
    this.server = new LoopbackServer(0, context(keyStore));
    this.issuers =
        List.of(
            new DevelopmentIssuer(uri(), identities, clock),
            new DevelopmentIssuer(uri(), identities, clock, ecKey(), new SecureRandom()));
    server.start(this::answer);
  }

  /** Amazon's certificates have RSA keys of 2048 bits too. */
  private static void generate(Path file) throws IOException {
    Files.deleteIfExists(file);
    String command =
        "-genkeypair -alias localhost -keyalg RSA -keysize 2048 -dname CN=localhost -ext SAN=dns:localhost -storetype PKCS12 -storepass %s -keystore"
            .formatted(PASSWORD);
    List<String> arguments = new ArrayList<>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    arguments.addAll(List.of(command.split(" ", -1)));
    arguments.add(file.toString());
    Process keytool = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool can't make a certificate. " + output);
    }
  }

  private static SSLContext context(Path keyStore) throws IOException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IOException(impossible);
    }
  }

  URI uri() {
    return URI.create("https://localhost:" + server.port());
  }

  /** The URL at which the function sends messages to clients. */
  URI connections() {
    return uri().resolve("/live");
  }

  /** The messages to clients since the last call. */
  List<byte[]> takeMessages() {
    return clients.take();
  }

  /** The same issuer with a key for each accepted algorithm. */
  List<DevelopmentIssuer> issuers() {
    return issuers;
  }

  private static JWK ecKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("This Java runtime lacks the curve P-256.", impossible);
    }
  }

  /** The options of a JVM that trusts the server's certificate. */
  String trustOptions() {
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(keyStore, PASSWORD);
  }

  private void answer(Exchange exchange) throws IOException {
    try {
      if (exchange.path().startsWith("/live/@connections/")) {
        if (exchange.method().equals("POST")) {
          clients.send(exchange.path(), exchange.body(), Deadline.distant());
        }
        exchange.respond(200);
      } else if (exchange.path().equals("/.well-known/jwks.json")) {
        List<JWK> keys = issuers.stream().map(DevelopmentIssuer::key).toList();
        exchange.respond(200, Json.bytes(new JWKSet(keys).toJSONObject()));
      } else if (!issuers.getFirst().answer(exchange)) {
        forward(exchange);
      }
    } catch (InterruptedException closing) {
      throw new IOException(closing);
    }
  }

  private void forward(Exchange exchange) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(engine)
            .POST(HttpRequest.BodyPublishers.ofByteArray(exchange.body()));
    for (String header : List.of("authorization", "content-type", "x-amz-date", "x-amz-target")) {
      request.header(header, String.valueOf(exchange.header(header)));
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    response.headers().firstValue("x-amz-crc32").ifPresent(crc -> exchange.set("x-amz-crc32", crc));
    exchange.respond(response.statusCode(), response.body());
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
