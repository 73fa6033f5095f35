package dev.screenful.local;

import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GraphiQL with the screens as tabs, and sign-in. It is served from the classpath, so it works
 * offline.
 */
final class GraphiqlPage {

  /** A file of a WebJar. */
  private record Asset(String webjar, String path) {}

  private static final Map<String, Asset> ASSETS =
      Map.of(
          "/assets/react.js", new Asset("react", "umd/react.production.min.js"),
          "/assets/react-dom.js", new Asset("react-dom", "umd/react-dom.production.min.js"),
          "/assets/graphiql.js", new Asset("graphiql", "graphiql.min.js"),
          "/assets/graphiql.css", new Asset("graphiql", "graphiql.min.css"));

  private final Path screens;
  private final Supplier<Map<String, String>> examples;
  private final DevelopmentIssuer issuer;
  private final Supplier<Optional<String>> problem;

  /**
   * A page.
   *
   * @param screens the folder of the screens
   * @param examples the values of the placeholders in the screens' examples
   * @param issuer issues the tokens of the development identities
   * @param problem the error in the current schema files; empty if they are served
   */
  GraphiqlPage(
      Path screens,
      Supplier<Map<String, String>> examples,
      DevelopmentIssuer issuer,
      Supplier<Optional<String>> problem) {
    this.screens = screens;
    this.examples = examples;
    this.issuer = issuer;
    this.problem = problem;
  }

  /** The file at a path; empty if there is none. */
  Optional<PageFile> file(String path) throws IOException {
    if (path.equals("/")) {
      return PageFile.read(GraphiqlPage.class, "graphiql.html");
    }
    if (path.equals("/graphiql.json")) {
      return Optional.of(new PageFile("application/json", Json.bytes(configuration())));
    }
    Asset asset = ASSETS.get(path);
    return asset == null ? Optional.empty() : webjar(asset.webjar(), asset.path());
  }

  private Map<String, @Nullable Object> configuration() {
    Map<String, @Nullable Object> configuration = new LinkedHashMap<>();
    Optional<String> error = problem.get();
    Map<String, String> values = examples.get();
    try {
      configuration.put(
          "screens", Screen.folder(screens).stream().map(screen -> tab(screen, values)).toList());
    } catch (RuntimeException unreadable) {
      configuration.put("screens", List.of());
      error = error.or(() -> Optional.ofNullable(unreadable.getMessage()));
    }
    configuration.put("identities", issuer.identities().stream().map(this::signIn).toList());
    configuration.put("problem", error.orElse(null));
    return configuration;
  }

  private static Map<String, Object> tab(Screen screen, Map<String, String> values) {
    return Map.of(
        "name", screen.name(), "query", screen.document(), "variables", variables(screen, values));
  }

  /** The variables of the example; empty if it is invalid. The page then shows the error. */
  private static Map<String, @Nullable Object> variables(
      Screen screen, Map<String, String> values) {
    try {
      return ScreenExample.of(screen, values).variables();
    } catch (IllegalStateException unreadable) {
      return Map.of();
    }
  }

  private Map<String, Object> signIn(DevelopmentIdentity identity) {
    return Map.of(
        "id", identity.id(), "name", identity.name(), "token", issuer.token(identity.id()));
  }

  /** A file of a WebJar. Its path contains the version, which is read from the Maven properties. */
  private static Optional<PageFile> webjar(String name, String path) throws IOException {
    Properties properties = new Properties();
    String versions = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    try (InputStream in =
        Objects.requireNonNull(GraphiqlPage.class.getResourceAsStream(versions), versions)) {
      properties.load(in);
    }
    return PageFile.read(
        GraphiqlPage.class,
        "/META-INF/resources/webjars/%s/%s/%s"
            .formatted(name, properties.getProperty("version"), path));
  }
}
