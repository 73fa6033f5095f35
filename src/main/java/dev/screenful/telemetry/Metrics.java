package dev.screenful.telemetry;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch metrics by screen and by app, taken from the log lines of requests: a line that
 * carries a specification in Amazon's embedded metric format becomes metrics without a call.
 *
 * <p>CloudWatch bills for each distinct name. Operations and clients are named by whoever sends
 * them, so only known screens and apps have a name in the metrics, and all others are {@code
 * other}. The line itself has the names as they were sent.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class Metrics {

  private static final String OTHER = "other";

  private static final Map<String, String> UNITS =
      Map.of(
          "ms", "Milliseconds",
          "bytes", "Bytes",
          "items", "Count",
          "trips", "Count",
          "readUnits", "None",
          "writeUnits", "None");

  private final Optional<String> namespace;
  private final Set<String> clients;
  private final InstantSource clock;

  /**
   * Metrics of a deployment.
   *
   * @param namespace where they go; empty for nowhere
   * @param clients the apps that have a name, as {@code NAME} or {@code NAME/VERSION}
   */
  public Metrics(Optional<String> namespace, Set<String> clients, InstantSource clock) {
    this.namespace = namespace;
    this.clients = Set.copyOf(clients);
    this.clock = clock;
  }

  /** A request's line, with what makes CloudWatch take its numbers as metrics. */
  public Map<String, @Nullable Object> measured(Map<String, @Nullable Object> line) {
    if (namespace.isEmpty() || !line.containsKey("outcome")) { // nothing was asked, as by OPTIONS
      return line;
    }
    Map<String, @Nullable Object> measured = new LinkedHashMap<>(line);
    measured.put("screen", line.get("screen") == null ? OTHER : line.get("screen"));
    measured.put("app", app(line));
    measured.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace", namespace.get(),
                    "Dimensions", List.of(List.of("screen"), List.of("app")),
                    "Metrics", metrics(line)))));
    return measured;
  }

  private static List<Map<String, String>> metrics(Map<String, @Nullable Object> line) {
    return UNITS.entrySet().stream()
        .filter(metric -> !(metric.getKey().equals("ms") && line.containsKey("entry"))) // a batch's
        .map(metric -> Map.of("Name", metric.getKey(), "Unit", metric.getValue()))
        .toList();
  }

  private String app(Map<String, @Nullable Object> line) {
    String version = known(line.get("client") + "/" + line.get("clientVersion"), clients);
    return version.equals(OTHER) ? known(line.get("client"), clients) : version;
  }

  private static String known(@Nullable Object name, Set<String> known) {
    return name instanceof String text && known.contains(text) ? text : OTHER;
  }
}
