package dev.layover.local;

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

  private RequiredTools() {}

  /** Node, with the packages of {@code src/test/node}. */
  public static void needNode() {
    need(onPath("node"), "Node.js 20 or newer is not installed.");
    need(
        Files.exists(NODE_FOLDER.resolve("node_modules")),
        "The tests' Node packages are not installed; run: npm ci --prefix src/test/node");
  }

  /** Chromium, which {@code CHROMIUM} may name. */
  public static void needChromium() {
    String named = System.getenv("CHROMIUM");
    need(
        Files.exists(Path.of(named == null ? "/usr/bin/chromium" : named)),
        "Chromium is not installed; install it (Debian: apt-get install chromium) or set CHROMIUM to its path.");
  }

  /** The program that starts another one in a process group of its own. */
  public static void needSetsid() {
    need(onPath("setsid"), "setsid is not installed; install it (Debian: util-linux).");
  }

  /** A Linux on which this process may mount a disk. */
  public static void needRoot() {
    need(
        "Linux".equals(System.getProperty("os.name"))
            && "root".equals(System.getProperty("user.name")),
        "A full disk is tried by a small one, which only root can mount, on Linux.");
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

  /** A script of {@code src/test/node} that ran. */
  public record Run(int exit, String output) {}

  /** Runs a script of {@code src/test/node}. */
  public static Run node(String script, String... arguments)
      throws IOException, InterruptedException {
    return run(command(List.of("node", NODE_FOLDER.resolve(script).toString()), arguments));
  }

  /** Runs a program, for two minutes at most. */
  public static Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("run", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command + " does not end:\n" + Files.readString(output));
    }
    return new Run(process.exitValue(), Files.readString(output));
  }

  private static List<String> command(List<String> start, String... arguments) {
    return java.util.stream.Stream.concat(start.stream(), Arrays.stream(arguments)).toList();
  }
}
