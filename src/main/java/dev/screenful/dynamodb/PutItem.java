package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one item if a condition holds.
 *
 * <p>Fails with {@link ConditionFailed} if it does not hold, and with a {@link DynamoDbException}
 * of the code {@code TransactionConflictException} if a transaction writes the same item.
 */
public record PutItem(
    String table,
    Map<String, ? extends @Nullable Object> item,
    String condition,
    Expressions expressions)
    implements Request<Double> {

  @Override
  public String operation() {
    return "PutItem";
  }

  @Override
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table);
    json.writeFieldName("Item");
    Attributes.write(json, item);
    json.writeStringField("ConditionExpression", condition);
    expressions.write(json);
    json.writeStringField("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    json.writeStringField("ReturnConsumedCapacity", "TOTAL");
    json.writeEndObject();
  }

  /** The consumed write units. */
  @Override
  public Double read(JsonParser json) throws IOException {
    return readUnits(json);
  }

  static double readUnits(JsonParser json) throws IOException {
    double[] units = new double[1];
    Responses.fields(
        json,
        name -> {
          if (name.equals("ConsumedCapacity")) {
            units[0] = Responses.units(json);
          } else {
            json.skipChildren();
          }
        });
    return units[0];
  }
}
