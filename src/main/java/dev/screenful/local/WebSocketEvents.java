package dev.screenful.local;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events of one WebSocket connection, as API Gateway sends them with a proxy integration.
 *
 * @param connection the id of the connection
 * @param connectedAt the time of the handshake
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html">
 *     WebSocket API mapping template reference</a>
 */
record WebSocketEvents(
    String connection,
    Instant connectedAt,
    String host,
    String sourceIp,
    String userAgent,
    InstantSource clock) {

  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** The events of a new connection. */
  static WebSocketEvents of(Exchange handshake, InstantSource clock) {
    String userAgent = handshake.header("user-agent");
    return new WebSocketEvents(
        id(),
        clock.instant(),
        String.valueOf(handshake.header("host")),
        handshake.sourceIp(),
        userAgent == null ? "" : userAgent,
        clock);
  }

  /** A random id in the form of API Gateway, such as {@code L0SM9cOFvHcCIhw=}. */
  private static String id() {
    byte[] bytes = new byte[11];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  Map<String, Object> connect(Exchange handshake) {
    Map<String, Object> event = new LinkedHashMap<>();
    putHeaders(event, handshake.headers());
    String query = handshake.uri().getRawQuery();
    if (query != null) {
      Map<String, List<String>> parameters = parameters(query);
      event.put("queryStringParameters", last(parameters));
      event.put("multiValueQueryStringParameters", parameters);
    }
    event.put("requestContext", context("$connect", "CONNECT"));
    event.put("isBase64Encoded", false);
    return event;
  }

  Map<String, Object> message(String body) {
    Map<String, Object> context = context("$default", "MESSAGE");
    context.put("messageId", id());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("requestContext", context);
    event.put("body", body);
    event.put("isBase64Encoded", false);
    return event;
  }

  Map<String, Object> disconnect(int code, String reason) {
    Map<String, Object> context = context("$disconnect", "DISCONNECT");
    context.put("disconnectStatusCode", code);
    context.put("disconnectReason", reason);
    Map<String, Object> event = new LinkedHashMap<>();
    putHeaders(event, Map.of("Host", List.of(host)));
    event.put("requestContext", context);
    event.put("isBase64Encoded", false);
    return event;
  }

  private Map<String, Object> context(String route, String type) {
    Instant now = clock.instant();
    String request = id();
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("routeKey", route);
    context.put("eventType", type);
    context.put("extendedRequestId", request);
    context.put("requestTime", REQUEST_TIME.format(now));
    context.put("messageDirection", "IN");
    context.put("stage", "local");
    context.put("connectedAt", connectedAt.toEpochMilli());
    context.put("requestTimeEpoch", now.toEpochMilli());
    context.put("identity", Map.of("sourceIp", sourceIp, "userAgent", userAgent));
    context.put("requestId", request);
    context.put("domainName", host);
    context.put("connectionId", connection);
    context.put("apiId", "local");
    return context;
  }

  private static void putHeaders(Map<String, Object> event, Map<String, List<String>> headers) {
    event.put("headers", last(headers));
    event.put("multiValueHeaders", headers);
  }

  private static Map<String, String> last(Map<String, List<String>> values) {
    Map<String, String> last = new TreeMap<>();
    values.forEach((name, all) -> last.put(name, all.getLast()));
    return last;
  }

  private static Map<String, List<String>> parameters(String query) {
    return Stream.of(query.split("&", -1))
        .map(pair -> (pair + "=").split("=", 3))
        .collect(
            Collectors.groupingBy(
                pair -> decoded(pair[0]),
                TreeMap::new,
                Collectors.mapping(pair -> decoded(pair[1]), Collectors.toList())));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
