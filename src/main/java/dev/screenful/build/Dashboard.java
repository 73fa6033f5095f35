package dev.screenful.build;

import dev.screenful.document.Budget;
import dev.screenful.document.ParsedDocument;
import dev.screenful.json.Json;
import dev.screenful.screens.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the widgets of a CloudWatch dashboard, which {@code template.yaml} includes: {@code
 * overview.json} needs only the metrics of AWS and the log, {@code screens.json} the metrics by
 * screen. Each file is one {@code Fn::Sub} of CloudFormation, so that it can name resources and
 * parameters of the template.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">
 *     Dashboard body</a>
 */
final class Dashboard {

  /** CloudWatch's limit is 500, and {@code template.yaml} and the overview have five. */
  private static final int MAX_WIDGETS = 500 - 5;

  private static final int WIDGETS_OF_SCREEN = 6;

  /** The columns of the dashboard. */
  private static final int WIDTH = 24;

  /** The parameter of the template, in MB. */
  private static final String MEMORY = "${MemorySize}";

  private final List<Screen> screens;
  private final Prices prices;

  private Dashboard(List<Screen> screens, Prices prices) {
    this.screens = screens;
    this.prices = prices;
  }

  /** Writes the files for a schema folder. */
  static void write(Path schemaFolder, Path folder) throws IOException {
    Path output = Files.createDirectories(folder);
    Dashboard dashboard =
        new Dashboard(Screen.folder(schemaFolder.resolve("screens")), Prices.read());
    Files.write(output.resolve("overview.json"), Json.bytes(dashboard.overview()));
    Files.write(output.resolve("screens.json"), Json.bytes(dashboard.rows()));
  }

  private Map<String, Object> overview() {
    List<String> widgets =
        List.of(
            graph(
                "Requests, and those with status 4xx and 5xx",
                WIDTH / 3,
                List.of(api("Count", "Sum"), api("4xx", "Sum"), api("5xx", "Sum")),
                List.of()),
            graph(
                "Latency of the API, in ms",
                WIDTH / 3,
                List.of(api("Latency", "p50"), api("Latency", "p99")),
                List.of()),
            graph(
                "Busy instances, and refused invocations",
                WIDTH / 3,
                List.of(function("ConcurrentExecutions", "Maximum"), function("Throttles", "Sum")),
                List.of()),
            widget(
                "log",
                WIDTH,
                10,
                object(
                    "title",
                    "Screens in the shown time, at first one day. A row without a name is that of unknown documents.",
                    "region",
                    "${AWS::Region}",
                    "view",
                    "table",
                    "query",
                    query())));
    Object name =
        object(
            "Fn::If",
            List.of(
                "IsManaged", object("Ref", "ManagedFunction"), object("Ref", "CustomFunction")));
    return object("Fn::Sub", List.of(String.join(",", widgets), object("FunctionName", name)));
  }

  /** The query of a row for each screen, from the request lines of the log. */
  private String query() {
    return """
    SOURCE '${FunctionLogs}' | filter event = "request" and ispresent(outcome)
    | parse @message /"errors":\\{(?<codes>[^}]*)\\}/
    | fields %s as cost
    | stats count(*) as requests, count(codes) as failed, pct(ms, 50) as p50, pct(ms, 99) as p99, \
    avg(items) as meanItems, avg(trips) as meanTrips, avg(bytes) as meanBytes, sum(cost) as dollars by screen
    | sort dollars desc\
    """
        .formatted(prices.expression("1", MEMORY));
  }

  /** A row of widgets for each screen, as far as CloudWatch allows. Each begins with a comma. */
  private Map<String, Object> rows() {
    int rows = Math.min(screens.size(), (MAX_WIDGETS - 1) / WIDGETS_OF_SCREEN);
    List<String> widgets = new ArrayList<>();
    screens.subList(0, rows).forEach(screen -> widgets.addAll(row(screen)));
    if (rows < screens.size()) {
      widgets.add(
          text(
              WIDTH,
              "%d more screens are only in the table above, because a dashboard has at most 500 widgets."
                  .formatted(screens.size() - rows)));
    }
    return object(
        "Fn::Sub", widgets.stream().map(widget -> "," + widget).collect(Collectors.joining()));
  }

  private List<String> row(Screen screen) {
    String name = screen.name();
    Optional<Budget> budget = Budget.of(ParsedDocument.of(screen.document()));
    int width = WIDTH / WIDGETS_OF_SCREEN;
    return List.of(
        text(
            width,
            "## %s\n%s\n\n%s"
                .formatted(name, ScreensPage.description(screen.document()), text(budget))),
        graph(
            "Requests, errors by code",
            width,
            List.of(
                metric(name, "bytes", "SampleCount", "label", "requests"),
                List.of(
                    object(
                        "expression",
                        "SEARCH('{\"${MetricsNamespace}\",screen} MetricName=error screen=\"%s\"', 'Sum')"
                            .formatted(name),
                        "label",
                        ""))), // so that the legend is the name of the metric
            List.of()),
        graph(
            "Duration, in ms",
            width,
            List.of(
                metric(name, "ms", "p50", "label", "p50"),
                metric(name, "ms", "p99", "label", "p99")),
            List.of()),
        graph(
            "Most items and trips",
            width,
            List.of(metric(name, "items", "Maximum"), metric(name, "trips", "Maximum")),
            budget
                .map(limit -> List.of(line("items", limit.reads()), line("trips", limit.trips())))
                .orElse(List.of())),
        graph(
            "Largest response, in bytes",
            width,
            List.of(metric(name, "bytes", "Maximum")),
            budget.map(limit -> List.of(line("bytes", limit.bytes()))).orElse(List.of())),
        graph(
            "Dollars a day",
            width,
            List.of(
                List.of(
                    object(
                        "expression",
                        "86400 / PERIOD(requests) * " + prices.expression("requests", MEMORY),
                        "label",
                        "dollars a day")),
                ofExpression(name, "bytes", "SampleCount", "requests"),
                ofExpression(name, "readUnits", "Sum", "readUnits"),
                ofExpression(name, "writeUnits", "Sum", "writeUnits"),
                ofExpression(name, "ms", "Sum", "ms"),
                ofExpression(name, "bytes", "Sum", "bytes")),
            List.of()));
  }

  private static String text(Optional<Budget> budget) {
    return budget
        .map(limit ->
            "Budget: %d bytes, %d items, %d trips"
                .formatted(limit.bytes(), limit.reads(), limit.trips()))
        .orElse("No budget");
  }

  /** A line across a graph, at a limit of the budget. */
  private static Map<String, Object> line(String figure, int value) {
    return object("label", "budget of " + figure, "value", value);
  }

  private static List<Object> api(String metric, String statistic) {
    return List.of("AWS/ApiGateway", metric, "ApiId", "${Api}", object("stat", statistic));
  }

  private static List<Object> function(String metric, String statistic) {
    return List.of(
        "AWS/Lambda", metric, "FunctionName", "${FunctionName}", object("stat", statistic));
  }

  /** A metric of a screen, as {@link dev.screenful.telemetry.Metrics} writes it. */
  private static List<Object> metric(
      String screen, String name, String statistic, Object... options) {
    Map<String, Object> all = object(options);
    all.put("stat", statistic);
    return List.of("${MetricsNamespace}", name, "screen", screen, all);
  }

  /** A metric that is not drawn, but part of an expression under this id. */
  private static List<Object> ofExpression(
      String screen, String name, String statistic, String id) {
    return metric(screen, name, statistic, "id", id, "visible", false);
  }

  private static String graph(
      String title, int width, List<List<Object>> metrics, List<Map<String, Object>> limits) {
    Map<String, Object> properties =
        object("title", title, "region", "${AWS::Region}", "period", 300, "metrics", metrics);
    if (!limits.isEmpty()) {
      properties.put("annotations", object("horizontal", limits));
    }
    return widget("metric", width, 6, properties);
  }

  /**
   * A text of the app may contain a dollar sign and a brace, which CloudFormation must not replace.
   */
  private static String text(int width, String markdown) {
    return widget("text", width, 6, object("markdown", markdown)).replace("$", "\\u0024");
  }

  private static String widget(String type, int width, int height, Map<String, Object> properties) {
    return Json.text(
        object("type", type, "width", width, "height", height, "properties", properties));
  }

  /** An object with the same order in each build. */
  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }
}
