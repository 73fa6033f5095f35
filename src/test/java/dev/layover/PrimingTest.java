package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.layover.local.RecordedScreens;
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
final class PrimingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

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
                    JsonNode response = JSON.readTree(priming.open(screen));
                    assertThat(response.at("/statusCode").asInt()).isEqualTo(200);
                    JsonNode body = body(response);
                    assertThat(body.has("errors")).as("%s", body).isFalse();
                    assertThat(body.get("data")).isNotEmpty();
                  }
                }));
  }

  @Test
  void the_recording_contains_every_screen() throws IOException {
    assertThat(recording().screens())
        .extracting(Recording.Screen::name)
        .containsExactlyElementsOf(
            Screen.folder(Path.of("schema/screens")).stream().map(Screen::name).toList());
  }

  @Test
  void equal_data_give_an_equal_recording() throws IOException {
    assertThat(RecordedScreens.record()).isEqualTo(recording());
  }

  @Test
  void a_request_that_is_not_recorded_is_named_with_its_screen() throws IOException {
    Recording.Screen home =
        recording().screens().stream()
            .filter(screen -> screen.name().equals("Home"))
            .findFirst()
            .orElseThrow();
    Recording.Screen without = new Recording.Screen("Home", home.event(), List.of());

    try (Priming priming = priming()) {
      assertThatThrownBy(() -> priming.open(without))
          .hasMessageStartingWith("The screen Home makes a request that is not recorded: ");
    }
  }

  @Test
  void a_folder_without_a_recording_is_refused() throws IOException {
    Path folder = Files.createTempDirectory("unrecorded");

    assertThatThrownBy(() -> new Priming(folder, PrimingTest::app))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Recording.FILE);
  }

  private static Recording recording() throws IOException {
    return Recording.read(RecordedScreens.folder().resolve(Recording.FILE));
  }

  private static Priming priming() throws IOException {
    return new Priming(RecordedScreens.folder(), PrimingTest::app);
  }

  private static App app(Clock clock) {
    return new Layover(clock, new SecureRandom(), Recording.bucket(clock));
  }

  private static JsonNode body(JsonNode response) throws IOException {
    String body = response.get("body").asText();
    if (!response.get("isBase64Encoded").asBoolean()) {
      return JSON.readTree(body);
    }
    return JSON.readTree(
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(body))));
  }
}
