package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.layover.local.LayoverBench;
import dev.screenful.kit.Phone;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.store.Store;
import dev.screenful.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the documents with the code: quotes, links, names and requests. */
final class DocumentationTest {

  private static final Pattern QUOTED =
      Pattern.compile("```(graphql|typescript|java)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

  /** A fully qualified class, a test class, or a file of attacks. */
  private static final Pattern NAMED =
      Pattern.compile("`(?:((?:\\w+\\.)+[A-Z]\\w+|\\w+(?:Test|IT|Fuzz))|([a-z]+\\.yaml))`");

  /** A method in a table. */
  private static final Pattern LISTED = Pattern.compile("`(\\w+)\\(([^)`]*)\\)`(?=[^\n]*\\|)");

  private static final Pattern CURL_BODY = Pattern.compile("-d '(\\{.*})'");

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"));
        Stream<Path> top = Files.list(Path.of("."))) {
      return Stream.concat(docs, top).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }

  private static List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  /** The sources that documents quote. The tests compile their blocks of the language ts. */
  private static final List<String> QUOTED_SOURCES =
      List.of("schema", "src/main/java", "src/main/resources/dev/screenful/build");

  /** The sources without white space, so that line breaks do not matter. */
  private static String sources() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String folder : QUOTED_SOURCES) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          texts.add(plain(Files.readString(file).replace("{{name}}", "Notes"))); // of a new app
        }
      }
    }
    return String.join("\n", texts);
  }

  /** The text of a document without the steps of the guide that {@code .ci/new-screen} follows. */
  private static String quoting(Path document) throws IOException {
    String text = Files.readString(document);
    return document.endsWith("new-screen.md")
        ? text.substring(text.indexOf("## More kinds of fields"))
        : text;
  }

  private static String plain(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining()).replace(" ", "");
  }

  @Test
  void quoted_code_exists_in_the_sources() throws IOException {
    String sources = sources();
    int quotes = 0;
    for (Path document : documents()) {
      for (MatchResult quote : matches(QUOTED, quoting(document))) {
        String[] parts =
            quote.group(1).equals("java")
                ? quote.group(2).split("\n")
                : new String[] {quote.group(2)};
        for (String part : parts) {
          assertThat(sources).as("quoted in %s: %s", document, part).contains(plain(part));
          quotes++;
        }
      }
    }
    assertThat(quotes).isGreaterThan(10);
  }

  @Test
  void the_methods_in_the_list_of_the_api_exist() throws IOException {
    Set<String> methods =
        Stream.of(Fields.class, Call.class, Store.class, Transaction.class)
            .flatMap(type -> Stream.of(type.getMethods()))
            .map(method -> method.getName() + "/" + method.getParameterCount())
            .collect(Collectors.toSet());
    List<MatchResult> listed = matches(LISTED, Files.readString(Path.of("docs/resolvers.md")));

    assertThat(listed).hasSizeGreaterThan(25);
    for (MatchResult method : listed) {
      long parameters =
          Stream.of(method.group(2).split(",")).filter(name -> !name.isBlank()).count();
      assertThat(methods).contains(method.group(1) + "/" + parameters);
    }
  }

  @Test
  void links_in_documents_lead_to_existing_files() throws IOException {
    for (Path document : documents()) {
      for (MatchResult link : matches(LINK, Files.readString(document))) {
        assertThat(document.toAbsolutePath().resolveSibling(link.group(1)))
            .as("linked in %s", document)
            .exists();
      }
    }
  }

  @Test
  void the_classes_and_files_in_the_threat_model_exist() throws IOException {
    try (Stream<Path> sources = Files.walk(Path.of("src"));
        Stream<Path> top = Files.list(Path.of(""))) {
      List<String> files = Stream.concat(sources, top).map(file -> "/" + file).toList();
      List<MatchResult> named = matches(NAMED, Files.readString(Path.of("docs/security.md")));
      assertThat(named).hasSizeGreaterThan(80);
      for (MatchResult name : named) {
        String end =
            name.group(1) == null ? name.group(2) : name.group(1).replace('.', '/') + ".java";
        assertThat(files).as(name.group()).anyMatch(file -> file.endsWith("/" + end));
      }
    }
  }

  @Test
  void the_requests_in_the_readme_succeed() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    List<MatchResult> bodies = matches(CURL_BODY, readme);
    assertThat(bodies).hasSize(2);
    for (MatchResult body : bodies) {
      String command = readme.substring(readme.lastIndexOf("curl", body.start()), body.start());
      Phone phone =
          command.contains("authorization: Bearer")
              ? LayoverBench.phoneOf("traveller-1")
              : LayoverBench.stranger();
      Phone.Reply reply = phone.send(body.group(1));
      assertThat(reply.code()).as(body.group(1)).isEqualTo("no error");
    }
  }
}
