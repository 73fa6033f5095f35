package dev.screenful.telemetry;

import dev.screenful.json.Json;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structured log with one JSON object on each line. Client input stays inside JSON strings, so it
 * can't forge a line. Lambda forwards standard output to CloudWatch Logs.
 */
public final class Log {

  private final PrintStream out;

  /** A log that writes to a stream. */
  public Log(PrintStream out) {
    this.out = out;
  }

  /**
   * Logs a request.
   *
   * @param metrics the fields of {@link Metrics#of} for this entry
   */
  public void request(RequestLogEntry entry, Map<String, ? extends @Nullable Object> metrics) {
    Map<String, @Nullable Object> fields = entry.fields();
    fields.putAll(metrics);
    write("INFO", "request", fields);
  }

  /** Logs an event that needs attention, although the client got its response. */
  public void warning(String event, Map<String, ? extends @Nullable Object> fields) {
    write("WARN", event, fields);
  }

  /** Logs an unexpected failure with its stack trace. The client gets only the request id. */
  public void failure(String requestId, String where, Throwable failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("requestId", requestId);
    fields.put("where", where);
    fields.put("failure", stack.toString());
    write("ERROR", "failure", fields);
  }

  private void write(String level, String event, Map<String, ? extends @Nullable Object> fields) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("level", level);
    line.put("event", event);
    line.putAll(fields);
    out.println(Json.text(line));
  }
}
