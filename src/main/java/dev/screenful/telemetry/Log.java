package dev.screenful.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.screenful.json.Json;
import java.io.IOException;
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

  /** Logs a request, with its metrics. */
  public void request(RequestLogEntry entry, Metrics metrics) {
    write(
        "INFO",
        "request",
        json -> {
          entry.write(metrics.screen(entry), json);
          metrics.write(entry, json);
        });
  }

  /** Logs an event that needs no attention. */
  public void info(String event, Map<String, ? extends @Nullable Object> fields) {
    write("INFO", event, json -> write(fields, json));
  }

  /** Logs an event that needs attention, although the client got its response. */
  public void warning(String event, Map<String, ? extends @Nullable Object> fields) {
    write("WARN", event, json -> write(fields, json));
  }

  /** Logs an unexpected failure with its stack trace. The client gets only the request id. */
  public void failure(String requestId, String where, Throwable failure) {
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("requestId", requestId);
    fields.put("where", where);
    fields.put("failure", stack.toString());
    write("ERROR", "failure", json -> write(fields, json));
  }

  private static void write(Map<String, ? extends @Nullable Object> fields, JsonGenerator json)
      throws IOException {
    for (Map.Entry<String, ? extends @Nullable Object> field : fields.entrySet()) {
      json.writeFieldName(field.getKey());
      Json.write(json, field.getValue());
    }
  }

  private void write(String level, String event, Json.Parts fields) {
    byte[] line =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("level", level);
          json.writeStringField("event", event);
          fields.write(json);
          json.writeEndObject();
          json.writeRaw(System.lineSeparator());
        });
    out.write(line, 0, line.length); // at once, so that lines of other threads stay apart
    out.flush();
  }
}
