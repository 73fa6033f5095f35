package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The placeholders of a request's expressions.
 *
 * @param names attribute names by placeholder, such as {@code #n0}
 * @param values values by placeholder, such as {@code :v0}
 */
public record Expressions(
    Map<String, String> names, Map<String, ? extends @Nullable Object> values) {

  /** Writes the placeholders; DynamoDB refuses empty objects. */
  void write(JsonGenerator json) throws IOException {
    if (!names.isEmpty()) {
      json.writeObjectFieldStart("ExpressionAttributeNames");
      for (Map.Entry<String, String> name : names.entrySet()) {
        json.writeStringField(name.getKey(), name.getValue());
      }
      json.writeEndObject();
    }
    if (!values.isEmpty()) {
      json.writeFieldName("ExpressionAttributeValues");
      Attributes.write(json, values);
    }
  }
}
