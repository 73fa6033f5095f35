package dev.screenful.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.screenful.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log entry of one GraphQL request. All strings from the client are already truncated.
 *
 * @param requestId identifies the HTTP request
 * @param trace connects the entry with other records of the request
 * @param client the app's name, as its client sent it
 * @param clientVersion the app's version, as its client sent it
 * @param caller the id of a signed-in caller
 * @param refused why the token was rejected; null if it was not
 * @param entry the index in a batch; null outside of a batch
 * @param operation the executed operation; null if the HTTP request had none, such as a preflight
 * @param status the HTTP status
 * @param millis the duration of the HTTP request
 */
public record RequestLogEntry(
    String requestId,
    InvocationTrace trace,
    @Nullable String client,
    @Nullable String clientVersion,
    @Nullable String caller,
    @Nullable String refused,
    @Nullable Integer entry,
    @Nullable Operation operation,
    int status,
    long millis) {

  /**
   * The part of an entry about the operation.
   *
   * @param name its name; null for an anonymous operation, or if nothing ran
   * @param screen the known screen; null for an unknown document
   * @param variables the variables that the screen allows to log
   * @param outcome whether it was executed
   * @param errors the codes of the response's errors, with their counts
   * @param items items read from the store
   * @param trips calls to the store
   * @param readUnits read units, as reported by DynamoDB
   * @param writeUnits write units, as reported by DynamoDB
   * @param bytes the size of the response before compression
   */
  public record Operation(
      @Nullable String name,
      @Nullable String screen,
      Map<String, ? extends @Nullable Object> variables,
      String outcome,
      Map<String, Integer> errors,
      int items,
      int trips,
      double readUnits,
      double writeUnits,
      int bytes) {

    private void write(@Nullable String loggedScreen, JsonGenerator json) throws IOException {
      json.writeStringField("operation", name);
      json.writeStringField("screen", loggedScreen);
      if (!variables.isEmpty()) {
        json.writeFieldName("variables");
        Json.write(json, variables);
      }
      json.writeStringField("outcome", outcome);
      if (!errors.isEmpty()) {
        json.writeFieldName("errors");
        Json.write(json, errors);
      }
      json.writeNumberField("items", items);
      json.writeNumberField("trips", trips);
      json.writeNumberField("readUnits", readUnits);
      json.writeNumberField("writeUnits", writeUnits);
      json.writeNumberField("bytes", bytes);
    }
  }

  /**
   * Writes the fields of the JSON object, in order.
   *
   * @param loggedScreen the screen's name, as {@link Metrics#screen} sets it
   */
  void write(@Nullable String loggedScreen, JsonGenerator json) throws IOException {
    json.writeStringField("requestId", requestId);
    for (Map.Entry<String, Object> field : trace.fields().entrySet()) {
      json.writeFieldName(field.getKey());
      Json.write(json, field.getValue());
    }
    json.writeStringField("client", client);
    json.writeStringField("clientVersion", clientVersion);
    json.writeStringField("caller", caller);
    if (refused != null) {
      json.writeStringField("refused", refused);
    }
    if (entry != null) {
      json.writeNumberField("entry", entry);
    }
    if (operation != null) {
      operation.write(loggedScreen, json);
    }
    json.writeNumberField("status", status);
    json.writeNumberField("ms", millis);
  }
}
