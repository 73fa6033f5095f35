package dev.screenful.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins an app: a small one with a type, a screen, a mutation, and their tests. It replaces the
 * example app in a clone of this repository, or becomes a project of its own that depends on the
 * engine.
 */
public final class NewApp {

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9]*(\\.[a-z][a-z0-9_]*)+");

  private static final Pattern IMPORTS = Pattern.compile("(?m)(^import (?!static ).*\n)+");

  /** The value of an element of this project's POM, in the POM of a new project. */
  private static final Pattern VERSION_OF_CLONE = Pattern.compile("\\{\\{pom ([a-z0-9.-]+)}}");

  /** The lines around what belongs to the example app, in files that stay. */
  private static final Pattern EXAMPLE_PART =
      Pattern.compile(
          "[^\\n]*example app: begin[^\\n]*\\n.*?example app: end[^\\n]*\\n", Pattern.DOTALL);

  /** The files of a new app. {@code __name__} is replaced by the app's name. */
  private static final List<String> FILES =
      List.of(
          "README.md",
          "schema/app.graphqls",
          "schema/screens/AddNote.example.json",
          "schema/screens/AddNote.graphql",
          "schema/screens/Notes.example.json",
          "schema/screens/Notes.graphql",
          "src/main/java/__name__App.java",
          "src/main/java/__name__Function.java",
          "src/main/java/NoteItems.java",
          "src/main/java/NoteResolvers.java",
          "src/main/java/package-info.java",
          "src/main/java/local/__name__Development.java",
          "src/main/java/local/package-info.java",
          "src/test/java/AccessMatrixTest.java",
          "src/test/java/AttackTest.java",
          "src/test/java/FunctionIT.java",
          "src/test/java/NotesTest.java",
          "src/test/java/RecordingTest.java",
          "src/test/java/ScreensTest.java",
          "src/test/java/TemplateIT.java",
          "src/test/java/package-info.java",
          "src/test/java/local/__name__Bench.java",
          "src/test/java/local/package-info.java",
          "src/test/resources/approved/AddNote.json",
          "src/test/resources/approved/Notes.json",
          "src/test/resources/approved/access.md",
          "src/test/resources/attacks/attacks.yaml");

  /** The page that the alarms of the template link to. */
  private static final String RUNBOOK = "docs/operations.md";

  private static final Pattern LINK_TO_DOCUMENT =
      Pattern.compile("\\[([^]]+)]\\((?!https:|#)([^)#]+)[^)]*\\)");

  private static final Path PACKAGE_LIST = Path.of("src/test/resources/approved/function.txt");

  /**
   * The example app of a clone.
   *
   * @param name its name
   * @param packageName its package
   * @param files its files and folders
   */
  private record Example(String name, String packageName, List<String> files) {

    /** Reads the list of the example app: name, package, and the files, a line each. */
    static Example read(Path list) throws IOException {
      List<String> lines = Files.readAllLines(list);
      return new Example(lines.get(0), lines.get(1), lines.subList(2, lines.size()));
    }
  }

  private final Path clone;
  private final Example example;
  private final String name;
  private final String packageName;

  private NewApp(Path clone, Example example, String name, String packageName) {
    this.clone = clone;
    this.example = example;
    this.name = name;
    this.packageName = packageName;
  }

  /**
   * Begins an app.
   *
   * @param arguments the list of the example app's files, the app's name in camel case, its
   *     package, and optionally a new folder
   */
  public static void main(String[] arguments) throws IOException {
    try {
      System.out.println(
          begin(
              Path.of(""),
              Path.of(arguments[0]),
              arguments.length > 1 ? arguments[1] : "",
              arguments.length > 2 ? arguments[2] : "",
              arguments.length > 3 ? arguments[3] : ""));
    } catch (IllegalArgumentException | IllegalStateException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(1);
    }
  }

  /**
   * Begins an app, and returns the next steps.
   *
   * @param clone a clone of this repository
   * @param list the list of the example app: its name, its package, and its files, a line each
   * @param folder a new folder for an app that depends on the installed engine; if empty, the app
   *     replaces the example app in the clone
   * @throws IllegalArgumentException if an argument is invalid
   * @throws IllegalStateException if the clone has changes that would be lost
   */
  static String begin(Path clone, Path list, String name, String packageName, String folder)
      throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The app's name must be letters and digits after a capital letter, as in -Dname=Notes, not '%s'."
              .formatted(name));
    }
    Example example = Example.read(clone.resolve(list));
    if (!PACKAGE.matcher(packageName).matches()
        || Stream.of(example.packageName(), "dev.screenful")
            .anyMatch(taken -> (packageName + ".").startsWith(taken + "."))) {
      throw new IllegalArgumentException(
          "The package must be a Java package of your own, as in -Dpackage=com.example.notes, not '%s'."
              .formatted(packageName));
    }
    NewApp app = new NewApp(clone, example, name, packageName);
    Path project = folder.isEmpty() ? clone : Path.of(folder);
    if (folder.isEmpty()) {
      app.replaceExample();
    } else {
      app.createProject(project);
    }
    return """
    %s is ready in %s.
    Start it:  mvn -q compile exec:exec
    Test it:   mvn verify
    Continue:  docs/make-it-yours.md of Screenful\
    """
        .formatted(name, project.resolve("src/main/java").resolve(app.path()));
  }

  private String path() {
    return packageName.replace('.', '/');
  }

  /** Takes the example app out of the clone, and puts the new one in. */
  private void replaceExample() throws IOException {
    requireNothingToLose();
    List<String> deployed = deployed();
    List<String> removal =
        new ArrayList<>(List.of("rm", "-r", "--quiet", "--ignore-unmatch", "--"));
    removal.addAll(example.files());
    git(removal); // deletes only what git has
    write(clone.resolve("pom.xml"), own(Files.readString(clone.resolve("pom.xml"))));
    createFiles(clone, deployed);
  }

  /** Files of the example app are deleted and others changed, so git must have all of them. */
  private void requireNothingToLose() throws IOException {
    String changes = git(List.of("status", "--porcelain", "--untracked-files=all", "--", "."));
    if (!changes.isBlank()) {
      throw new IllegalStateException(
          "The clone has changes that are not committed. Commit or discard them first:\n"
              + changes);
    }
  }

  /**
   * Runs git in the clone, and returns its output.
   *
   * @throws IllegalStateException if it fails, as in a folder that is not in a repository
   */
  private String git(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(arguments);
    Process git =
        new ProcessBuilder(command)
            .directory(clone.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(
          "The example app is replaced only in a git repository, which keeps it. git reports:\n"
              + output);
    }
    return output;
  }

  /** Creates a project that depends on the engine as a library. */
  private void createProject(Path project) throws IOException {
    if (Files.exists(project)) {
      throw new IllegalArgumentException(
          "%s already exists. Choose a new folder.".formatted(project));
    }
    List<String> deployed = new ArrayList<>(List.of("lib/screenful.jar"));
    for (String entry : deployed()) {
      if (entry.startsWith("lib/") || entry.startsWith("schema/")) {
        deployed.add(entry);
      }
    }
    write(project.resolve("pom.xml"), libraryPom());
    for (String file : List.of(".gitignore", ".mvn/jvm.config", "schema/screenful.graphqls")) {
      write(project.resolve(file), Files.readString(clone.resolve(file)));
    }
    write(project.resolve(RUNBOOK), alone(own(Files.readString(clone.resolve(RUNBOOK)))));
    createFiles(project, deployed);
  }

  /** The POM of a project with the engine as a library, and the versions of this one. */
  private String libraryPom() throws IOException {
    String pom = Files.readString(clone.resolve("pom.xml"));
    return VERSION_OF_CLONE
        .matcher(filled(resource("pom.xml")))
        .replaceAll(
            found -> Matcher.quoteReplacement(element(pom, String.valueOf(found.group(1)))));
  }

  private static String element(String pom, String name) {
    int start = pom.indexOf("<" + name + ">") + name.length() + 2;
    return pom.substring(start, pom.indexOf("</" + name + ">", start));
  }

  private void createFiles(Path project, List<String> deployed) throws IOException {
    for (String file : FILES) {
      String target = file.replace("__name__", name).replace("/java/", "/java/" + path() + "/");
      write(
          project.resolve(target), filled(resource(file.endsWith(".java") ? file + ".txt" : file)));
    }
    for (String file : List.of("samconfig.toml", "template.yaml")) {
      write(project.resolve(file), own(Files.readString(clone.resolve(file))));
    }
    Set<String> entries = new TreeSet<>(deployed);
    entries.add(path() + "/*.class");
    write(project.resolve(PACKAGE_LIST), String.join("\n", entries) + "\n");
  }

  /** The entries of the deployed package that are not the app's own classes. */
  private List<String> deployed() throws IOException {
    String pom = Files.readString(clone.resolve("pom.xml"));
    List<String> entries = new ArrayList<>();
    for (String entry : Files.readAllLines(clone.resolve(PACKAGE_LIST))) {
      String library = entry.replace("lib/", "").replace(".jar", "");
      boolean isExample =
          entry.startsWith(example.packageName().replace('.', '/') + "/")
              || EXAMPLE_PART
                  .matcher(pom)
                  .results()
                  .anyMatch(part -> part.group().contains("<artifactId>" + library + "<"));
      if (!isExample) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** A file of the clone without the parts of the example app, and with the new app's names. */
  private String own(String text) {
    return EXAMPLE_PART
        .matcher(text)
        .replaceAll("")
        .replace(example.packageName(), packageName)
        .replace(example.packageName().replace('.', '/'), path())
        .replace(example.name(), name)
        .replace(example.name().toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }

  /** A document without the ones that it links to, which it names instead. */
  private static String alone(String document) {
    return LINK_TO_DOCUMENT.matcher(document).replaceAll("$1 ($2)");
  }

  private String filled(String text) {
    return withSortedImports(
        text.replace("{{name}}", name)
            .replace("{{package}}", packageName)
            .replace("{{path}}", path())
            .replace("{{artifact}}", name.toLowerCase(Locale.ROOT)));
  }

  /** Java files sort their imports, also those of the app's own packages. */
  private static String withSortedImports(String text) {
    return IMPORTS
        .matcher(text)
        .replaceAll(imports ->
            imports.group().lines().sorted().collect(Collectors.joining("\n", "", "\n")));
  }

  private static String resource(String file) throws IOException {
    try (InputStream in = NewApp.class.getResourceAsStream("new-app/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
