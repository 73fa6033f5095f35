package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The fields and queries of docs/telemetry.md, and the query of the dashboard, compared with lines
 * that requests have written.
 */
final class LogQueriesTest {

  private static final Pattern QUERY = Pattern.compile("```insights\n(.*?)```", Pattern.DOTALL);

  /** A row of the table of a request's fields; those of other tables have other cells. */
  private static final Pattern FIELD = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private static final Pattern EVENT = Pattern.compile("event = \"(\\w+)\"");
  private static final Pattern EXPRESSION = Pattern.compile("parse (\\S+) /(.*)/");
  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern ALIAS = Pattern.compile("\\bas (\\w+)|\\(\\?<(\\w+)>");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.@])@?[A-Za-z][\\w.]*");

  /** The words of the query language, with the fields of CloudWatch itself. */
  private static final Set<String> WORDS =
      Set.of(
          ("filter parse fields stats sort and or not like as by asc desc ispresent bin"
                  + " count sum avg max pct latest @timestamp @message")
              .split(" "));

  /**
   * A line of Lambda itself, from the example of its documentation.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report">
   *     platform.report</a>
   */
  private static final String REPORT =
      """
      {"time": "2022-10-12T00:01:15.000Z", "type": "platform.report", "record": {"metrics": \
      {"billedDurationMs": 694, "durationMs": 693.92, "initDurationMs": 397.68, "maxMemoryUsedMB": 84, \
      "memorySizeMB": 128}, "requestId": "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"}}\
      """;

  private static final List<JsonNode> LINES = lines();
  private static final String PAGE = page();

  /** The lines of requests with every outcome that the page asks for. */
  private static List<JsonNode> lines() {
    TinyApp open = TelemetryTest.app(Map.of("WRITES_PER_MINUTE", "1", "BATCH_LIMIT", "2"));
    Phone phone =
        open.phone()
            .from("198.51.100.2")
            .with("x-amzn-trace-id", "Root=1-5759e988-bd862e3fe1be46a994272793")
            .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    phone.ask("query Read { read }");
    phone.ask("query Text($length: Int!) { text(length: $length) }", Map.of("length", 5_600_000));
    phone.ask("{ missing down broken }");
    phone.ask("mutation { count }");
    phone.ask("mutation { count }");
    phone.with("authorization", "Bearer x").ask("{ word }");
    phone.send("[{\"query\": \"{ word }\"}, {\"query\": \"{ word }\"}]");
    TelemetryTest.unknownHash(phone);
    open.sockets().initialised();
    TinyApp closed = TelemetryTest.app(Map.of("SAFELIST", "known-screens"));
    closed.phone().ask("{ word }");
    return Stream.of(open.log().lines(), closed.log().lines(), Stream.of(REPORT))
        .flatMap(lines -> lines)
        .map(TelemetryTest::json)
        .toList();
  }

  private static String page() {
    try {
      return Files.readString(Path.of("docs/telemetry.md"));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  /** The queries of the page, and that of the dashboard. */
  private static List<String> queries() {
    return Stream.concat(
            QUERY.matcher(PAGE).results().map(query -> query.group(1)), Stream.of(ofDashboard()))
        .toList();
  }

  /** The query without the log group that it names, and with the default of the parameter. */
  private static String ofDashboard() {
    try {
      JsonNode file =
          TelemetryTest.json(Files.readString(Path.of("target/dashboard/overview.json")));
      JsonNode widgets = TelemetryTest.json("[" + file.at("/Fn::Sub/0").asText() + "]");
      String query = widgets.findValue("query").asText();
      assertThat(query).startsWith("SOURCE '${FunctionLogs}' | ");
      return query.substring(query.indexOf('|') + 1).replace("${MemorySize}", "1024");
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }

  /** The lines that a query may select. */
  private static List<JsonNode> selected(String query) {
    List<String> events = EVENT.matcher(query).results().map(event -> event.group(1)).toList();
    if (query.contains("type = \"platform.report\"")) {
      return LINES.stream().filter(line -> line.has("type")).toList();
    }
    return LINES.stream()
        .filter(line -> events.isEmpty() || events.contains(line.path("event").asText()))
        .toList();
  }

  /** The fields of a line as Logs Insights names them, such as {@code over.trips}. */
  private static Stream<String> fields(String path, JsonNode value) {
    return value.isObject()
        ? value.properties().stream()
            .flatMap(field ->
                fields((path.isEmpty() ? "" : path + ".") + field.getKey(), field.getValue()))
        : Stream.of(path);
  }

  private static Set<String> used(String query) {
    Set<String> aliases =
        ALIAS
            .matcher(query)
            .results()
            .map(alias -> alias.group(1) == null ? alias.group(2) : alias.group(1))
            .collect(Collectors.toSet());
    String plain = EXPRESSION.matcher(query).replaceAll("parse $1");
    return NAME.matcher(STRING.matcher(plain).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name) && !aliases.contains(name))
        .collect(Collectors.toSet());
  }

  @Test
  void each_field_of_a_query_exists_in_the_lines_that_it_selects() {
    assertThat(queries()).hasSizeGreaterThanOrEqualTo(10);
    for (String query : queries()) {
      Set<String> written =
          selected(query).stream().flatMap(line -> fields("", line)).collect(Collectors.toSet());

      assertThat(used(query)).as(query).isNotEmpty().isSubsetOf(written);
    }
  }

  @Test
  void each_expression_of_a_query_finds_a_part_of_a_line() {
    int expressions = 0;
    for (String query : queries()) {
      for (MatchResult parse : EXPRESSION.matcher(query).results().toList()) {
        Pattern pattern = Pattern.compile(parse.group(2));
        assertThat(selected(query))
            .as(query)
            .map(line ->
                parse.group(1).equals("@message")
                    ? line.toString()
                    : line.path(parse.group(1)).asText())
            .anyMatch(text -> pattern.matcher(text).find());
        expressions++;
      }
    }
    assertThat(expressions).isEqualTo(3);
  }

  @Test
  void the_page_lists_the_fields_of_a_request_line() {
    int start = PAGE.indexOf("## The request line");
    String section = PAGE.substring(start, PAGE.indexOf("## Other lines"));
    Set<String> listed =
        FIELD
            .matcher(section)
            .results()
            .map(field -> field.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> written = new TreeSet<>();
    LINES.stream()
        .filter(line -> line.path("event").asText().equals("request"))
        .forEach(line -> line.fieldNames().forEachRemaining(written::add));
    written.removeAll(Set.of("level", "event"));

    assertThat(listed).isEqualTo(written);
  }
}
