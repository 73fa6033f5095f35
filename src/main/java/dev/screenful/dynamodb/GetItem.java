package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one item.
 *
 * @param projection the attributes to read; null for all
 */
public record GetItem(
    String table,
    Map<String, ? extends @Nullable Object> key,
    @Nullable String projection,
    Expressions expressions,
    boolean consistent)
    implements Request<GetItem.Response> {

  /**
   * The response.
   *
   * @param item null if there is none under the key
   * @param units consumed read units
   */
  public record Response(@Nullable Map<String, @Nullable Object> item, double units) {}

  @Override
  public String operation() {
    return "GetItem";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    json.writeFieldName("Key");
    Attributes.write(json, key);
    if (projection != null) {
      json.writeStringField("ProjectionExpression", projection);
    }
    expressions.write(json);
    json.writeBooleanField("ConsistentRead", consistent);
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  @Override
  public Response read(JsonParser json) throws IOException {
    class Fields {
      @Nullable Map<String, @Nullable Object> item;
      double units;
    }
    Fields fields = new Fields();
    Responses.fields(
        json,
        name -> {
          switch (name) {
            case "Item" -> fields.item = Attributes.read(json);
            case "ConsumedCapacity" -> fields.units = Responses.units(json);
            default -> json.skipChildren();
          }
        });
    return new Response(fields.item, fields.units);
  }
}
