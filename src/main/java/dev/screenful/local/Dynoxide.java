package dev.screenful.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program of the local DynamoDB engine, <a
 * href="https://github.com/nubo-db/dynoxide">Dynoxide</a>. npm installs it once for each user, in
 * the cache folder of the platform, and checks its integrity.
 *
 * @param platform operating system and processor, as npm names them, such as {@code linux-x64}
 * @param folder where this version is installed, such as {@code
 *     ~/.cache/screenful/dynoxide-1.2.1-linux-x64}
 */
record Dynoxide(String platform, Path folder) {

  static final String VERSION = "1.2.1";

  /** The platforms that Dynoxide publishes a package for. */
  private static final Set<String> PLATFORMS =
      Set.of("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64");

  static final String OTHER_ENGINE = "or name a DynamoDB engine that already runs: -Ddynamodb=URL";

  static final String NO_NODE =
      "The local DynamoDB engine needs Node.js 20 or newer with npm: install it, " + OTHER_ENGINE;

  /** The program for this machine and this user. */
  static Dynoxide ofThisMachine() {
    return of(
        property("os.name"), property("os.arch"), System.getenv(), Path.of(property("user.home")));
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }

  /**
   * The program for a machine.
   *
   * @param osName the system property {@code os.name}
   * @param osArch the system property {@code os.arch}
   * @param environment may name the cache folder: {@code XDG_CACHE_HOME}, on Windows {@code
   *     LOCALAPPDATA}
   * @param home the user's home folder
   * @throws IllegalStateException if there is no program for the platform
   */
  static Dynoxide of(String osName, String osArch, Map<String, String> environment, Path home) {
    String system = system(osName);
    String platform = system + "-" + processor(osArch);
    if (!PLATFORMS.contains(platform)) {
      throw new IllegalStateException(
          "Dynoxide, the local DynamoDB engine, has no program for %s (%s, %s). Start another DynamoDB engine and name it: -Ddynamodb=URL"
              .formatted(platform, osName, osArch));
    }
    return new Dynoxide(
        platform,
        cache(system, environment, home).resolve("screenful/dynoxide-" + VERSION + "-" + platform));
  }

  private static String system(String osName) {
    return osName.startsWith("Mac")
        ? "darwin"
        : osName.startsWith("Windows") ? "win32" : osName.toLowerCase(Locale.ROOT);
  }

  private static String processor(String osArch) {
    return switch (osArch) {
      case "amd64", "x86_64" -> "x64";
      case "aarch64" -> "arm64";
      default -> osArch;
    };
  }

  private static Path cache(String system, Map<String, String> environment, Path home) {
    String named = environment.get(system.equals("win32") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (named != null && Path.of(named).isAbsolute()) {
      return Path.of(named);
    }
    return switch (system) {
      case "darwin" -> home.resolve("Library/Caches");
      case "win32" -> home.resolve("AppData/Local");
      default -> home.resolve(".cache");
    };
  }

  private boolean isWindows() {
    return platform.startsWith("win32");
  }

  private Path program() {
    return folder
        .resolve("node_modules/@dynoxide")
        .resolve(platform)
        .resolve(isWindows() ? "dynoxide.exe" : "dynoxide");
  }

  /**
   * The path of the program, which is installed first if it is missing.
   *
   * @throws IllegalStateException if it can't be installed, with what to do
   */
  Path installed() {
    if (!Files.exists(program())) {
      try {
        install();
      } catch (IOException failed) {
        throw new IllegalStateException(
            "Dynoxide, the local DynamoDB engine, can't be installed in %s: %s. Make that folder writable, "
                    .formatted(folder, failed)
                + OTHER_ENGINE,
            failed);
      }
    }
    return program();
  }

  /** Installs beside the folder and then moves, so that no other process sees half of it. */
  private void install() throws IOException {
    System.out.printf(
        "Installing Dynoxide %s, the local DynamoDB engine, once for all projects: %s%n",
        VERSION, folder);
    Files.createDirectories(folder.getParent());
    Path unfinished = Files.createTempDirectory(folder.getParent(), "installing-");
    try {
      npm(unfinished);
      if (!Files.exists(program())) {
        delete(folder); // a folder that lost its program
      }
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException taken) {
      if (!Files.exists(program())) { // else another process was faster, which is as good
        throw taken;
      }
    } finally {
      delete(unfinished);
    }
  }

  private static void delete(Path old) throws IOException {
    if (Files.exists(old)) {
      try (Stream<Path> files = Files.walk(old)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** npm verifies the package against the registry's checksum. */
  private void npm(Path into) throws IOException {
    String[] parts = platform.split("-", 2);
    List<String> command =
        List.of(
            isWindows() ? "npm.cmd" : "npm",
            "install",
            "--prefix=" + into,
            "--os=" + parts[0],
            "--cpu=" + parts[1],
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "@dynoxide/%s@%s".formatted(platform, VERSION));
    Process npm;
    try {
      npm = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new IllegalStateException(NO_NODE, missing);
    }
    String output;
    try (BufferedReader lines = npm.inputReader()) {
      output = lines.lines().collect(Collectors.joining("\n"));
    }
    if (npm.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(
          "npm can't install Dynoxide, the local DynamoDB engine. Mend what npm says, "
              + OTHER_ENGINE
              + "\n"
              + output);
    }
  }
}
