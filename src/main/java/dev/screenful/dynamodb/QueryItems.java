package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries a partition of a table or an index, in the order of the sort key.
 *
 * @param index null for the table
 * @param projection the attributes to read; null for all
 * @param startKey the {@link ItemPage#lastKey} of the previous page; null for the first page
 * @param descending whether the greatest sort key is the first
 * @param limit the maximum number of items
 */
public record QueryItems(
    String table,
    @Nullable String index,
    String keyCondition,
    @Nullable String projection,
    Expressions expressions,
    @Nullable Map<String, ? extends @Nullable Object> startKey,
    boolean consistent,
    boolean descending,
    int limit)
    implements Request<ItemPage> {

  @Override
  public String operation() {
    return "Query";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    if (index != null) {
      json.writeStringField("IndexName", index);
    }
    json.writeStringField("KeyConditionExpression", keyCondition);
    if (projection != null) {
      json.writeStringField("ProjectionExpression", projection);
    }
    expressions.write(json);
    if (startKey != null) {
      json.writeFieldName("ExclusiveStartKey");
      Attributes.write(json, startKey);
    }
    json.writeBooleanField("ConsistentRead", consistent);
    if (descending) {
      json.writeBooleanField("ScanIndexForward", false);
    }
    json.writeNumberField("Limit", limit);
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  @Override
  public ItemPage read(JsonParser json) throws IOException {
    return ItemPage.read(json);
  }
}
