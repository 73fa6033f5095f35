package dev.screenful.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A request to DynamoDB.
 *
 * @param <R> the type of its response
 */
public interface Request<R> {

  /** The API and its version; streams have another one. */
  default String api() {
    return "DynamoDB_20120810";
  }

  /** The name of the operation, such as {@code GetItem}. */
  String operation();

  /** Writes the request as a JSON object. */
  void write(JsonGenerator json) throws IOException;

  /**
   * Reads the response. The parser is at the start of a JSON object and must be left at its end.
   *
   * @throws IOException if the response is malformed
   */
  R read(JsonParser json) throws IOException;
}
