package dev.screenful.build;

import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import dev.screenful.json.Json;
import dev.screenful.screens.KnownScreens;
import dev.screenful.screens.Manifest;
import dev.screenful.screens.Screen;
import dev.screenful.screens.ScreenExample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page of all screens: one HTML file without other resources. */
public final class ScreensPage {

  private static final String DATA = "/*DATA*/null";

  private ScreensPage() {}

  /**
   * The page.
   *
   * @param schemaFolder the folder of the screens
   * @param measured the costs by screen; a screen that was not opened has none
   * @param examples the values for placeholders in the screens' examples
   * @param indexes the usage of each index
   * @param graphiql the URL of GraphiQL, to which a screen's name is appended
   */
  public static byte[] html(
      Path schemaFolder,
      Map<String, MeasuredScreen> measured,
      Map<String, String> examples,
      List<IndexUsage> indexes,
      String graphiql)
      throws IOException {
    Prices prices = Prices.read();
    List<Manifest> apps = KnownScreens.manifests(schemaFolder);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("graphiql", graphiql);
    data.put("prices", prices.figures());
    data.put(
        "deprecated", DeprecatedField.of(schemaFolder).stream().map(Object::toString).toList());
    data.put("indexes", indexes.stream().map(IndexUsage::row).toList());
    List<Map<String, @Nullable Object>> screens = new ArrayList<>();
    for (Screen screen : Screen.folder(schemaFolder.resolve("screens"))) {
      screens.add(card(screen, measured.get(screen.name()), examples, apps, prices));
    }
    data.put("screens", screens);
    String json = Json.text(data).replace("<", "\\u003c"); // no "</script>" in a script
    return template().replace(DATA, json).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> card(
      Screen screen,
      @Nullable MeasuredScreen measured,
      Map<String, String> examples,
      List<Manifest> apps,
      Prices prices) {
    ParsedDocument parsed = ParsedDocument.of(screen.document());
    ScreenExample example = ScreenExample.of(screen, examples);
    Map<String, @Nullable Object> card = new LinkedHashMap<>();
    card.put("name", screen.name());
    card.put("description", description(screen.document()));
    card.put("document", screen.document());
    card.put("caller", example.caller());
    card.put("variables", example.variables());
    Budget budget = Budget.of(parsed).orElse(null);
    card.put(
        "budget",
        budget == null
            ? null
            : Map.of("bytes", budget.bytes(), "reads", budget.reads(), "trips", budget.trips()));
    card.put(
        "apps",
        apps.stream().filter(app -> sends(app, screen.name())).map(ScreensPage::label).toList());
    if (measured != null) {
      card.put("response", measured.response());
      card.put(
          "cost",
          Map.of("bytes", measured.bytes(), "reads", measured.reads(), "trips", measured.trips()));
      card.put("readUnits", measured.readUnits());
      card.put("writeUnits", measured.writeUnits());
      card.put("millis", measured.millis());
      MeasuredSubscription subscription = measured.subscription();
      if (subscription == null) {
        card.put("perMillion", prices.perMillion(measured));
      } else {
        card.put("perMillion", prices.perMillionSubscriptions(measured, subscription));
        card.put("perMillionChanges", prices.perMillionChanges(measured));
      }
    }
    return card;
  }

  private static boolean sends(Manifest app, String screen) {
    return app.documents().values().stream()
        .anyMatch(text -> ParsedDocument.of(text).operationNames().contains(screen));
  }

  private static String label(Manifest app) {
    return app.app() + " " + app.version();
  }

  /** The comment at the start of a document. */
  static String description(String document) {
    return String.join(
        " ",
        document
            .lines()
            .takeWhile(line -> line.startsWith("#"))
            .map(line -> line.substring(1).strip())
            .toList());
  }

  private static String template() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ScreensPage.class.getResourceAsStream("screens.html"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
