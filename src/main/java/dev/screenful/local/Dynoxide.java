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
 * the platform's cache folder, and verifies its checksum.
 *
 * @param platform the operating system and processor in npm's names, such as {@code linux-x64}
 * @param folder the folder of this version, such as {@code
 *     ~/.cache/screenful/dynoxide-1.2.1-linux-x64}
 */
record Dynoxide(String platform, Path folder) {

  static final String VERSION = "1.2.1";

  /** The platforms with a published package of Dynoxide. */
  private static final Set<String> PLATFORMS =
      Set.of("linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64");

  static final String OTHER_ENGINE = "or use a running DynamoDB engine: -Ddynamodb=URL";

  static final String NO_NODE =
      "The local DynamoDB engine requires Node.js 20 or newer with npm. Install it, "
          + OTHER_ENGINE;

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
   * @param environment may set the cache folder in {@code XDG_CACHE_HOME}, on Windows in {@code
   *     LOCALAPPDATA}
   * @param home the user's home folder
   * @throws IllegalStateException if Dynoxide is not available for the platform
   */
  static Dynoxide of(String osName, String osArch, Map<String, String> environment, Path home) {
    String system = system(osName);
    String platform = system + "-" + processor(osArch);
    if (!PLATFORMS.contains(platform)) {
      throw new IllegalStateException(
          "Dynoxide, the local DynamoDB engine, is not available for %s (%s, %s). Start another DynamoDB engine and use it: -Ddynamodb=URL"
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
    String configured = environment.get(system.equals("win32") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    if (configured != null && Path.of(configured).isAbsolute()) {
      return Path.of(configured);
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
   * Returns the path of the program. Installs it first if it is missing.
   *
   * @throws IllegalStateException if it can't be installed; the message says how to continue
   */
  Path installed() {
    if (!Files.exists(program())) {
      try {
        install();
      } catch (IOException failed) {
        throw new IllegalStateException(
            "Dynoxide, the local DynamoDB engine, can't be installed in %s: %s. Make this folder writable, "
                    .formatted(folder, failed)
                + OTHER_ENGINE,
            failed);
      }
    }
    return program();
  }

  /** Installs into a temporary folder and then moves it, so that no process sees half of it. */
  private void install() throws IOException {
    System.out.printf(
        "Installing Dynoxide %s, the local DynamoDB engine, for all projects in %s%n",
        VERSION, folder);
    Files.createDirectories(folder.getParent());
    Path temporary = Files.createTempDirectory(folder.getParent(), "installing-");
    try {
      npm(temporary);
      if (!Files.exists(program())) {
        delete(folder); // its program was removed
      }
      Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException failed) {
      if (!Files.exists(program())) { // otherwise another process has installed it
        throw failed;
      }
    } finally {
      delete(temporary);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** npm verifies the package against the registry's checksum. */
  private void npm(Path target) throws IOException {
    String[] parts = platform.split("-", 2);
    List<String> command =
        List.of(
            isWindows() ? "npm.cmd" : "npm",
            "install",
            "--prefix=" + target,
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
          "npm can't install Dynoxide, the local DynamoDB engine. Fix the npm error below, "
              + OTHER_ENGINE
              + "\n"
              + output);
    }
  }
}
