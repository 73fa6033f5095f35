package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip compression of requests and responses. */
final class CompressionTest {

  private static final String BOARD =
      "{ departures(airport: \"DFW\", first: 20) { edges { node { id number departsAt } } } }";
  private static final String AIRPORT = "{\"query\": \"{ airport(code: \\\"SFO\\\") { city } }\"}";

  private final Phone phone = LayoverBench.stranger();

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.5", "*", "x, *;q=0.1"})
  void a_large_response_is_compressed_for_clients_that_accept_it(String accepted) {
    Phone.Reply plain = phone.ask(BOARD);
    Phone.Reply reply = phone.with("accept-encoding", accepted).ask(BOARD);

    assertThat(reply.header("content-encoding")).isEqualTo("gzip");
    assertThat(reply.header("vary")).contains("accept-encoding");
    assertThat(reply.body()).isEqualTo(plain.body());
    assertThat(reply.bytes()).isLessThan(plain.bytes() / 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "*;q=1, gzip;q=0", "gzip;q=none"})
  void a_large_response_is_not_compressed_for_other_clients(String accepted) {
    Phone.Reply reply = phone.with("accept-encoding", accepted).ask(BOARD);

    assertThat(reply.headers().has("content-encoding")).isFalse();
    assertThat(reply.data("/departures/edges")).hasSize(20);
  }

  @Test
  void a_small_response_is_not_compressed() {
    Phone.Reply reply = phone.with("accept-encoding", "gzip").send(AIRPORT);

    assertThat(reply.headers().has("content-encoding")).isFalse();
    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", " GZIP "})
  void a_request_may_be_compressed(String coding) {
    Phone.Reply reply = phone.with("content-encoding", coding).send(gzip(AIRPORT));

    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", ""})
  void a_request_may_be_declared_as_uncompressed(String coding) {
    Phone.Reply reply = phone.with("content-encoding", coding).send(AIRPORT);

    assertThat(reply.data("/airport/city").asText()).isEqualTo("San Francisco");
  }

  @Test
  void a_decompression_bomb_is_refused() {
    byte[] bomb = gzip(new byte[60_000_000]); // 60 MB in 58 KB
    assertThat(bomb.length).isLessThan(64 * 1024);

    Phone.Reply reply = phone.with("content-encoding", "gzip").send(bomb);

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void a_body_one_byte_over_the_limit_is_refused_and_one_at_the_limit_is_read() {
    String request = AIRPORT + " ".repeat(64 * 1024 - AIRPORT.length());

    assertThat(phone.with("content-encoding", "gzip").send(gzip(request)).status()).isEqualTo(200);
    assertThat(phone.with("content-encoding", "gzip").send(gzip(request + " ")).status())
        .isEqualTo(413);
  }

  @Test
  void a_body_that_is_not_gzip_is_a_bad_request() {
    byte[] whole = gzip(AIRPORT);
    byte[] damaged = whole.clone();
    damaged[whole.length - 6] ^= 1; // in the checksum
    for (byte[] body :
        new byte[][] {
          AIRPORT.getBytes(StandardCharsets.UTF_8),
          {},
          {31, (byte) 139},
          Arrays.copyOf(whole, whole.length - 9),
          damaged,
        }) {
      Phone.Reply reply = phone.with("content-encoding", "gzip").send(body);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.message()).isEqualTo("The content-encoding is gzip, but the body is not.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "nonsense"})
  void another_coding_is_refused_with_the_supported_one(String coding) {
    Phone.Reply reply = phone.with("content-encoding", coding).send(gzip(AIRPORT));

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("BAD_REQUEST");
    assertThat(reply.header("accept-encoding")).isEqualTo("gzip");
  }
}
