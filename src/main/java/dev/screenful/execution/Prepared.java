package dev.screenful.execution;

import dev.screenful.resolver.ErrorCode;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.Document;
import java.util.List;
import java.util.Map;

/** What became of the document that a request means. */
public sealed interface Prepared {

  /** It was parsed and held against the schema, and can be executed as often as one likes. */
  record Valid(Document document) implements Prepared {}

  /** It can't be executed, for these reasons. */
  record Invalid(List<GraphQLError> errors) implements Prepared {}

  /** Only its hash was sent, and no one has registered its text yet: the client is to send both. */
  record Unregistered() implements Prepared {}

  /** A document that is not even looked at. */
  static Prepared refused(String message) {
    return new Invalid(List.of(error(ErrorCode.BAD_REQUEST, message)));
  }

  /** The errors of a document that can't be executed. */
  default List<GraphQLError> errors() {
    return switch (this) {
      case Valid valid -> List.of();
      case Invalid invalid -> invalid.errors();
      // Clients match on this very message and code.
      case Unregistered unregistered ->
          List.of(error(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound"));
    };
  }

  private static GraphQLError error(ErrorCode code, String message) {
    return GraphqlErrorBuilder.newError()
        .message("%s", message)
        .extensions(Map.of("code", code.name()))
        .build();
  }
}
