package dev.screenful.telemetry;

import dev.screenful.json.Json;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structured logs, one JSON object a line, so that whatever a client sends stays inside a string
 * and can't forge a line. On Lambda what goes to standard output goes to CloudWatch Logs.
 */
public final class Log {

  private final PrintStream out;

  /** A log that writes to a stream. */
  public Log(PrintStream out) {
    this.out = out;
  }

  /** One served request; the fields keep their order. */
  public void request(Map<String, ? extends @Nullable Object> fields) {
    write("INFO", "request", fields);
  }

  /** Something that is worth a look, though the client got its answer. */
  public void warning(String event, Map<String, ? extends @Nullable Object> fields) {
    write("WARN", event, fields);
  }

  /**
   * Something unexpected, whole, for the reader of the logs: the client got no more than the
   * request id.
   */
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
