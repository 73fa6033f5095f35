package dev.screenful.priming;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests to DynamoDB and responses in a form that is the same for equal content. */
final class CanonicalJson {

  private CanonicalJson() {}

  /** A request. Its lists are sorted too, since the keys of a batch have no order. */
  static String request(byte[] json) throws IOException {
    return Json.text(sorted(read(json), true));
  }

  /** A response. The items of a batch are sorted; a query returns its items in order. */
  static String response(byte[] json) throws IOException {
    Object response = sorted(read(json), false);
    if (response instanceof Map<?, ?> root && root.get("Responses") instanceof Map<?, ?> tables) {
      for (Object items : tables.values()) {
        if (items instanceof List<?> list) {
          list.sort(Comparator.comparing(item -> Json.text(item)));
        }
      }
    }
    return Json.text(response);
  }

  private static @Nullable Object read(byte[] json) throws IOException {
    try {
      return Json.read(json);
    } catch (MalformedJson malformed) {
      throw new IOException(malformed);
    }
  }

  private static @Nullable Object sorted(@Nullable Object value, boolean withLists) {
    if (value instanceof Map<?, ?> object) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        sorted.put(String.valueOf(entry.getKey()), sorted(entry.getValue(), withLists));
      }
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      for (Object element : list) {
        copy.add(sorted(element, withLists));
      }
      if (withLists) {
        copy.sort(Comparator.comparing(Json::text));
      }
      return copy;
    }
    return value;
  }
}
