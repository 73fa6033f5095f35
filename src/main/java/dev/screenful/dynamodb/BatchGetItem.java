package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads up to 100 items of a table.
 *
 * @param projection the attributes to read; null for all
 */
public record BatchGetItem(
    String table,
    List<? extends Map<String, ? extends @Nullable Object>> keys,
    @Nullable String projection,
    Expressions expressions,
    boolean consistent)
    implements Request<BatchGetItem.Response> {

  /**
   * The response.
   *
   * @param items the items that were found, in no order
   * @param unprocessed the keys to request again
   * @param units consumed read units
   */
  public record Response(
      List<Map<String, @Nullable Object>> items,
      List<Map<String, @Nullable Object>> unprocessed,
      double units) {}

  @Override
  public String operation() {
    return "BatchGetItem";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("RequestItems");
    json.writeObjectFieldStart(table);
    json.writeArrayFieldStart("Keys");
    for (Map<String, ? extends @Nullable Object> key : keys) {
      Attributes.write(json, key);
    }
    json.writeEndArray();
    if (projection != null) {
      json.writeStringField("ProjectionExpression", projection);
    }
    expressions.write(json);
    json.writeBooleanField("ConsistentRead", consistent);
    json.writeEndObject();
    json.writeEndObject();
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  @Override
  public Response read(JsonParser json) throws IOException {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    List<Map<String, @Nullable Object>> unprocessed = new ArrayList<>();
    double[] units = new double[1];
    Responses.fields(
        json,
        name -> {
          switch (name) {
            case "Responses" ->
                Responses.fields(json, tableName -> items.addAll(Attributes.readAll(json)));
            case "UnprocessedKeys" ->
                Responses.fields(
                    json,
                    tableName ->
                        Responses.fields(
                            json,
                            part -> {
                              if (part.equals("Keys")) {
                                unprocessed.addAll(Attributes.readAll(json));
                              } else {
                                json.skipChildren();
                              }
                            }));
            case "ConsumedCapacity" -> units[0] = Responses.units(json);
            default -> json.skipChildren();
          }
        });
    return new Response(items, unprocessed, units[0]);
  }
}
