package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new app replaces the example app of a clone only if git keeps all that is deleted. */
final class NewAppTest {

  private static final Path LIST = Path.of("example/files.txt");

  @TempDir private Path clone;

  /** The files that the command reads or deletes, with an example app named Sample. */
  private void files() throws IOException {
    Map<String, String> files =
        Map.of(
            "pom.xml", "<app.main>org.sample.Main</app.main>\n",
            "template.yaml", "Handler: org.sample.Main # Sample\n",
            "samconfig.toml", "stack_name = \"sample-dev\"\n",
            ".gitignore", "*.secret\n",
            "example/files.txt", "Sample\norg.sample\nschema/screens\nexample\n",
            "schema/screens/Old.graphql", "query Old { old }\n",
            "schema/screens/mine.secret", "ignored by git\n",
            "src/test/resources/approved/function.txt", "org/sample/*.class\nlib/some.jar\n");
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = clone.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of("git", "-c", "user.name=test", "-c", "user.email=test@example.com"),
                Stream.of(arguments))
            .toList();
    Process git =
        new ProcessBuilder(command).directory(clone.toFile()).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
  }

  private void committed() throws IOException, InterruptedException {
    files();
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "-m", "all");
  }

  private String begin(String name, String packageName) throws IOException {
    return NewApp.begin(clone, LIST, name, packageName, "");
  }

  @Test
  void the_example_app_is_replaced_and_what_git_lacks_stays() throws Exception {
    committed();

    assertThat(begin("Notes", "com.example.notes")).contains("Notes is ready in");

    assertThat(clone.resolve("schema/screens/Old.graphql")).doesNotExist();
    assertThat(clone.resolve("example")).doesNotExist();
    assertThat(clone.resolve("schema/screens/mine.secret")).hasContent("ignored by git");
    assertThat(clone.resolve("schema/screens/Notes.graphql")).exists();
    assertThat(clone.resolve("src/main/java/com/example/notes/NotesApp.java")).exists();
    assertThat(clone.resolve("template.yaml"))
        .hasContent("Handler: com.example.notes.Main # Notes");
    assertThat(clone.resolve("samconfig.toml")).hasContent("stack_name = \"notes-dev\"");
    assertThat(clone.resolve("src/test/resources/approved/function.txt"))
        .hasContent("com/example/notes/*.class\nlib/some.jar");
  }

  @Test
  void a_change_or_a_new_file_that_is_not_committed_stops_it_whatever_git_shows() throws Exception {
    committed();
    git("config", "status.showUntrackedFiles", "no");
    Path added = clone.resolve("schema/screens/Mine.graphql");
    Files.writeString(added, "query Mine { mine }");

    assertThatThrownBy(() -> begin("Notes", "com.example.notes"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("schema/screens/Mine.graphql");
    Files.delete(added);
    Files.writeString(clone.resolve("pom.xml"), "changed");
    assertThatThrownBy(() -> begin("Notes", "com.example.notes")).hasMessageContaining("pom.xml");

    assertThat(clone.resolve("schema/screens/Old.graphql")).exists();
  }

  @Test
  void without_a_repository_nothing_is_deleted() throws IOException {
    files();

    assertThatThrownBy(() -> begin("Notes", "com.example.notes"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only in a git repository");

    assertThat(clone.resolve("schema/screens/Old.graphql")).exists();
  }

  @Test
  void an_invalid_name_or_package_is_refused() throws Exception {
    committed();

    for (String name : List.of("", "notes", "My App", "../X")) {
      assertThatThrownBy(() -> begin(name, "com.example.notes"))
          .hasMessageContaining("as in -Dname=Notes, not '" + name + "'");
    }
    for (String taken : List.of("", "notes", "Com.Example", "org.sample.mine", "dev.screenful")) {
      assertThatThrownBy(() -> begin("Notes", taken))
          .hasMessageContaining("as in -Dpackage=com.example.notes, not '" + taken + "'");
    }
    assertThat(clone.resolve("schema/screens/Old.graphql")).exists();
  }

  /** The alarms link to the runbook. */
  @Test
  void a_project_of_its_own_has_the_runbook_and_the_environments(@TempDir Path other)
      throws Exception {
    committed();
    write("pom.xml", Files.readString(Path.of("pom.xml"))); // with the versions that it copies
    write(".mvn/jvm.config", "");
    write("schema/screenful.graphqls", "");
    write(
        "docs/operations.md",
        "Delete [sample](https://sample.example) as in [deploy](deploy.md#x) and [below](#y).");
    Path project = other.resolve("notes");

    NewApp.begin(clone, LIST, "Notes", "com.example.notes", project.toString());

    assertThat(project.resolve("samconfig.toml")).hasContent("stack_name = \"notes-dev\"");
    assertThat(project.resolve("docs/operations.md"))
        .hasContent(
            "Delete [notes](https://notes.example) as in deploy (deploy.md) and [below](#y).");
  }

  @Test
  void an_existing_folder_is_not_overwritten(@TempDir Path other) throws Exception {
    committed();

    assertThatThrownBy(
            () -> NewApp.begin(clone, LIST, "Notes", "com.example.notes", other.toString()))
        .hasMessageContaining("already exists. Choose a new folder");
  }
}
