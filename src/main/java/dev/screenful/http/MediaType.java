package dev.screenful.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two media types of a GraphQL response. They differ in the meaning of the status code (GraphQL
 * over HTTP, section 6.4).
 */
enum MediaType {
  /** The status shows whether the request was executed. */
  GRAPHQL_RESPONSE("application/graphql-response+json"),

  /**
   * The older type, for clients without a preference. A well-formed request always gets status 200.
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
   * The type that a client prefers, the first one among equals. A client without an {@code Accept}
   * header is older than the specification and expects {@code application/json} (section 6.1,
   * "Legacy watershed").
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
              .filter(type -> !preferences.excludes(type.name))
              .findFirst();
      case "application/json" -> Optional.of(JSON);
      case "application/graphql-response+json" -> Optional.of(GRAPHQL_RESPONSE);
      default -> Optional.empty();
    };
  }

  /** Whether a content type is JSON in UTF-8, the only supported body. */
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
            .map(charset -> charset.replace("\"", ""))
            .allMatch(Set.of("charset=utf-8", "charset=utf8")::contains); // as browsers read it
  }
}
