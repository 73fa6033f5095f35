package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and deletes up to 25 items, without conditions.
 *
 * @param puts the items to write
 * @param deletes the keys of the items to delete
 */
public record BatchWriteItem(
    String table,
    List<? extends Map<String, ? extends @Nullable Object>> puts,
    List<? extends Map<String, ? extends @Nullable Object>> deletes)
    implements Request<BatchWriteItem.Response> {

  /**
   * A response.
   *
   * @param puts the items to write again
   * @param deletes the keys to delete again
   * @param units consumed write units
   */
  public record Response(
      List<Map<String, @Nullable Object>> puts,
      List<Map<String, @Nullable Object>> deletes,
      double units) {}

  @Override
  public String operation() {
    return "BatchWriteItem";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("RequestItems");
    json.writeArrayFieldStart(table);
    write(json, "PutRequest", "Item", puts);
    write(json, "DeleteRequest", "Key", deletes);
    json.writeEndArray();
    json.writeEndObject();
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  private static void write(
      JsonGenerator json,
      String kind,
      String part,
      List<? extends Map<String, ? extends @Nullable Object>> all)
      throws IOException {
    for (Map<String, ? extends @Nullable Object> one : all) {
      json.writeStartObject();
      json.writeObjectFieldStart(kind);
      json.writeFieldName(part);
      Attributes.write(json, one);
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  @Override
  public Response read(JsonParser json) throws IOException {
    List<Map<String, @Nullable Object>> unwritten = new ArrayList<>();
    List<Map<String, @Nullable Object>> undeleted = new ArrayList<>();
    double[] units = new double[1];
    Responses.fields(
        json,
        name -> {
          switch (name) {
            case "UnprocessedItems" ->
                Responses.fields(json, tableName -> readWrites(json, unwritten, undeleted));
            case "ConsumedCapacity" -> units[0] = Responses.units(json);
            default -> json.skipChildren();
          }
        });
    return new Response(unwritten, undeleted, units[0]);
  }

  private static void readWrites(
      JsonParser json,
      List<Map<String, @Nullable Object>> unwritten,
      List<Map<String, @Nullable Object>> undeleted)
      throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Responses.fields(
          json,
          kind -> {
            List<Map<String, @Nullable Object>> all =
                kind.equals("PutRequest") ? unwritten : undeleted;
            Responses.fields(json, part -> all.add(Attributes.read(json)));
          });
    }
  }
}
