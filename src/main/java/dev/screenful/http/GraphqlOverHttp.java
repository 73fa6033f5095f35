package dev.screenful.http;

import dev.screenful.execution.CachePolicy;
import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Authorization;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.IssuerUnavailable;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.json.Json;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.RequestLog;
import dev.screenful.screens.ScreenResponse;
import dev.screenful.screens.Screens;
import dev.screenful.store.Cost;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import dev.screenful.telemetry.Span;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves GraphQL over HTTP, and logs each GraphQL request.
 *
 * @see <a href="https://graphql.github.io/graphql-over-http/draft/">GraphQL over HTTP</a>
 */
public final class GraphqlOverHttp {

  private final Screens screens;
  private final TokenVerifier tokens;
  private final Authorization authorization;
  private final HttpSettings settings;
  private final Cors cors;
  private final Metrics metrics;
  private final Log log;

  /**
   * A server.
   *
   * @param authorization reads the tokens
   */
  public GraphqlOverHttp(
      Screens screens,
      TokenVerifier tokens,
      Authorization authorization,
      HttpSettings settings,
      Metrics metrics,
      Log log) {
    this.screens = screens;
    this.tokens = tokens;
    this.authorization = authorization;
    this.settings = settings;
    this.cors = new Cors(settings.corsOrigins(), settings.corsHeaders());
    this.metrics = metrics;
    this.log = log;
  }

  /**
   * The response to any request.
   *
   * @param span that of the request
   */
  public HttpResponse answer(HttpRequest request, Span span) {
    RequestLog requestLog =
        new RequestLog(
            request.id(),
            request.trace(),
            request.header("apollographql-client-name"),
            request.header("apollographql-client-version"));
    HttpResponse response;
    try {
      response = respond(request, requestLog, span);
    } catch (Throwable thrown) { // even a stack overflow; the function instance stays healthy
      log.failure(request.id(), "request", thrown);
      GraphqlResponse failed = GraphqlResponse.failed(thrown, request.id(), new Cost());
      response = HttpResponse.graphql(500, MediaType.JSON, logged(failed, requestLog));
    }
    requestLog.write(response.status(), log, metrics);
    return Gzip.compress(cors.readable(response, request), request);
  }

  private HttpResponse respond(HttpRequest request, RequestLog requestLog, Span span) {
    if (request.method().equals("OPTIONS")) {
      return cors.options(request);
    }
    MediaType type = MediaType.accepted(request.header("accept")).orElse(MediaType.JSON);
    try {
      checkHeaders(request);
      Caller caller = caller(request, requestLog);
      RequestBody body = RequestBody.of(request, settings.batchLimit());
      List<ScreenResponse> responses =
          screens.respond(body.requests(), caller, request.deadline(), request.id(), span);
      ResponseLimit limit = new ResponseLimit();
      List<Sent> sent =
          responses.stream().map(opened -> sent(opened, limit, request.id(), requestLog)).toList();
      return body.isBatch()
          ? HttpResponse.graphql(200, type, array(sent))
          : single(sent.getFirst(), type, request);
    } catch (BadRequest wrong) {
      return HttpResponse.graphql(
              wrong.status(), type, logged(wrong.response(request.id()), requestLog))
          .with(wrong.headers());
    }
  }

  /** A response and its JSON. */
  private record Sent(GraphqlResponse response, byte[] json) {}

  private static Sent sent(
      ScreenResponse opened, ResponseLimit limit, String requestId, RequestLog requestLog) {
    byte[] json = Json.bytes(opened.response().map());
    if (limit.admits(json)) {
      requestLog.add(opened, json.length);
      return new Sent(opened.response(), json);
    }
    GraphqlResponse error = opened.response().tooLarge(json.length, requestId);
    requestLog.addTooLarge(opened, error, json.length);
    return new Sent(error, Json.bytes(error.map()));
  }

  private static byte[] logged(GraphqlResponse response, RequestLog requestLog) {
    byte[] json = Json.bytes(response.map());
    requestLog.add(response, json.length);
    return json;
  }

  private static void checkHeaders(HttpRequest request) throws BadRequest {
    if (!request.method().equals("POST")) {
      throw new BadRequest(
          405,
          ErrorCode.BAD_REQUEST,
          "Send GraphQL requests with POST.",
          Map.of("allow", Cors.METHODS)); // RFC 9110, section 10.2.1
    }
    if (MediaType.accepted(request.header("accept")).isEmpty()) {
      throw new BadRequest(
          406,
          ErrorCode.BAD_REQUEST,
          "The Accept header must allow application/graphql-response+json or application/json.");
    }
    if (!MediaType.isJson(request.header("content-type"))) {
      throw new BadRequest(
          415,
          ErrorCode.BAD_REQUEST,
          "Send JSON in UTF-8 with the content type application/json.",
          Map.of("accept", "application/json")); // RFC 9110, section 15.5.16
    }
  }

  /**
   * The caller: anonymous without a token. Clients that are signed out may send an empty header,
   * which claims nothing. An invalid token is an error, never anonymous.
   */
  private Caller caller(HttpRequest request, RequestLog requestLog) throws BadRequest {
    try {
      if (!request.claims().isEmpty()) {
        return verified(tokens.authorized(request.claims()), requestLog);
      }
      Optional<String> token = authorization.token(request.header("authorization"));
      return token.isEmpty()
          ? new Caller.Anonymous(request.address())
          : verified(tokens.verify(token.get(), request.deadline().remaining()), requestLog);
    } catch (InvalidToken invalid) {
      requestLog.refused(invalid);
      throw new BadRequest(
          401,
          ErrorCode.UNAUTHENTICATED,
          "The token is invalid. Sign in again.",
          Map.of("www-authenticate", "Bearer error=\"invalid_token\"")); // RFC 6750, section 3.1
    } catch (IssuerUnavailable unknown) { // the token may be valid
      log.failure(request.id(), "token", unknown);
      throw new BadRequest(
          503,
          ErrorCode.UNAVAILABLE,
          "The token can't be verified right now. Retry later.",
          Map.of("retry-after", "5"));
    }
  }

  private static Caller verified(Caller.Verified caller, RequestLog requestLog) {
    requestLog.caller(caller);
    return caller;
  }

  private static HttpResponse single(Sent sent, MediaType type, HttpRequest request) {
    int status =
        switch (sent.response().outcome()) {
          case EXECUTED, HANDSHAKE -> 200;
          case REFUSED -> type == MediaType.JSON ? 200 : 400;
          case FAILED -> 500;
        };
    HttpResponse response = HttpResponse.graphql(status, type, sent.json());
    CachePolicy cache = sent.response().cache();
    return cache == null
        ? response
        : EntityTag.tagged(response.with("cache-control", header(cache)), request);
  }

  /** RFC 9111, section 5.2.2. */
  private static String header(CachePolicy cache) {
    return (cache.maxAge() == 0 ? "no-cache, " : "max-age=" + cache.maxAge() + ", ")
        + (cache.isPrivate() ? "private" : "public");
  }

  /** A JSON array of entries that are JSON already. */
  private static byte[] array(List<Sent> entries) {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    byte separator = '[';
    for (Sent entry : entries) {
      array.write(separator);
      array.writeBytes(entry.json());
      separator = ',';
    }
    array.write(']');
    return array.toByteArray();
  }
}
