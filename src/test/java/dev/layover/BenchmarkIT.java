package dev.layover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.RequiredTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** A short run of the benchmark, so that it keeps working. Its figures mean nothing. */
final class BenchmarkIT {

  private static final Path REPORT = Path.of("target/bench/report");

  @Test
  void all_contestants_answer_equally_and_the_report_has_all_tables() throws Exception {
    RequiredTools.needBenchmark();

    RequiredTools.Run run =
        RequiredTools.run(
            List.of(
                "node",
                "src/bench/bench.mjs",
                "java=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                "classpath=" + System.getProperty("java.class.path"),
                "rounds=1",
                "requests=30",
                "smoke=yes",
                "report=" + REPORT));

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output())
        .contains(
            "All answers are equal: Apollo Server; GraphQL Yoga; Apollo Server, items cached; Screenful, managed runtime; ");
    String report = Files.readString(REPORT.resolve("performance.md"));
    assertThat(rows(report, "## Cold start"))
        .anyMatch(row -> row.matches("\\| Apollo Server \\| [\\d,.]+ \\| [\\d,.]+ \\| 1.00 \\|.*"))
        .anyMatch(row -> row.matches("\\| Screenful, managed runtime \\| [\\d,.]+ \\| .*"));
    for (String requests :
        List.of(
            "`Home`, first 50 requests",
            "`Home`, warm",
            "`AirportBoard`, warm",
            "`FlightDetail`, warm")) {
      assertThat(rows(report, "### " + requests))
          .as(requests)
          .hasSizeGreaterThanOrEqualTo(8)
          .anyMatch(row -> row.matches("\\| Screenful, managed runtime \\| [\\d,.]+ \\| .*"));
    }
    assertThat(rows(report, "## Targets")).anyMatch(row -> row.endsWith("reached |"));
    assertThat(rows(report, "## After a restore")).hasSize(6);
    assertThat(rows(report, "## Memory")).hasSizeGreaterThanOrEqualTo(8);
    assertThat(rows(report, "## Growth")).anyMatch(row -> row.contains("50 flights"));
    assertThat(rows(report, "## Inside"))
        .anyMatch(row -> row.startsWith("| `ScreenBenchmark.open` | Home |"))
        .anyMatch(row -> row.startsWith("| `CallBenchmark.batchGetItem` | memory |"));
    assertThat(rows(report, "## Where the time goes"))
        .filteredOn(row -> row.matches("\\| .+ \\| [\\d.]+ % \\|"))
        .hasSizeGreaterThan(2); // which libraries depends on the few samples of a short run
    assertThat(rows(report, "## Where the time goes"))
        .anyMatch(row -> row.matches("\\| first request \\| [\\d,.]+ \\|"));
    for (String picture : List.of("cold.svg", "warm.svg")) {
      assertThat(text(REPORT.resolve("images").resolve(picture)))
          .contains("Apollo Server", "Screenful, managed runtime");
    }
  }

  @Test
  void a_different_answer_stops_the_benchmark() throws IOException, InterruptedException {
    RequiredTools.needBenchmark();

    RequiredTools.Run run =
        RequiredTools.run(List.of("node", "--test", "src/bench/test/measure.test.mjs"));

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("# pass 6");
  }

  /** The rows of the tables in a section, including their heads. */
  private static List<String> rows(String report, String heading) {
    int start = report.indexOf("\n" + heading);
    assertThat(start).as(heading).isPositive();
    int end = report.indexOf("\n" + heading.substring(0, heading.indexOf(' ') + 1), start + 1);
    String section = end < 0 ? report.substring(start) : report.substring(start, end);
    return section.lines().filter(line -> line.startsWith("|")).toList();
  }

  private static String text(Path svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(svg.toFile())
        .getDocumentElement()
        .getTextContent();
  }
}
