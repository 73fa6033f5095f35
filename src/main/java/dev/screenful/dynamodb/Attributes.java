package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the attributes of items.
 *
 * <table>
 *   <caption>Java values of DynamoDB's types</caption>
 *   <tr><td>S</td><td>{@link String}</td></tr>
 *   <tr><td>N</td><td>{@link Integer}, else {@link Long}, else {@link BigDecimal}</td></tr>
 *   <tr><td>BOOL, NULL</td><td>{@link Boolean}, null</td></tr>
 *   <tr><td>B</td><td>{@link ByteBuffer}</td></tr>
 *   <tr><td>L, M</td><td>{@link List}, {@link Map}</td></tr>
 *   <tr><td>SS, NS, BS</td><td>{@link Set} of strings, numbers or bytes</td></tr>
 * </table>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">
 *     AttributeValue</a>
 */
public final class Attributes {

  /** Digits of the largest {@link Long}; numbers may have 125. */
  private static final int MAX_LONG_DIGITS = 19;

  private Attributes() {}

  /** Writes an item or a key as a JSON object. */
  static void write(JsonGenerator json, Map<String, ? extends @Nullable Object> item)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, ?> attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      writeValue(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    json.writeStartObject();
    switch (value) {
      case null -> json.writeBooleanField("NULL", true);
      case String text -> json.writeStringField("S", text);
      case Boolean flag -> json.writeBooleanField("BOOL", flag);
      case Number number -> json.writeStringField("N", text(number));
      case ByteBuffer bytes -> json.writeStringField("B", base64(bytes));
      case List<?> list -> {
        json.writeArrayFieldStart("L");
        for (Object entry : list) {
          writeValue(json, entry);
        }
        json.writeEndArray();
      }
      case Set<?> set -> writeSet(json, set);
      case Map<?, ?> map -> {
        json.writeObjectFieldStart("M");
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(entry.getKey().toString());
          writeValue(json, entry.getValue());
        }
        json.writeEndObject();
      }
      default ->
          throw new IllegalArgumentException(
              "A %s can't be an attribute; use a string, number, boolean, list or map."
                  .formatted(value.getClass().getSimpleName()));
    }
    json.writeEndObject();
  }

  private static void writeSet(JsonGenerator json, Set<?> set) throws IOException {
    Object first = set.iterator().next(); // DynamoDB has no empty sets
    json.writeArrayFieldStart(
        switch (first) {
          case String text -> "SS";
          case Number number -> "NS";
          default -> "BS";
        });
    for (Object entry : set) {
      json.writeString(
          switch (entry) {
            case Number number -> text(number);
            case ByteBuffer bytes -> base64(bytes);
            default -> entry.toString();
          });
    }
    json.writeEndArray();
  }

  private static String text(Number number) {
    return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }

  /** Reads an item; the parser is at its start and is left at its end. */
  static Map<String, @Nullable Object> read(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.START_OBJECT);
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      item.put(name, readValue(json));
    }
    return item;
  }

  /** Reads a list of items. */
  static List<Map<String, @Nullable Object>> readAll(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(json));
    }
    return items;
  }

  private static @Nullable Object readValue(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.START_OBJECT);
    json.nextToken();
    Responses.expect(json, JsonToken.FIELD_NAME);
    String type = json.currentName();
    json.nextToken();
    Object value =
        switch (type) {
          case "S" -> string(json);
          case "N" -> number(string(json));
          case "BOOL" -> json.getBooleanValue();
          case "NULL" -> null;
          case "B" -> bytes(string(json));
          case "M" -> read(json);
          case "L" -> list(json);
          case "SS", "NS", "BS" -> set(json, type);
          default -> throw new IOException("Unknown attribute type.");
        };
    json.nextToken();
    Responses.expect(json, JsonToken.END_OBJECT);
    return value;
  }

  private static List<@Nullable Object> list(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    List<@Nullable Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(readValue(json));
    }
    return list;
  }

  private static Set<Object> set(JsonParser json, String type) throws IOException {
    Responses.expect(json, JsonToken.START_ARRAY);
    Set<Object> set = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      String text = string(json);
      set.add(
          switch (type) {
            case "NS" -> number(text);
            case "BS" -> bytes(text);
            default -> text;
          });
    }
    return set;
  }

  private static String string(JsonParser json) throws IOException {
    Responses.expect(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static ByteBuffer bytes(String base64) throws IOException {
    try {
      return ByteBuffer.wrap(Base64.getDecoder().decode(base64)).asReadOnlyBuffer();
    } catch (IllegalArgumentException malformed) {
      throw new IOException("Malformed base64.", malformed);
    }
  }

  private static Number number(String text) throws IOException {
    try {
      return text.length() < 10 && isInteger(text)
          ? Integer.valueOf(text)
          : number(new BigDecimal(text));
    } catch (NumberFormatException malformed) {
      throw new IOException("Malformed number.", malformed);
    }
  }

  /**
   * The number as it is read: a whole number is an {@link Integer} or a {@link Long} if it fits, so
   * that the {@code Int} scalar accepts it without conversion.
   */
  public static Number number(BigDecimal number) {
    boolean isWhole = number.stripTrailingZeros().scale() <= 0;
    if (!isWhole || number.precision() - number.scale() > MAX_LONG_DIGITS) {
      return number;
    }
    BigInteger whole = number.toBigIntegerExact();
    return switch (whole.bitLength() / Integer.SIZE) {
      case 0 -> (Number) whole.intValue();
      case 1 -> (Number) whole.longValue();
      default -> number;
    };
  }

  private static boolean isInteger(String text) {
    for (int index = text.startsWith("-") ? 1 : 0; index < text.length(); index++) {
      if (text.charAt(index) < '0' || text.charAt(index) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
