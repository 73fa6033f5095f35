package dev.screenful.screens;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL request (GraphQL over HTTP, section 5.1, "Request Parameters").
 *
 * @param query the document; null if only the hash is sent
 * @param hash the id of the document in a manifest, or the SHA-256 of its text in lower-case
 *     hexadecimal digits, as automatic persisted queries use it; null for neither
 * @param operationName the operation of the document to run; null if it has only one
 * @param variables by name
 */
public record GraphqlRequest(
    @Nullable String query,
    @Nullable String hash,
    @Nullable String operationName,
    Map<String, @Nullable Object> variables)
    implements Request {

  /** Characters of the longest document id. */
  private static final int MAX_ID_LENGTH = 256;

  /** Characters of a SHA-256 hash in hexadecimal. */
  private static final int HASH_LENGTH = 64;

  /**
   * Reads the JSON of a request.
   *
   * @throws MalformedRequest if it is no request; the message is for the client
   */
  public static GraphqlRequest of(@Nullable Object json) throws MalformedRequest {
    if (!(json instanceof Map<?, ?> parameters)) {
      throw new MalformedRequest("A GraphQL request must be a JSON object with 'query'.");
    }
    String hash = hash(parameters);
    return new GraphqlRequest(
        query(parameters, hash), hash, operationName(parameters), variables(parameters));
  }

  private static @Nullable String query(Map<?, ?> parameters, @Nullable String hash)
      throws MalformedRequest {
    Object query = parameters.get("query");
    if (query instanceof String text) {
      return text;
    }
    if (query == null && hash != null) {
      return null; // the hash identifies the document
    }
    throw new MalformedRequest("'query' must be a string with a GraphQL document.");
  }

  /**
   * The {@code documentId} of a document in the app's manifest, or the hash in {@code
   * extensions.persistedQuery}, which Apollo's clients send with or instead of the document.
   */
  private static @Nullable String hash(Map<?, ?> parameters) throws MalformedRequest {
    if (parameters.get("documentId") instanceof String id
        && !id.isEmpty()
        && id.length() <= MAX_ID_LENGTH) {
      return id;
    }
    Object extensions = parameters.get("extensions");
    if (extensions != null && !(extensions instanceof Map<?, ?>)) {
      throw new MalformedRequest("'extensions' must be an object.");
    }
    Object persisted = extensions instanceof Map<?, ?> map ? map.get("persistedQuery") : null;
    if (persisted == null) {
      return null;
    }
    if (persisted instanceof Map<?, ?> query
        && Integer.valueOf(1).equals(query.get("version"))
        && query.get("sha256Hash") instanceof String hash
        && isHash(hash)) {
      return hash;
    }
    throw new MalformedRequest(
        "'persistedQuery' must have the version 1 and a SHA-256 hash of 64 lower-case hexadecimal digits.");
  }

  private static boolean isHash(String text) {
    return text.length() == HASH_LENGTH
        && text.chars()
            .allMatch(
                letter -> (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f'));
  }

  private static @Nullable String operationName(Map<?, ?> parameters) throws MalformedRequest {
    return switch (parameters.get("operationName")) {
      case null -> null;
      case String name -> name.isEmpty() ? null : name;
      default -> throw new MalformedRequest("'operationName' must be a string.");
    };
  }

  @SuppressWarnings("unchecked") // names in JSON objects are strings
  private static Map<String, @Nullable Object> variables(Map<?, ?> parameters)
      throws MalformedRequest {
    return switch (parameters.get("variables")) {
      case null -> Map.of();
      case Map<?, ?> variables -> (Map<String, @Nullable Object>) variables;
      default -> throw new MalformedRequest("'variables' must be an object.");
    };
  }
}
