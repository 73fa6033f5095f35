package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs that some tests need beside Java. If one is missing, its tests are skipped with a
 * hint to install it; with {@code CI=true} they fail.
 */
public final class RequiredTools {

  private static final Path NODE_FOLDER = Path.of("src/test/node");
  private static final Path BENCHMARK_FOLDER = Path.of("src/bench");

  private RequiredTools() {}

  /** Requires Node.js, with the packages of {@code src/test/node}. */
  public static void needNode() {
    needNode(NODE_FOLDER);
  }

  /** Requires Node.js, with the packages of the benchmark. */
  public static void needBenchmark() {
    needNode(BENCHMARK_FOLDER);
  }

  private static void needNode(Path folder) {
    need(onPath("node"), "Node.js is not installed. Install Node.js 20 or newer.");
    need(
        Files.exists(folder.resolve("node_modules")),
        "The tests' Node packages are not installed. Run: npm ci --prefix " + folder);
  }

  /**
   * Requires Chromium, by default at {@code /usr/bin/chromium}, or at the path {@code CHROMIUM}.
   */
  public static void needChromium() {
    String named = System.getenv("CHROMIUM");
    need(
        Files.exists(Path.of(named == null ? "/usr/bin/chromium" : named)),
        "Chromium is not installed. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.");
  }

  /** Requires cfn-lint, with the Python package of AWS SAM that it depends on. */
  public static void needSam() {
    need(onPath("cfn-lint"), "cfn-lint is not installed. Install it: pip install cfn-lint");
  }

  /** Requires the list of deployed libraries, whose licences the build looks up online. */
  public static void needSbom() {
    need(
        Files.exists(Sbom.FILE),
        "%s is missing, because Maven was offline. Run mvn package without -o."
            .formatted(Sbom.FILE));
  }

  /** Requires setsid, which starts a program in a new process group. */
  public static void needSetsid() {
    need(
        onPath("setsid"),
        "setsid is not installed. Install it (Debian: apt-get install util-linux).");
  }

  /** Requires root on Linux, which may mount a disk. */
  public static void needRoot() {
    need(
        "Linux".equals(System.getProperty("os.name"))
            && "root".equals(System.getProperty("user.name")),
        "The test of a full disk mounts a small disk. Run it as root on Linux.");
  }

  /** Whether a program is on the path. */
  public static boolean onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void need(boolean present, String otherwise) {
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(otherwise);
    }
    if (!present) {
      System.out.println("Skipped: " + otherwise);
    }
    assumeTrue(present, otherwise);
  }

  /** The result of a program. */
  public record Run(int exit, String output) {}

  /** Runs a script, by its path in {@code src/test/node}. */
  public static Run node(String script, String... arguments)
      throws IOException, InterruptedException {
    return run(command(List.of("node", NODE_FOLDER.resolve(script).toString()), arguments));
  }

  /** Checks that cfn-lint reports nothing about a template. */
  public static void lint(Path template) throws IOException, InterruptedException {
    Run lint = run(List.of("cfn-lint", template.toString()));
    assertThat(lint.exit()).as(lint.output()).isZero();
  }

  /** Runs a program, and fails if it takes more than two minutes. */
  public static Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("run", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(
          command + " did not end within two minutes:\n" + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }

  private static List<String> command(List<String> start, String... arguments) {
    return java.util.stream.Stream.concat(start.stream(), Arrays.stream(arguments)).toList();
  }
}
