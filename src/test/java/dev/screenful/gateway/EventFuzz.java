package dev.screenful.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.Layover;
import dev.screenful.Backend;
import dev.screenful.EmptyTable;
import dev.screenful.Settings;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.local.LocalContext;
import dev.screenful.priming.Recording;
import dev.screenful.telemetry.Log;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event gets a response that a gateway can forward, even if it is not from a gateway. */
final class EventFuzz {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-15T14:00:00Z"), ZoneOffset.UTC);

  private static final RequestStreamHandler HANDLER =
      Backend.handler(
          new Layover(CLOCK, new SplittableRandom(1), Recording.bucket(CLOCK)),
          Settings.of(
              Path.of("schema"),
              Map.of(
                  "TABLE_NAME", "empty",
                  "CURSOR_SECRET", "a secret that is used only in tests",
                  "SAFELIST", "known-screens",
                  "PERSISTED_QUERIES", "off",
                  "BATCH_LIMIT", "10",
                  "CORS_ORIGINS", "https://layover.example")),
          TokenVerifier.none(),
          EmptyTable.client(),
          CLOCK,
          new Log(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));

  /** A strict JSON parser, independent of the engine's own. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Text that only a stack trace contains. */
  private static final Pattern LEAK = Pattern.compile("\\\\tat |Exception");

  @MethodSource("dev.screenful.FuzzSeeds#events")
  @FuzzTest
  void every_event_is_answered(byte[] event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    HANDLER.handleRequest(
        new ByteArrayInputStream(event), output, new LocalContext("invocation", 29_000));

    JsonNode response = JSON.readTree(output.toByteArray());
    int status = response.get("statusCode").intValue();
    assertThat(status).isIn(200, 204, 304, 400, 401, 405, 406, 413, 415); // never 500
    assertThat(response.get("headers")).allMatch(JsonNode::isTextual);
    String body = body(response);
    if (status == 204 || status == 304) {
      assertThat(body).isEmpty();
    } else {
      JsonNode json = JSON.readTree(body);
      assertThat(json.isContainerNode()).isTrue();
      assertThat(json.findValuesAsText("code")).doesNotContain("INTERNAL_SERVER_ERROR");
    }
    if (!LEAK.matcher(new String(event, StandardCharsets.UTF_8))
        .find()) { // the body may repeat the event
      assertThat(body).doesNotContainPattern(LEAK);
    }
  }

  private static String body(JsonNode response) throws IOException {
    String text = response.get("body").textValue();
    if (!response.get("isBase64Encoded").booleanValue()) {
      return text;
    }
    assertThat(response.at("/headers/content-encoding").textValue()).isEqualTo("gzip");
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
