package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes up to 25 items, without conditions. The response lists the items to write again. */
public record BatchPutItems(
    String table, List<? extends Map<String, ? extends @Nullable Object>> items)
    implements Request<List<Map<String, @Nullable Object>>> {

  @Override
  public String operation() {
    return "BatchWriteItem";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("RequestItems");
    json.writeArrayFieldStart(table);
    for (Map<String, ? extends @Nullable Object> item : items) {
      json.writeStartObject();
      json.writeObjectFieldStart("PutRequest");
      json.writeFieldName("Item");
      Attributes.write(json, item);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public List<Map<String, @Nullable Object>> read(JsonParser json) throws IOException {
    List<Map<String, @Nullable Object>> unprocessed = new ArrayList<>();
    Responses.fields(
        json,
        name -> {
          if (name.equals("UnprocessedItems")) {
            Responses.fields(json, tableName -> readWrites(json, unprocessed));
          } else {
            json.skipChildren();
          }
        });
    return unprocessed;
  }

  private static void readWrites(JsonParser json, List<Map<String, @Nullable Object>> items)
      throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Responses.fields(
          json, put -> Responses.fields(json, item -> items.add(Attributes.read(json))));
    }
  }
}
