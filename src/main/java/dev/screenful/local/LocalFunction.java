package dev.screenful.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces the Lambda service on this machine: passes events to the function's handler. */
record LocalFunction(RequestStreamHandler handler) {

  /**
   * Invokes the function.
   *
   * @return the response, a JSON object
   * @throws IOException if the function fails, or its response is not a JSON object
   */
  Map<?, ?> invoke(Map<String, ? extends @Nullable Object> event) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(Json.bytes(event)), response, new LocalContext());
    try {
      if (Json.read(response.toByteArray()) instanceof Map<?, ?> object) {
        return object;
      }
    } catch (MalformedJson malformed) {
      throw new IOException("The function's response must be JSON.", malformed);
    }
    throw new IOException("The function's response must be a JSON object.");
  }
}
