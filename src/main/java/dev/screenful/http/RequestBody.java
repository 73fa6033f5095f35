package dev.screenful.http;

import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.GraphqlRequest;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request's body (section 5.4, "JSON Encoding"). */
final class RequestBody {

  /** Largest body in bytes; the largest screens stay below 2 KiB. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private RequestBody() {}

  static GraphqlRequest read(byte[] body) throws BadRequest {
    if (body.length > MAX_BYTES) {
      throw new BadRequest(
          413, ErrorCode.BAD_REQUEST, "The body is larger than %d bytes.".formatted(MAX_BYTES));
    }
    if (!(json(body) instanceof Map<?, ?> parameters)) {
      throw bad("The body is a JSON object with 'query'.");
    }
    String hash = hash(parameters);
    return new GraphqlRequest(
        query(parameters, hash), hash, operationName(parameters), variables(parameters));
  }

  private static @Nullable String query(Map<?, ?> parameters, @Nullable String hash)
      throws BadRequest {
    Object query = parameters.get("query");
    if (query instanceof String text) {
      return text;
    }
    if (query == null && hash != null) {
      return null; // the hash stands for it
    }
    throw bad("'query' is the text of a GraphQL document.");
  }

  /**
   * {@code extensions.persistedQuery}, by which Apollo's clients send a hash with or instead of the
   * text.
   */
  private static @Nullable String hash(Map<?, ?> parameters) throws BadRequest {
    Object extensions = parameters.get("extensions");
    if (extensions != null && !(extensions instanceof Map<?, ?>)) {
      throw bad("'extensions' is an object.");
    }
    Object persisted = extensions instanceof Map<?, ?> map ? map.get("persistedQuery") : null;
    if (persisted == null) {
      return null;
    }
    if (persisted instanceof Map<?, ?> query
        && Integer.valueOf(1).equals(query.get("version"))
        && query.get("sha256Hash") instanceof String hash
        && HASH.matcher(hash).matches()) {
      return hash;
    }
    throw bad(
        "'persistedQuery' has the version 1 and a SHA-256 hash in 64 small hexadecimal digits.");
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
