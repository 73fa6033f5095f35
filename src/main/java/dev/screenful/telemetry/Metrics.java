package dev.screenful.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.screenful.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CloudWatch metrics by screen and by app. They are part of the log entries of requests, in
 * Amazon's embedded metric format, so they need no call.
 *
 * <p>CloudWatch bills each distinct name, and clients choose the names of operations and apps. So
 * only known screens and apps appear by name; all others count as {@code other}. The log entry
 * itself has the names that the client sent. The codes of errors are those of the engine and of the
 * app, which clients can't choose.
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

  private static final List<Map<String, String>> OF_REQUEST = definitions(UNITS.keySet());

  private static final List<Map<String, String>> OF_BATCH =
      definitions(
          UNITS.keySet().stream().filter(name -> !name.equals("ms")).collect(Collectors.toSet()));

  private static List<Map<String, String>> definitions(Set<String> names) {
    return names.stream()
        .map(name -> Map.of("Name", name, "Unit", Objects.requireNonNull(UNITS.get(name))))
        .toList();
  }

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

  /** The name under which a request counts; null without metrics for an unknown document. */
  @Nullable String screen(RequestLogEntry entry) {
    String screen = entry.operation() == null ? null : entry.operation().screen();
    return screen == null && namespace.isPresent() ? OTHER : screen;
  }

  /**
   * Writes the other fields that make CloudWatch read a log entry as metrics; none without an
   * operation.
   */
  void write(RequestLogEntry entry, JsonGenerator json) throws IOException {
    RequestLogEntry.Operation operation = entry.operation();
    if (namespace.isEmpty() || operation == null) {
      return;
    }
    json.writeStringField("app", app(entry));
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", clock.millis());
    json.writeFieldName("CloudWatchMetrics");
    Map<String, Integer> counts = counts(entry, operation);
    List<Map<String, Object>> directives = new ArrayList<>();
    directives.add(directive(List.of(List.of("screen"), List.of("app")), metrics(entry)));
    if (!counts.isEmpty()) {
      directives.add(directive(List.of(List.of("screen")), counted(counts.keySet())));
    }
    Json.write(json, directives);
    json.writeEndObject();
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
  }

  private Map<String, Object> directive(
      List<List<String>> dimensions, List<Map<String, String>> metrics) {
    return Map.of(
        "Namespace", namespace.orElseThrow(), "Dimensions", dimensions, "Metrics", metrics);
  }

  /** The errors and cold starts of a request, by the names of their metrics. */
  private static Map<String, Integer> counts(
      RequestLogEntry entry, RequestLogEntry.Operation operation) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    operation.errors().forEach((code, count) -> counts.put("error." + code, count));
    if (entry.trace().coldStart()) {
      counts.put("coldStarts", 1);
    }
    return counts;
  }

  private static List<Map<String, String>> counted(Set<String> names) {
    return names.stream().map(name -> Map.of("Name", name, "Unit", "Count")).toList();
  }

  private static List<Map<String, String>> metrics(RequestLogEntry entry) {
    boolean isBatch = entry.entry() != null; // the duration is that of the whole batch
    return isBatch ? OF_BATCH : OF_REQUEST;
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
