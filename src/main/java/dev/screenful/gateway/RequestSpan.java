package dev.screenful.gateway;

import dev.screenful.http.HttpRequest;
import dev.screenful.http.HttpResponse;
import dev.screenful.telemetry.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes the span of an HTTP request.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP spans</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/">Instrumenting AWS
 *     Lambda</a>
 */
final class RequestSpan {

  /** All others are recorded together, since clients can send any. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private RequestSpan() {}

  static void describe(
      Span span,
      HttpRequest request,
      @Nullable String route,
      String invocationId,
      HttpResponse response) {
    boolean isKnown = METHODS.contains(request.method());
    String name = isKnown ? request.method() : "HTTP";
    span.name(route == null ? name : name + " " + route);
    span.set("http.request.method", isKnown ? request.method() : "_OTHER");
    if (route != null) {
      span.set("http.route", route);
    }
    span.set("http.response.status_code", response.status());
    span.set("faas.trigger", "http");
    span.set("faas.invocation_id", invocationId);
    span.set("faas.coldstart", request.trace().coldStart());
    span.set("screenful.request_id", request.id());
    if (response.status() >= 500) {
      span.fail(Integer.toString(response.status()));
    }
  }
}
