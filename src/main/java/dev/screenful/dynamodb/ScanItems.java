package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table page by page, strongly consistently.
 *
 * @param startKey the {@link ItemPage#lastKey} of the previous page; null for the first page
 * @param limit the maximum number of items
 */
public record ScanItems(
    String table, @Nullable Map<String, ? extends @Nullable Object> startKey, int limit)
    implements Request<ItemPage> {

  @Override
  public String operation() {
    return "Scan";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    if (startKey != null) {
      json.writeFieldName("ExclusiveStartKey");
      Attributes.write(json, startKey);
    }
    json.writeBooleanField("ConsistentRead", true);
    json.writeNumberField("Limit", limit);
    json.writeEndObject();
  }

  @Override
  public ItemPage read(JsonParser json) throws IOException {
    return ItemPage.read(json);
  }
}
