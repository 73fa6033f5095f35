package dev.screenful.local;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.screenful.dynamodb.Request;
import dev.screenful.store.Index;
import dev.screenful.store.Key;
import dev.screenful.store.TableDefinition;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Creates an app's table with its indexes, billed by request. */
record CreateTable(String name, TableDefinition definition) implements Request<Boolean> {

  @Override
  public String operation() {
    return "CreateTable";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    Set<String> keys = new LinkedHashSet<>(Set.of(Key.PARTITION, Key.SORT));
    for (Index index : definition.indexes()) {
      keys.add(index.partition());
      keys.add(index.sort());
    }
    json.writeStartObject();
    json.writeStringField("TableName", name);
    json.writeStringField("BillingMode", "PAY_PER_REQUEST");
    json.writeArrayFieldStart("AttributeDefinitions");
    for (String key : keys) {
      json.writeStartObject();
      json.writeStringField("AttributeName", key);
      json.writeStringField("AttributeType", "S");
      json.writeEndObject();
    }
    json.writeEndArray();
    writeKeySchema(json, Key.PARTITION, Key.SORT);
    if (!definition.indexes().isEmpty()) { // DynamoDB refuses an empty list
      json.writeArrayFieldStart("GlobalSecondaryIndexes");
      for (Index index : definition.indexes()) {
        writeIndex(json, index);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void writeIndex(JsonGenerator json, Index index) throws IOException {
    json.writeStartObject();
    json.writeStringField("IndexName", index.name());
    writeKeySchema(json, index.partition(), index.sort());
    json.writeObjectFieldStart("Projection");
    json.writeStringField("ProjectionType", "INCLUDE");
    json.writeArrayFieldStart("NonKeyAttributes");
    for (String attribute : index.included()) {
      json.writeString(attribute);
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeKeySchema(JsonGenerator json, String partition, String sort)
      throws IOException {
    json.writeArrayFieldStart("KeySchema");
    writeKey(json, partition, "HASH");
    writeKey(json, sort, "RANGE");
    json.writeEndArray();
  }

  private static void writeKey(JsonGenerator json, String attribute, String type)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("AttributeName", attribute);
    json.writeStringField("KeyType", type);
    json.writeEndObject();
  }

  /** Whether DynamoDB accepted the request. */
  @Override
  public Boolean read(JsonParser json) throws IOException {
    json.skipChildren();
    return true;
  }
}
