package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Fuzzes what strangers send, for {@code -Dfuzz.time=10m} or ten seconds each. Each test has a JVM
 * of its own: Jazzer fuzzes only one in a JVM, and its instrumentation slows others down. What it
 * learns stays in {@code target/fuzz}, findings too, so they are found again until they are mended.
 */
final class FuzzIT {

  private static final Duration TIME =
      Duration.parse("PT" + System.getProperty("fuzz.time", "10s"));

  /** Whose branches and comparisons lead to new inputs. */
  private static final String INSTRUMENTED =
      "dev.screenful.**,dev.layover.**,graphql.**,com.nimbusds.**";

  private static final Path FOLDER = Path.of("target", "fuzz");

  @Test
  void fuzzing_events_finds_nothing() throws IOException, InterruptedException {
    fuzz("dev.screenful.gateway.EventFuzz");
  }

  @Test
  void fuzzing_documents_finds_nothing() throws IOException, InterruptedException {
    fuzz("dev.screenful.execution.DocumentFuzz");
  }

  @Test
  void fuzzing_cursors_finds_nothing() throws IOException, InterruptedException {
    fuzz("dev.screenful.execution.CursorFuzz");
  }

  @Test
  void fuzzing_tokens_finds_nothing() throws IOException, InterruptedException {
    fuzz("dev.screenful.identity.TokenFuzz");
  }

  private static void fuzz(String test) throws IOException, InterruptedException {
    String name = test.substring(test.lastIndexOf('.') + 1);
    Path learnt = Files.createDirectories(FOLDER.resolve(name)).toAbsolutePath();
    Path log = FOLDER.resolve(name + ".log");
    Process jazzer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading", // for its instrumentation
                "--enable-native-access=ALL-UNNAMED", // for libFuzzer, and for what they share:
                "--sun-misc-unsafe-memory-access=allow",
                "-Djazzer.internal.basedir=" + FOLDER.toAbsolutePath(), // or it writes to src
                "-classpath",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + test,
                "--instrument=" + INSTRUMENTED,
                "--max_duration=" + TIME.toSeconds() + "s",
                "-timeout=120", // seconds for one input: a busy machine is no finding
                "-rss_limit_mb=0", // the heap has a limit, and that is enough
                "-artifact_prefix=" + learnt + "/",
                learnt.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!jazzer.waitFor(TIME.plusMinutes(10))) {
      jazzer.destroyForcibly();
      throw new AssertionError(name + " does not end; see " + log);
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(jazzer.exitValue()).as(() -> log + " ends with\n" + end(lines)).isZero();
    assertThat(lines).as(log + " tells how much was tried").anyMatch(line -> line.contains("DONE"));
  }

  /** What was found, without the lines that tell of progress. */
  private static String end(List<String> log) {
    List<String> telling = log.stream().filter(line -> !line.matches("(#|INFO).*")).toList();
    return String.join("\n", telling.subList(Math.max(0, telling.size() - 40), telling.size()));
  }
}
