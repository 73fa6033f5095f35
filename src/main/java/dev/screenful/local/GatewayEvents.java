package dev.screenful.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces API Gateway on this machine: turns an HTTP request into an event of payload format 2.0,
 * and the function's response into an HTTP response.
 */
final class GatewayEvents {

  /** The content types that an HTTP API passes as a plain string; others are passed as base64. */
  private static final Pattern TEXT =
      Pattern.compile("(text/.*|application/(json|xml|javascript))(;.*)?");

  private GatewayEvents() {}

  static Map<String, Object> event(Exchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .headers()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String contentType = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    byte[] body = exchange.body();
    String text =
        TEXT.matcher(contentType).matches() && !headers.containsKey("content-encoding")
            ? text(body)
            : null;
    String path = exchange.path();
    Map<String, Object> http = new LinkedHashMap<>();
    http.put("method", exchange.method());
    http.put("path", path);
    http.put("protocol", exchange.protocol());
    http.put("sourceIp", exchange.sourceIp());
    http.put("userAgent", headers.getOrDefault("user-agent", ""));
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("apiId", "local");
    context.put("domainName", headers.getOrDefault("host", "localhost"));
    context.put("http", http);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", "POST /graphql");
    context.put("stage", "$default");
    context.put("timeEpoch", System.currentTimeMillis());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", "POST /graphql");
    event.put("rawPath", path);
    event.put("rawQueryString", Objects.requireNonNullElse(exchange.uri().getRawQuery(), ""));
    event.put("headers", headers);
    event.put("requestContext", context);
    if (body.length > 0) {
      event.put("body", text == null ? Base64.getEncoder().encodeToString(body) : text);
    }
    event.put("isBase64Encoded", body.length > 0 && text == null);
    return event;
  }

  /** A body as text; null if it is not UTF-8, so that the function gets the bytes and refuses. */
  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  static void respond(Exchange exchange, Map<?, ?> response) throws IOException {
    if (response.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, value) -> exchange.set(name.toString(), String.valueOf(value)));
    }
    String text = response.get("body") instanceof String body ? body : "";
    byte[] body =
        Boolean.TRUE.equals(response.get("isBase64Encoded"))
            ? Base64.getDecoder().decode(text)
            : text.getBytes(StandardCharsets.UTF_8);
    int status = response.get("statusCode") instanceof Integer code ? code : 502;
    exchange.respond(status, body);
  }
}
