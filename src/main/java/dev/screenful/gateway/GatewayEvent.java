package dev.screenful.gateway;

import dev.screenful.http.HttpRequest;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.store.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the three shapes in which HTTP reaches a function: payload format 2.0 of HTTP APIs, which
 * function URLs send too, and 1.0 of REST APIs. The method tells them apart: 2.0 has it in {@code
 * requestContext.http}, 1.0 at the top.
 *
 * <p>A body comes as text only for {@code text/*} and {@code application/json|xml|javascript}; with
 * any other content type, or none, or with a content encoding, it is expected as base64; in any
 * case {@code isBase64Encoded} tells.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload formats</a>
 */
final class GatewayEvent {

  private GatewayEvent() {}

  /**
   * The HTTP request of an event.
   *
   * @param deadline when it must have its response
   * @throws MalformedEvent where it is none of the known shapes
   */
  static HttpRequest read(byte[] event, Deadline deadline) throws MalformedEvent {
    if (json(event) instanceof Map<?, ?> root
        && root.get("requestContext") instanceof Map<?, ?> context) {
      Object method =
          context.get("http") instanceof Map<?, ?> http
              ? http.get("method")
              : root.get("httpMethod");
      if (method instanceof String verb && context.get("requestId") instanceof String id) {
        Map<String, String> headers = headers(root);
        if (root.containsKey("httpMethod")) {
          headers.remove("accept-encoding"); // REST APIs decode base64 for configured types only
        }
        return new HttpRequest(
            verb.toUpperCase(Locale.ROOT),
            headers,
            body(root),
            address(context),
            claims(context),
            deadline,
            id);
      }
    }
    throw new MalformedEvent(
        "It is not an event of API Gateway or a function URL; does something else invoke this?");
  }

  private static @Nullable Object json(byte[] event) throws MalformedEvent {
    try {
      return Json.read(event);
    } catch (MalformedJson malformed) {
      throw new MalformedEvent(malformed.getMessage());
    }
  }

  /** Names in lower case: they arrive so in 2.0, and as the client wrote them in 1.0. */
  private static Map<String, String> headers(Map<?, ?> root) {
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
    return headers;
  }

  private static void put(Map<String, String> headers, Object name, @Nullable Object value) {
    if (value != null) {
      headers.put(name.toString().toLowerCase(Locale.ROOT), value.toString());
    }
  }

  /** Who the gateway was called by; never what a header says, which anyone can send. */
  private static String address(Map<?, ?> context) {
    Object holder = context.get("http") instanceof Map<?, ?> http ? http : context.get("identity");
    return holder instanceof Map<?, ?> caller && caller.get("sourceIp") instanceof String address
        ? address
        : "";
  }

  /**
   * The claims that a JWT authorizer of an HTTP API, or a Cognito authorizer of a REST API, has
   * verified.
   */
  private static Map<String, String> claims(Map<?, ?> context) {
    Map<String, String> claims = new LinkedHashMap<>();
    if (context.get("authorizer") instanceof Map<?, ?> authorizer) {
      Object holder =
          authorizer.get("jwt") instanceof Map<?, ?> jwt
              ? jwt.get("claims")
              : authorizer.get("claims");
      if (holder instanceof Map<?, ?> verified) {
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
      throw new MalformedEvent("The body says that it is base64, and isn't.");
    }
  }
}
