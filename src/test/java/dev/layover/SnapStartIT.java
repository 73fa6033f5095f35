package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.local.RuntimeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        for (int time = 0; time < 2; time++) {
          JsonNode response = JSON.readTree(api.invoke(FunctionIT.event()));
          assertThat(response.at("/statusCode").asInt()).as("%s", response).isEqualTo(200);
          assertThat(JSON.readTree(response.get("body").asText()).at("/data/departures/edges"))
              .hasSize(20);
        }
        assertThat(Files.readString(output)).contains("\"screen\":\"AirportBoard\"");
      } finally {
        runtime.destroyForcibly();
      }
    }
  }
}
