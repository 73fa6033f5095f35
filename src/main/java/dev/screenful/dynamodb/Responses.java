package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the parts that responses have in common. */
final class Responses {

  private Responses() {}

  /** Fails unless the parser is at a token. */
  static void expect(JsonParser json, JsonToken token) throws IOException {
    if (json.currentToken() != token) {
      throw new IOException("Unexpected " + json.currentToken() + " instead of " + token + ".");
    }
  }

  /** Reads the fields of an object; the reader leaves the parser at the end of each value. */
  static void fields(JsonParser json, FieldReader reader) throws IOException {
    expect(json, JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      reader.read(name);
    }
  }

  /** Reads the value of a field. */
  @FunctionalInterface
  interface FieldReader {
    void read(String name) throws IOException;
  }

  /** The capacity units of a {@code ConsumedCapacity}, or the sum of several. */
  static double units(JsonParser json) throws IOException {
    double[] units = new double[1];
    if (json.currentToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        units[0] += units(json);
      }
    } else {
      fields(
          json,
          name -> {
            if (name.equals("CapacityUnits")) {
              units[0] = json.getDoubleValue();
            } else {
              json.skipChildren();
            }
          });
    }
    return units[0];
  }
}
