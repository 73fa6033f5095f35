package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.screenful.dynamodb.TransactionCancelled.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error of DynamoDB.
 *
 * @param item the item of a condition that does not hold
 * @param reasons the reasons of a cancelled transaction
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">
 *     Error handling</a>
 */
record ErrorResponse(
    String code,
    String message,
    @Nullable Map<String, @Nullable Object> item,
    List<Reason> reasons) {

  static ErrorResponse unknown(int status) {
    return new ErrorResponse("Unknown", "Status " + status + " without an error.", null, List.of());
  }

  static ErrorResponse read(JsonParser json) throws IOException {
    class Fields {
      String code = "Unknown";
      String message = "";
      @Nullable Map<String, @Nullable Object> item;
      List<Reason> reasons = List.of();
    }
    Fields fields = new Fields();
    Responses.fields(
        json,
        name -> {
          switch (name) {
            case "__type" -> fields.code = withoutNamespace(String.valueOf(json.getText()));
            case "message", "Message" -> fields.message = String.valueOf(json.getText());
            case "Item" -> fields.item = Attributes.read(json);
            case "CancellationReasons" -> fields.reasons = reasons(json);
            default -> json.skipChildren();
          }
        });
    return new ErrorResponse(fields.code, fields.message, fields.item, fields.reasons);
  }

  private static String withoutNamespace(String type) {
    return type.substring(type.indexOf('#') + 1);
  }

  private static List<Reason> reasons(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    List<Reason> reasons = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      class Fields {
        @Nullable String code;
        @Nullable Map<String, @Nullable Object> item;
      }
      Fields fields = new Fields();
      Responses.fields(
          json,
          name -> {
            switch (name) {
              case "Code" -> fields.code = json.getText();
              case "Item" -> fields.item = Attributes.read(json);
              default -> json.skipChildren();
            }
          });
      reasons.add(new Reason(Objects.requireNonNullElse(fields.code, "None"), fields.item));
    }
    return reasons;
  }

  DynamoDbException exception() {
    return switch (code) {
      case "ConditionalCheckFailedException" -> new ConditionFailed(message, item);
      case "TransactionCanceledException" -> new TransactionCancelled(message, reasons);
      default -> new DynamoDbException(code, message);
    };
  }
}
