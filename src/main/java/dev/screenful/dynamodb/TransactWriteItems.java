package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commits up to 100 writes together or not at all.
 *
 * <p>Fails with {@link TransactionCancelled} if a condition does not hold, or another transaction
 * interferes.
 *
 * @param token the idempotency token: DynamoDB commits a repeat with the same token only once,
 *     within ten minutes
 */
public record TransactWriteItems(String token, List<Write> writes) implements Request<Double> {

  /** One write, with a condition. */
  public sealed interface Write {
    String table();

    String condition();

    Expressions expressions();
  }

  /** Writes an item. */
  public record Put(
      String table,
      Map<String, ? extends @Nullable Object> item,
      String condition,
      Expressions expressions)
      implements Write {}

  /** Deletes the item under a key. */
  public record Delete(
      String table,
      Map<String, ? extends @Nullable Object> key,
      String condition,
      Expressions expressions)
      implements Write {}

  /**
   * Changes attributes of the item under a key, or creates it.
   *
   * @param update an update expression
   */
  public record Update(
      String table,
      Map<String, ? extends @Nullable Object> key,
      String update,
      String condition,
      Expressions expressions)
      implements Write {}

  /** Checks the item under a key. */
  public record Check(
      String table,
      Map<String, ? extends @Nullable Object> key,
      String condition,
      Expressions expressions)
      implements Write {}

  @Override
  public String operation() {
    return "TransactWriteItems";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("ClientRequestToken", token);
    json.writeArrayFieldStart("TransactItems");
    for (Write write : writes) {
      json.writeStartObject();
      switch (write) {
        case Put put -> {
          json.writeObjectFieldStart("Put");
          json.writeFieldName("Item");
          Attributes.write(json, put.item());
        }
        case Delete delete -> {
          json.writeObjectFieldStart("Delete");
          json.writeFieldName("Key");
          Attributes.write(json, delete.key());
        }
        case Update update -> {
          json.writeObjectFieldStart("Update");
          json.writeFieldName("Key");
          Attributes.write(json, update.key());
          json.writeStringField("UpdateExpression", update.update());
        }
        case Check check -> {
          json.writeObjectFieldStart("ConditionCheck");
          json.writeFieldName("Key");
          Attributes.write(json, check.key());
        }
      }
      json.writeStringField("TableName", write.table());
      json.writeStringField("ConditionExpression", write.condition());
      write.expressions().write(json);
      json.writeStringField("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  /** The consumed write units. */
  @Override
  public Double read(JsonParser json) throws IOException {
    return PutItem.readUnits(json);
  }
}
