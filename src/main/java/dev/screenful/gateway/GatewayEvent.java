package dev.screenful.gateway;

import dev.screenful.http.HttpRequest;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.store.Deadline;
import dev.screenful.telemetry.InvocationTrace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP requests from Lambda events: payload format 2.0 of HTTP APIs and function URLs, and
 * 1.0 of REST APIs. The place of the method distinguishes them: {@code requestContext.http} in 2.0,
 * the top level in 1.0.
 *
 * <p>A body is base64 if {@code isBase64Encoded} is true. API Gateway passes it as a plain string
 * only for {@code text/*} and {@code application/json|xml|javascript} without a content encoding;
 * any other body is expected as base64.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload formats</a>
 */
final class GatewayEvent {

  /** The sources of scheduled events, and of a plugin that makes them. */
  private static final Set<String> WARM_UP_SOURCES =
      Set.of("aws.events", "aws.scheduler", "serverless-plugin-warmup");

  private GatewayEvent() {}

  /**
   * Parses an event.
   *
   * @throws MalformedEvent if it is not JSON
   */
  static @Nullable Object parse(byte[] event) throws MalformedEvent {
    try {
      return Json.readEvent(event);
    } catch (MalformedJson malformed) {
      throw new MalformedEvent("The event can't be parsed. " + malformed.getMessage());
    }
  }

  /** Whether a parsed event only keeps an instance warm, such as one of a schedule. */
  static boolean isWarmUp(@Nullable Object event) {
    return event instanceof Map<?, ?> root
        && !root.containsKey("requestContext")
        && (Boolean.TRUE.equals(root.get("warmer"))
            || (root.get("source") instanceof String source && WARM_UP_SOURCES.contains(source)));
  }

  /**
   * Reads the HTTP request of a parsed event.
   *
   * @param deadline when the response is due
   * @param coldStart whether it is the first event of the function instance
   * @throws MalformedEvent if the event is in neither payload format
   */
  static HttpRequest read(@Nullable Object event, Deadline deadline, boolean coldStart)
      throws MalformedEvent {
    if (event instanceof Map<?, ?> root
        && root.get("requestContext") instanceof Map<?, ?> context) {
      Object method =
          context.get("http") instanceof Map<?, ?> http
              ? http.get("method")
              : root.get("httpMethod");
      if (method instanceof String verb && context.get("requestId") instanceof String id) {
        Map<String, String> headers = headers(root);
        if (root.containsKey("httpMethod")) {
          headers.remove("accept-encoding"); // REST APIs decode base64 only for configured types
        }
        return new HttpRequest(
            verb.toUpperCase(Locale.ROOT),
            headers,
            body(root),
            address(context),
            claims(context),
            deadline,
            id,
            InvocationTrace.of(coldStart, headers));
      }
    }
    throw new MalformedEvent(
        "The event must be an HTTP request from API Gateway or a function URL. Check what else invokes the function.");
  }

  /** The path of the API's route; null if the route has no path, as for a function URL. */
  static @Nullable String route(@Nullable Object event) {
    if (!(event instanceof Map<?, ?> root)) {
      return null;
    }
    if (root.get("resource") instanceof String resource) {
      return resource;
    }
    return root.get("routeKey") instanceof String key && key.indexOf(' ') > 0
        ? key.substring(key.indexOf(' ') + 1)
        : null;
  }

  /** The headers, with names in lower case. Format 1.0 keeps the case that the client sent. */
  static Map<String, String> headers(Map<?, ?> root) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (root.get("headers") instanceof Map<?, ?> single) {
      single.forEach((name, value) -> put(headers, name, value));
    }
    if (root.get("multiValueHeaders") instanceof Map<?, ?> multiple) {
      multiple.forEach((name, values) -> {
        if (values instanceof List<?> list) {
          put(headers, name, String.join(", ", list.stream().map(String::valueOf).toList()));
        }
      });
    }
    removeSignature(headers);
    return headers;
  }

  /**
   * Removes a signature for AWS from {@code authorization}, where CloudFront and other callers of
   * an API with IAM put it. It is not for this API, so the token may be in {@code
   * x-forwarded-authorization} instead. It is verified like any other.
   */
  private static void removeSignature(Map<String, String> headers) {
    if (headers.getOrDefault("authorization", "").startsWith("AWS4-")) {
      headers.put("authorization", headers.getOrDefault("x-forwarded-authorization", ""));
    }
  }

  private static void put(Map<String, String> headers, Object name, @Nullable Object value) {
    if (value != null) {
      headers.put(name.toString().toLowerCase(Locale.ROOT), value.toString());
    }
  }

  /** The client's IP address, as seen by the gateway. Headers don't count: clients can set them. */
  static String address(Map<?, ?> context) {
    Object source = context.get("http") instanceof Map<?, ?> http ? http : context.get("identity");
    return source instanceof Map<?, ?> caller && caller.get("sourceIp") instanceof String address
        ? address
        : "";
  }

  /**
   * The claims that a JWT authorizer of an HTTP API or a Cognito authorizer of a REST API has
   * verified; empty without an authorizer.
   */
  private static Map<String, String> claims(Map<?, ?> context) {
    Map<String, String> claims = new LinkedHashMap<>();
    if (context.get("authorizer") instanceof Map<?, ?> authorizer) {
      Object source =
          authorizer.get("jwt") instanceof Map<?, ?> jwt
              ? jwt.get("claims")
              : authorizer.get("claims");
      if (source instanceof Map<?, ?> verified) {
        verified.forEach((name, value) -> claims.put(name.toString(), String.valueOf(value)));
      }
    }
    return claims;
  }

  private static byte[] body(Map<?, ?> root) throws MalformedEvent {
    if (!(root.get("body") instanceof String body)) {
      return new byte[0];
    }
    if (!Boolean.TRUE.equals(root.get("isBase64Encoded"))) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException notBase64) {
      throw new MalformedEvent("isBase64Encoded is true, but the body is not valid base64.");
    }
  }
}
