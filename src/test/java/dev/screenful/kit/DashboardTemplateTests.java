package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import dev.screenful.screens.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the dashboard of {@code template.yaml}, with the files that the build has written. */
abstract class DashboardTemplateTests extends LiveTemplateTests {

  private static final String NAMESPACE = "Shop/prod";

  private static final List<String> GRAPHS =
      List.of(
          "Requests, errors by code",
          "Duration, in ms",
          "Most items and trips",
          "Largest response, in bytes",
          "Dollars a day");

  private static JsonNode widgets(JsonNode resources) {
    try {
      return new ObjectMapper()
          .readTree(resources.at("/ScreensDashboard/Properties/DashboardBody").asText())
          .get("widgets");
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static List<String> types(JsonNode widgets) {
    List<String> types = new ArrayList<>();
    widgets.forEach(widget -> types.add(widget.get("type").asText()));
    return types;
  }

  /** SAM looks for them in objects, and in objects of a list, but not in lists of a list. */
  private static List<String> includes(JsonNode part) {
    List<String> includes = new ArrayList<>();
    part.properties()
        .forEach(field -> {
          if (field.getKey().equals("Fn::Transform")) {
            includes.add(field.getValue().at("/Parameters/Location").asText());
          } else if (field.getValue().isObject()) {
            includes.addAll(includes(field.getValue()));
          } else {
            field.getValue().forEach(element -> includes.addAll(includes(element)));
          }
        });
    return includes;
  }

  /**
   * Otherwise CloudFormation gets a local path.
   *
   * @see <a
   *     href="https://github.com/aws/aws-sam-cli/blob/develop/samcli/lib/package/artifact_exporter.py">
   *     _export_global_artifacts</a>
   */
  @Test
  void sam_finds_the_included_files_and_uploads_them() {
    assertThat(includes(Template.read()))
        .containsExactly("target/dashboard/overview.json", "target/dashboard/screens.json");
  }

  @ParameterizedTest
  @CsvSource({
    "managed,on,on,on,''",
    "managed,on,off,off,''",
    "managed,off,on,on,Shop/prod",
    "custom,on,on,off,Shop/prod",
    "custom,on,off,on,Shop/prod",
    "custom,off,off,off,''"
  })
  void the_dashboard_begins_with_all_alarms_and_names_only_what_exists(
      String packaging, String alarms, String live, String quiet, String namespace) {
    JsonNode chosen =
        new ResolvedTemplate(
                Map.of(
                    "Packaging",
                    packaging,
                    "Alarms",
                    alarms,
                    "LiveScreens",
                    live,
                    "QuietAlarm",
                    quiet,
                    "MetricsNamespace",
                    namespace))
            .resources();
    Set<String> expected = new TreeSet<>();
    for (Map.Entry<String, JsonNode> resource : chosen.properties()) {
      if (resource.getValue().get("Type").asText().equals("AWS::CloudWatch::Alarm")) {
        expected.add(resource.getKey() + ".Arn");
      }
    }
    JsonNode widgets = widgets(chosen);
    List<String> types = types(widgets);

    if (alarms.equals("on")) {
      assertThat(types.removeFirst()).isEqualTo("alarm");
      assertThat(Template.texts(widgets.at("/0/properties/alarms")))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(types).doesNotContain("alarm").startsWith("metric", "metric", "metric", "log");
    assertThat(types.size() > 4).isEqualTo(!namespace.isEmpty());
    String function = packaging.equals("managed") ? "ManagedFunction" : "CustomFunction";
    assertThat(widgets.findValues("metrics").toString())
        .contains("\"FunctionName\",\"%s\"".formatted(function));
    Set<String> known = new TreeSet<>(List.of("AWS::Region"));
    chosen.fieldNames().forEachRemaining(known::add);
    template.get("Parameters").fieldNames().forEachRemaining(known::add);
    assertThat(
            Pattern.compile("\\$\\{([^}]*)}")
                .matcher(widgets.toString())
                .results()
                .map(placeholder -> placeholder.group(1)))
        .contains("Api", "FunctionLogs")
        .isSubsetOf(known);
  }

  @Test
  void each_screen_has_a_row_with_its_budget() {
    JsonNode widgets =
        widgets(new ResolvedTemplate(Map.of("MetricsNamespace", NAMESPACE)).resources());
    assertThat(widgets).hasSizeLessThanOrEqualTo(500); // CloudWatch's limit
    int next = types(widgets).indexOf("text");
    for (Screen screen : Screen.folder(Path.of("schema/screens"))) {
      String name = screen.name();
      assertThat(widgets.get(next).at("/properties/markdown").asText()).startsWith("## " + name);
      List<JsonNode> graphs = new ArrayList<>();
      for (int graph = 1; graph <= GRAPHS.size(); graph++) {
        graphs.add(widgets.get(next + graph).get("properties"));
      }
      next += 1 + GRAPHS.size();

      assertThat(graphs).map(graph -> graph.get("title").asText()).isEqualTo(GRAPHS);
      assertThat(graphs).allSatisfy(graph -> assertThat(isOf(name, graph)).isTrue());
      List<Integer> limits = new ArrayList<>();
      graphs.forEach(graph ->
          graph
              .at("/annotations/horizontal")
              .forEach(line -> limits.add(line.get("value").asInt())));
      assertThat(limits)
          .isEqualTo(
              Budget.of(ParsedDocument.of(screen.document()))
                  .map(budget -> List.of(budget.reads(), budget.trips(), budget.bytes()))
                  .orElse(List.of()));
    }
    assertThat(next).isEqualTo(widgets.size());
  }

  /** Whether each metric of a graph is one of this screen; an expression may search for them. */
  private static boolean isOf(String screen, JsonNode graph) {
    for (JsonNode metric : graph.get("metrics")) {
      boolean isMetric =
          metric.size() == 5
              && metric.get(0).asText().equals("${MetricsNamespace}")
              && metric.get(2).asText().equals("screen")
              && metric.get(3).asText().equals(screen);
      String expression = metric.at("/0/expression").asText();
      boolean searches = expression.contains("screen=\"%s\"".formatted(screen));
      if (!isMetric && !searches && !expression.contains("PERIOD(requests)")) {
        return false;
      }
    }
    return !graph.get("metrics").isEmpty();
  }

  @Test
  void the_parameter_leaves_out_the_dashboard() {
    assertThat(new ResolvedTemplate(Map.of()).resources().has("ScreensDashboard")).isTrue();
    assertThat(new ResolvedTemplate(Map.of("Dashboard", "off")).resources().has("ScreensDashboard"))
        .isFalse();
  }
}
