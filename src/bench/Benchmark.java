import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts the benchmark with the JDK and the class path that Maven has chosen, and installs its npm
 * packages before the first run. The arguments are the options of {@code bench.mjs}.
 */
final class Benchmark {

  private static final Path FOLDER = Path.of("src/bench");

  private Benchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (!Files.exists(FOLDER.resolve("node_modules"))) {
      run(List.of("npm", "ci", "--prefix", FOLDER.toString(), "--silent"));
    }
    List<String> command = new ArrayList<>();
    command.add("node");
    command.add(FOLDER.resolve("bench.mjs").toString());
    command.add("java=" + Path.of(System.getProperty("java.home"), "bin", "java"));
    command.add("classpath=" + System.getProperty("java.class.path"));
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      System.exit(exit);
    }
  }
}
