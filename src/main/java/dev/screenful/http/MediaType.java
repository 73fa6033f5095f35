package dev.screenful.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two media types of a GraphQL response. They differ in what a status code means (section 6.4).
 */
enum MediaType {
  /** The status tells whether the request was executed. */
  GRAPHQL_RESPONSE("application/graphql-response+json"),

  /**
   * The older type, for clients that name neither: a well-formed request is answered with 200
   * whatever came of it.
   */
  JSON("application/json");

  private final String name;

  MediaType(String name) {
    this.name = name;
  }

  String withCharset() {
    return name + "; charset=utf-8";
  }

  /**
   * The type that a client likes best, of equals the one it named first. No {@code Accept} header
   * at all means a client from before the specification, which expects {@code application/json}
   * (section 6.1, "Legacy watershed").
   */
  static Optional<MediaType> accepted(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return Optional.of(JSON);
    }
    QualityValues preferences = QualityValues.of(accept);
    return preferences.inOrder().stream()
        .flatMap(range -> named(range, preferences).stream())
        .findFirst();
  }

  private static Optional<MediaType> named(String range, QualityValues preferences) {
    return switch (range) {
      case "*/*", "application/*" ->
          Stream.of(JSON, GRAPHQL_RESPONSE)
              .filter(type -> !preferences.refuse(type.name))
              .findFirst();
      case "application/json" -> Optional.of(JSON);
      case "application/graphql-response+json" -> Optional.of(GRAPHQL_RESPONSE);
      default -> Optional.empty();
    };
  }

  /** Whether a request's content type is JSON in UTF-8, the one kind of body that is understood. */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    return parts[0].strip().equals(JSON.name)
        && Arrays.stream(parts)
            .skip(1)
            .map(String::strip)
            .filter(parameter -> parameter.startsWith("charset="))
            .allMatch(charset -> charset.replace("\"", "").equals("charset=utf-8"));
  }
}
