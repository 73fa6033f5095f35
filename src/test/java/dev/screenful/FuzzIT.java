package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fuzzes the input of unknown clients, by default for ten seconds a test; set {@code
 * -Dfuzz.time=10m} for longer. Each test runs in its own JVM: Jazzer runs one fuzz test in a JVM,
 * and its instrumentation would slow other tests down. The corpus and the findings stay in {@code
 * target/fuzz}, so a finding fails every run until it is fixed.
 */
final class FuzzIT {

  private static final Duration TIME =
      Duration.parse("PT" + System.getProperty("fuzz.time", "10s"));

  /** Classes with branches and comparisons that guide the search for new inputs. */
  private static final String INSTRUMENTED = "dev.screenful.**,graphql.**,com.nimbusds.**";

  private static final Path FOLDER = Path.of("target", "fuzz");

  @Test
  void fuzzing_events_finds_no_failure() throws IOException, InterruptedException {
    fuzz("dev.screenful.gateway.EventFuzz");
  }

  @Test
  void fuzzing_documents_finds_no_failure() throws IOException, InterruptedException {
    fuzz("dev.screenful.execution.DocumentFuzz");
  }

  @Test
  void fuzzing_cursors_finds_no_failure() throws IOException, InterruptedException {
    fuzz("dev.screenful.execution.CursorFuzz");
  }

  @Test
  void fuzzing_tokens_finds_no_failure() throws IOException, InterruptedException {
    fuzz("dev.screenful.identity.TokenFuzz");
  }

  private static void fuzz(String test) throws IOException, InterruptedException {
    String name = test.substring(test.lastIndexOf('.') + 1);
    Path corpus = Files.createDirectories(FOLDER.resolve(name)).toAbsolutePath();
    Path log = FOLDER.resolve(name + ".log");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading", // for its instrumentation
                "--enable-native-access=ALL-UNNAMED", // for libFuzzer, and for shared memory:
                "--sun-misc-unsafe-memory-access=allow",
                "-Djazzer.internal.basedir="
                    + FOLDER.toAbsolutePath(), // otherwise it writes to src
                "-classpath",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + test,
                "--instrument=" + INSTRUMENTED,
                "--max_duration=" + TIME.toSeconds() + "s",
                "-timeout=120", // seconds for one input, so that a busy machine causes no finding
                "-rss_limit_mb=0", // the limit of the heap is enough
                "-artifact_prefix=" + corpus + "/",
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!jazzer.waitFor(TIME.plusMinutes(10))) {
      jazzer.destroyForcibly();
      throw new AssertionError(name + " does not end in time; see " + log);
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(jazzer.exitValue()).as(() -> log + " ends with\n" + end(lines)).isZero();
    assertThat(lines)
        .as(log + " contains the number of runs")
        .anyMatch(line -> line.contains("DONE"));
  }

  /** The last 40 lines, without progress messages. */
  private static String end(List<String> log) {
    List<String> relevant = log.stream().filter(line -> !line.matches("(#|INFO).*")).toList();
    return String.join("\n", relevant.subList(Math.max(0, relevant.size() - 40), relevant.size()));
  }
}
