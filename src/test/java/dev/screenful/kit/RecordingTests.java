package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.App;
import dev.screenful.priming.Priming;
import dev.screenful.priming.Recording;
import dev.screenful.screens.Screen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Screens that are opened on their recording, as before a snapshot. */
public abstract class RecordingTests {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestBench bench;

  /** Tests the recording of an app. */
  protected RecordingTests(TestBench bench) {
    this.bench = bench;
  }

  @TestFactory
  Stream<DynamicTest> every_recorded_screen_is_answered_without_errors_each_time()
      throws IOException {
    return recording().screens().stream()
        .map(screen ->
            DynamicTest.dynamicTest(
                screen.name(),
                () -> {
                  try (Priming priming = priming()) {
                    priming.open(screen);
                    JsonNode body = body(JSON.readTree(priming.open(screen)));
                    assertThat(body.has("errors")).as("%s", body).isFalse();
                    assertThat(body.get("data")).isNotEmpty();
                  }
                }));
  }

  @Test
  void the_recording_contains_every_screen() throws IOException {
    assertThat(recording().screens())
        .extracting(Recording.Screen::name)
        .containsExactlyElementsOf(bench.screens().stream().map(Screen::name).toList());
  }

  @Test
  void equal_data_give_an_equal_recording() throws IOException {
    assertThat(bench.record()).isEqualTo(recording());
  }

  @Test
  void a_request_that_is_not_recorded_is_named_with_its_screen() throws IOException {
    Recording.Screen first = recording().screens().getFirst();
    Recording.Screen without = new Recording.Screen(first.name(), first.events(), List.of());

    try (Priming priming = priming()) {
      assertThatThrownBy(() -> priming.open(without))
          .hasMessageStartingWith(
              "The screen " + first.name() + " makes a request that is not recorded: ");
    }
  }

  @Test
  void a_folder_without_a_recording_is_refused() throws IOException {
    Path folder = Files.createTempDirectory("unrecorded");

    assertThatThrownBy(() -> new Priming(folder, this::app))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Recording.FILE);
  }

  private Recording recording() throws IOException {
    return Recording.read(bench.recorded().resolve(Recording.FILE));
  }

  private Priming priming() throws IOException {
    return new Priming(bench.recorded(), this::app);
  }

  private App app(Clock clock) {
    return bench.development().app(clock, new SecureRandom(), Recording.bucket(clock));
  }

  /** The response of GraphQL, in that for API Gateway or in a message to a live screen. */
  private static JsonNode body(JsonNode response) throws IOException {
    if (response.path("type").asText().equals("next")) {
      return response.get("payload");
    }
    assertThat(response.path("statusCode").asInt()).as("%s", response).isEqualTo(200);
    String body = response.get("body").asText();
    if (!response.get("isBase64Encoded").asBoolean()) {
      return JSON.readTree(body);
    }
    return JSON.readTree(
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(body))));
  }
}
