package dev.screenful.telemetry;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch metrics by screen and by app. They are part of the log entries of requests, in
 * Amazon's embedded metric format, so they need no call.
 *
 * <p>CloudWatch bills each distinct name, and clients choose the names of operations and apps. So
 * only known screens and apps appear by name; all others count as {@code other}. The log entry
 * itself has the names that the client sent.
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
   * @param namespace the CloudWatch namespace; empty for no metrics
   * @param clients the apps with metrics of their own, as {@code NAME} or {@code NAME/VERSION}
   */
  public Metrics(Optional<String> namespace, Set<String> clients, InstantSource clock) {
    this.namespace = namespace;
    this.clients = Set.copyOf(clients);
    this.clock = clock;
  }

  /** The fields that make CloudWatch read a log entry as metrics; empty without an operation. */
  public Map<String, @Nullable Object> of(RequestLogEntry entry) {
    RequestLogEntry.Operation operation = entry.operation();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (namespace.isEmpty() || operation == null) {
      return fields;
    }
    fields.put("screen", Objects.requireNonNullElse(operation.screen(), OTHER));
    fields.put("app", app(entry));
    fields.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace", namespace.get(),
                    "Dimensions", List.of(List.of("screen"), List.of("app")),
                    "Metrics", metrics(entry)))));
    return fields;
  }

  private static List<Map<String, String>> metrics(RequestLogEntry entry) {
    boolean isBatch = entry.entry() != null; // the duration is that of the whole batch
    return UNITS.entrySet().stream()
        .filter(metric -> !(metric.getKey().equals("ms") && isBatch))
        .map(metric -> Map.of("Name", metric.getKey(), "Unit", metric.getValue()))
        .toList();
  }

  private String app(RequestLogEntry entry) {
    String version = entry.client() + "/" + entry.clientVersion();
    if (clients.contains(version)) {
      return version;
    }
    String client = entry.client();
    return client != null && clients.contains(client) ? client : OTHER;
  }
}
