package dev.screenful.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The widgets of a dashboard, for folders that the example app does not have. */
final class DashboardTest {

  private static final Path NOTES = Path.of("src/test/resources/notes/schema");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** The text of {@code Fn::Sub} in a file that is written for a schema folder. */
  private String text(Path schemaFolder, String file) throws IOException {
    Dashboard.write(schemaFolder, folder.resolve("dashboard"));
    JsonNode sub = JSON.readTree(folder.resolve("dashboard/" + file).toFile()).get("Fn::Sub");
    return (sub.isArray() ? sub.get(0) : sub).asText();
  }

  /** The widgets of the rows of screens. */
  private JsonNode rows(Path schemaFolder) throws IOException {
    return JSON.readTree("[" + text(schemaFolder, "screens.json").substring(1) + "]");
  }

  private Path screen(String name, String description) throws IOException {
    Path schema = folder.resolve("schema");
    Files.createDirectories(schema.resolve("screens"));
    Files.writeString(
        schema.resolve("screens/%s.graphql".formatted(name)),
        "# %s\nquery %s { a }\n".formatted(description, name));
    return schema;
  }

  @Test
  void a_large_folder_stays_within_the_limits_of_cloudwatch() throws IOException {
    Path schema = folder;
    for (int number = 100; number < 200; number++) {
      schema = screen("Screen" + number, "One of many.");
    }
    JsonNode widgets = rows(schema);
    int metrics = 0;
    for (JsonNode graph : widgets.findValues("metrics")) {
      metrics += graph.size();
    }

    assertThat(widgets).hasSize(82 * 6 + 1); // of 500, with the alarms and the overview
    assertThat(metrics).isBetween(82 * 10, 1250); // of 2500; the rest is for errors by code
    assertThat(widgets.get(82 * 6).at("/properties/markdown").asText()).startsWith("18 more ");
  }

  @Test
  void a_placeholder_in_a_description_is_not_one_of_cloudformation() throws IOException {
    Path schema = screen("Costs", "Costs of ${Table}, in $ or \"euros\".");

    assertThat(text(schema, "screens.json")).contains("Costs of").doesNotContain("${Table}");
    assertThat(rows(schema).at("/0/properties/markdown").asText())
        .isEqualTo("## Costs\nCosts of ${Table}, in $ or \"euros\".\n\nNo budget");
  }

  @Test
  void the_dollars_are_those_of_the_prices() throws IOException {
    Prices prices = Prices.read();
    JsonNode query = JSON.readTree("[" + text(NOTES, "overview.json") + "]").findValue("query");
    assertThat(query.asText()).contains(prices.expression("1", "${MemorySize}"));

    JsonNode widgets = rows(NOTES);
    int graphs = 0;
    for (JsonNode widget : widgets) {
      if (widget.at("/properties/title").asText().equals("Dollars a day")) {
        JsonNode metrics = widget.at("/properties/metrics");
        String expression = metrics.at("/0/0/expression").asText();
        assertThat(expression)
            .isEqualTo(
                "86400 / PERIOD(requests) * " + prices.expression("requests", "${MemorySize}"));
        assertThat(ids(metrics))
            .isEqualTo(
                Map.of(
                    "requests", "bytes SampleCount",
                    "readUnits", "readUnits Sum",
                    "writeUnits", "writeUnits Sum",
                    "ms", "ms Sum",
                    "bytes", "bytes Sum"));
        assertThat(names(expression)).isEqualTo(ids(metrics).keySet());
        graphs++;
      }
    }
    assertThat(graphs).isEqualTo(6); // the screens of the folder
  }

  /** The metrics of a graph by id. */
  private static Map<String, String> ids(JsonNode metrics) {
    Map<String, String> ids = new TreeMap<>();
    for (JsonNode metric : metrics) {
      if (metric.size() == 5) {
        JsonNode options = metric.get(4);
        ids.put(
            options.get("id").asText(),
            metric.get(1).asText() + " " + options.get("stat").asText());
      }
    }
    return ids;
  }

  /** The ids in an expression; functions are in capitals. */
  private static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    Pattern.compile("\\b[a-z]\\w*")
        .matcher(expression)
        .results()
        .forEach(id -> names.add(id.group()));
    return names;
  }
}
