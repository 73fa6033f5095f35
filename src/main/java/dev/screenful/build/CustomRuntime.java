package dev.screenful.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The folder that Lambda runs on {@code provided.al2023}:
 *
 * <ul>
 *   <li>{@code runtime}: a JDK with the modules that the function needs. The function and its
 *       libraries are one of these modules, so there is no class path, and no file whose time stamp
 *       the AOT cache depends on;
 *   <li>{@code app.aot}: the AOT cache, which a training run writes. It fits this runtime only;
 *   <li>{@code schema}, and {@code bootstrap}, which starts the JVM.
 * </ul>
 *
 * @param folder the folder
 */
public record CustomRuntime(Path folder) {

  /** The limit of Lambda for an unpacked deployment package (250 MB). */
  private static final long MAX_BYTES = 250L * 1024 * 1024;

  private static final String MODULE = "function";

  /**
   * Modules that only unused classes of the libraries refer to: a scalar for colours, and adapters
   * for SQL dates. They would add 35 MB.
   */
  private static final Set<String> UNUSED_MODULES = Set.of("java.desktop", "java.sql");

  /**
   * Makes the folder, without its AOT cache. An existing folder is deleted first, so that no cache
   * of an earlier build remains.
   *
   * @param function the folder of the function for a managed runtime: classes, {@code lib} and
   *     {@code schema}
   * @throws IllegalStateException if the libraries can't be linked
   */
  public static CustomRuntime make(Path function, Path folder) throws IOException {
    delete(folder);
    Path module = folder.resolveSibling(folder.getFileName() + "-module");
    delete(module);
    Set<String> packages = Set.of("lib", "schema");
    try (Stream<Path> parts = Files.list(function)) {
      for (Path part : parts.toList()) {
        if (!packages.contains(part.getFileName().toString())) {
          copy(part, module.resolve(part.getFileName()));
        }
      }
    }
    Map<String, Set<String>> services = new TreeMap<>();
    try (Stream<Path> libraries = Files.list(function.resolve("lib"))) {
      for (Path library : libraries.sorted().toList()) {
        unpack(library, module, services);
      }
    }
    Files.write(module.resolve("module-info.class"), moduleInfo(modules(module), services));
    Files.createDirectories(folder);
    run(
        "jlink",
        "--module-path=" + module,
        "--add-modules=" + MODULE,
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        "--compress=zip-0",
        "--output=" + folder.resolve("runtime"));
    copy(function.resolve("schema"), folder.resolve("schema"));
    Path bootstrap = folder.resolve("bootstrap");
    try (InputStream script = CustomRuntime.class.getResourceAsStream("bootstrap")) {
      Files.copy(script, bootstrap);
    }
    if (!bootstrap.toFile().setExecutable(true, false)) {
      throw new IOException(bootstrap + " can't be made executable.");
    }
    return new CustomRuntime(folder);
  }

  /** Adds the content of a library. Its services become services of the module. */
  private static void unpack(Path library, Path module, Map<String, Set<String>> services)
      throws IOException {
    try (JarFile jar = new JarFile(library.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      for (JarEntry entry : jar.versionedStream().toList()) {
        String name = entry.getName();
        if (entry.isDirectory() || name.equals("module-info.class")) {
          continue;
        }
        byte[] content = jar.getInputStream(entry).readAllBytes();
        if (name.startsWith("META-INF/services/")) {
          providers(content)
              .forEach(provider ->
                  services
                      .computeIfAbsent(
                          name.substring("META-INF/services/".length()), service -> new TreeSet<>())
                      .add(provider));
        }
        String ownName =
            name.replace("META-INF/", "META-INF/" + library.getFileName() + "/"); // many LICENSEs
        write(module.resolve(ownName), content);
      }
    }
  }

  private static List<String> providers(byte[] file) {
    return new String(file, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static void write(Path file, byte[] content) throws IOException {
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), content)) {
      throw new IllegalStateException("Two libraries contain " + file + ", with other content.");
    }
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** The modules of the JDK that the classes refer to. */
  private static List<String> modules(Path module) {
    List<String> modules = new ArrayList<>();
    run(
            "jdeps",
            "--multi-release=" + Runtime.version().feature(),
            "--ignore-missing-deps",
            "--list-deps",
            module.toString())
        .lines()
        .map(String::strip)
        .filter(name -> !UNUSED_MODULES.contains(name))
        .forEach(modules::add);
    return modules;
  }

  /** An open module, so that libraries may reflect on each other as on a class path. */
  private static byte[] moduleInfo(List<String> modules, Map<String, Set<String>> services) {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of(MODULE),
                info -> {
                  info.moduleFlags(ClassFile.ACC_OPEN);
                  modules.forEach(name -> info.requires(ModuleDesc.of(name), 0, null));
                  services.forEach((service, providers) -> {
                    info.uses(ClassDesc.of(service));
                    info.provides(
                        ClassDesc.of(service),
                        providers.stream().map(ClassDesc::of).toArray(ClassDesc[]::new));
                  });
                }));
  }

  /** Runs a tool of the JDK, and returns its output. */
  private static String run(String tool, String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    int exit = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
    String text = output.toString(StandardCharsets.UTF_8);
    if (exit != 0) {
      throw new IllegalStateException(tool + " failed. " + text);
    }
    return text;
  }

  /**
   * Checks that Lambda accepts the folder.
   *
   * @throws IllegalStateException if it lacks the AOT cache, or is larger than 250 MB
   */
  public void check() throws IOException {
    check(MAX_BYTES);
  }

  void check(long maxBytes) throws IOException {
    if (!Files.exists(folder.resolve("app.aot"))) {
      throw new IllegalStateException("The training run wrote no AOT cache in " + folder + ".");
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    if (bytes > maxBytes) {
      throw new IllegalStateException(
          "%s has %d MB, but Lambda accepts at most %d MB. Remove libraries, or deploy target/function on the managed runtime."
              .formatted(folder, bytes >> 20, maxBytes >> 20));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
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
}
