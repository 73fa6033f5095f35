package dev.screenful.http;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.GraphqlRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request's body (section 5.4, "JSON Encoding"). */
final class RequestBody {

  /** Largest body in bytes; the largest screens stay below 2 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  private RequestBody() {}

  static GraphqlRequest read(byte[] body) throws BadRequest {
    if (body.length > MAX_BYTES) {
      throw new BadRequest(
          413, ErrorCode.BAD_REQUEST, "The body is larger than %d bytes.".formatted(MAX_BYTES));
    }
    if (!(json(body) instanceof Map<?, ?> parameters)) {
      throw bad("The body is a JSON object with 'query'.");
    }
    if (!(parameters.get("query") instanceof String query)) {
      throw bad("'query' is the text of a GraphQL document.");
    }
    if (!(parameters.get("extensions") instanceof Map<?, ?>
        || parameters.get("extensions") == null)) {
      throw bad("'extensions' is an object.");
    }
    return new GraphqlRequest(query, operationName(parameters), variables(parameters));
  }

  private static @Nullable Object json(byte[] body) throws BadRequest {
    try {
      return Json.read(body);
    } catch (MalformedJson malformed) {
      throw bad("The body can't be read: " + malformed.getMessage());
    }
  }

  private static @Nullable String operationName(Map<?, ?> parameters) throws BadRequest {
    return switch (parameters.get("operationName")) {
      case null -> null;
      case String name -> name.isEmpty() ? null : name;
      default -> throw bad("'operationName' is a text.");
    };
  }

  @SuppressWarnings("unchecked") // objects of JSON have texts as names
  private static Map<String, @Nullable Object> variables(Map<?, ?> parameters) throws BadRequest {
    return switch (parameters.get("variables")) {
      case null -> Map.of();
      case Map<?, ?> variables -> (Map<String, @Nullable Object>) variables;
      default -> throw bad("'variables' is an object.");
    };
  }

  private static BadRequest bad(String message) {
    return new BadRequest(400, ErrorCode.BAD_REQUEST, message);
  }
}
