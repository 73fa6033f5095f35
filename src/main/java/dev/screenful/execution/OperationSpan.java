package dev.screenful.execution;

import dev.screenful.json.Excerpt;
import dev.screenful.telemetry.Span;
import graphql.language.OperationDefinition;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Describes the span of an operation. Its kind is internal, since the span of the HTTP request is
 * that of the server.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/">GraphQL server
 *     spans</a>
 */
final class OperationSpan {

  private OperationSpan() {}

  static Span start(Span request, Operation operation) {
    OperationDefinition definition = request.isSampled() ? operation.definition() : null;
    if (definition == null) {
      return Span.NONE;
    }
    String type = definition.getOperation().name().toLowerCase(Locale.ROOT);
    Span span = request.start(type, Span.Kind.INTERNAL);
    span.set("graphql.operation.type", type);
    if (definition.getName() != null) {
      span.set("graphql.operation.name", Excerpt.start(definition.getName(), Excerpt.LENGTH));
    }
    return span;
  }

  /** Ends the span with the response. */
  static void endWith(CompletableFuture<GraphqlResponse> response, Span span) {
    if (span.isSampled()) {
      var _ =
          response.whenComplete((answer, failed) -> {
            if (failed != null) {
              span.fail(Errors.code(failed).name());
            } else {
              answer.errorCodes().keySet().stream().findFirst().ifPresent(span::fail);
            }
            span.end();
          });
    }
  }
}
