package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a query or a scan.
 *
 * @param items the items in order
 * @param lastKey the start key of the next page; null at the end
 * @param units consumed read units
 */
public record ItemPage(
    List<Map<String, @Nullable Object>> items,
    @Nullable Map<String, @Nullable Object> lastKey,
    double units) {

  static ItemPage read(JsonParser json) throws IOException {
    class Fields {
      List<Map<String, @Nullable Object>> items = List.of();
      @Nullable Map<String, @Nullable Object> lastKey;
      double units;
    }
    Fields fields = new Fields();
    Responses.fields(
        json,
        name -> {
          switch (name) {
            case "Items" -> fields.items = Attributes.readAll(json);
            case "LastEvaluatedKey" -> fields.lastKey = Attributes.read(json);
            case "ConsumedCapacity" -> fields.units = Responses.units(json);
            default -> json.skipChildren();
          }
        });
    return new ItemPage(fields.items, fields.lastKey, fields.units);
  }
}
