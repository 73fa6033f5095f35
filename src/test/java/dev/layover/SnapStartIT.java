package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.local.RuntimeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package with SnapStart, under the real runtime interface client. */
final class SnapStartIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void the_function_is_primed_before_its_snapshot_and_answers_after_it(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    try (RuntimeApi api = new RuntimeApi()) {
      ProcessBuilder builder = FunctionIT.runtime(api).redirectOutput(output.toFile());
      builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
      builder
          .environment()
          .put( // as the managed runtime does
              "JAVA_TOOL_OPTIONS", "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
      Process runtime = builder.start();
      try {
        api.awaitCheckpoint();
        assertThat(Files.readString(output)).doesNotContain("\"level\":");

        api.restore();
        List<Long> millis = new ArrayList<>();
        for (int time = 0; time < 30; time++) {
          long started = System.nanoTime();
          JsonNode response = JSON.readTree(api.invoke(FunctionIT.event()));
          millis.add((System.nanoTime() - started) / 1_000_000);
          assertThat(response.at("/statusCode").asInt()).as("%s", response).isEqualTo(200);
          assertThat(JSON.readTree(response.get("body").asText()).at("/data/departures/edges"))
              .hasSize(20);
        }
        System.out.println("Milliseconds of the answers after the restore: " + millis);
        assertThat(Files.readString(output)).contains("\"screen\":\"AirportBoard\"");
      } finally {
        runtime.destroyForcibly();
      }
    }
  }
}
