package dev.screenful.http;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.execution.CachePolicy;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.IssuerUnavailable;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.ScreenResponse;
import dev.screenful.screens.Screens;
import dev.screenful.store.Cost;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers HTTP requests with what the screens room says to them, and writes a log line for each
 * GraphQL request in them.
 */
public final class GraphqlOverHttp {

  private static final String BEARER = "bearer ";

  private final Screens screens;
  private final TokenVerifier tokens;
  private final HttpSettings settings;
  private final Cors cors;
  private final Metrics metrics;
  private final Log log;

  public GraphqlOverHttp(
      Screens screens, TokenVerifier tokens, HttpSettings settings, Metrics metrics, Log log) {
    this.screens = screens;
    this.tokens = tokens;
    this.settings = settings;
    this.cors = new Cors(settings.origins());
    this.metrics = metrics;
    this.log = log;
  }

  /** The response to a request, whatever it is. */
  public HttpResponse answer(HttpRequest request) {
    RequestLog lines = new RequestLog(request);
    HttpResponse response;
    try {
      response = respond(request, lines);
    } catch (Throwable thrown) { // a stack overflow too: the environment stays healthy
      log.failure(request.id(), "request", thrown);
      response =
          HttpResponse.graphql(
              500, MediaType.JSON, lines.json(GraphqlResponse.failed(thrown, request.id(), new Cost())));
    }
    for (Map<String, @Nullable Object> line : lines.done(response.status())) {
      log.request(metrics.measured(line));
    }
    lines.warnings().forEach(warning -> log.warning("overBudget", warning));
    return Gzip.compress(cors.readable(response, request), request);
  }

  private HttpResponse respond(HttpRequest request, RequestLog lines) {
    if (request.method().equals("OPTIONS")) {
      return cors.options(request);
    }
    MediaType type = MediaType.accepted(request.header("accept")).orElse(MediaType.JSON);
    try {
      refuseUnlessPossible(request);
      Caller caller = caller(request, lines);
      RequestBody body = RequestBody.of(request, settings.batchLimit());
      List<ScreenResponse> answers =
          screens.answer(body.requests(), caller, request.deadline(), request.id());
      List<byte[]> json = answers.stream().map(lines::json).toList();
      return body.isBatch()
          ? HttpResponse.graphql(200, type, array(json))
          : single(answers.getFirst().answer(), json.getFirst(), type, request);
    } catch (BadRequest wrong) {
      return HttpResponse.graphql(wrong.status(), type, lines.json(wrong.answer(request.id())))
          .with(wrong.headers());
    }
  }

  private static void refuseUnlessPossible(HttpRequest request) throws BadRequest {
    if (!request.method().equals("POST")) {
      throw new BadRequest(
          405,
          ErrorCode.BAD_REQUEST,
          "GraphQL is served by POST.",
          Map.of("allow", Cors.METHODS)); // RFC 9110, section 10.2.1
    }
    if (MediaType.accepted(request.header("accept")).isEmpty()) {
      throw new BadRequest(
          406,
          ErrorCode.BAD_REQUEST,
          "Accept application/graphql-response+json or application/json.");
    }
    if (!MediaType.isJson(request.header("content-type"))) {
      throw new BadRequest(
          415,
          ErrorCode.BAD_REQUEST,
          "Send JSON in UTF-8, with the content type application/json.",
          Map.of("accept", "application/json")); // RFC 9110, section 15.5.16
    }
  }

  /** No token means an anonymous caller; a token that can't be trusted never does. */
  private Caller caller(HttpRequest request, RequestLog lines) throws BadRequest {
    String authorization = request.header("authorization");
    try {
      if (!request.claims().isEmpty()) {
        return known(tokens.authorized(request.claims()), lines);
      }
      if (authorization == null) {
        return new Caller.Anonymous(request.address());
      }
      if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw new InvalidToken("The authorization scheme is not Bearer.");
      }
      return known(tokens.verify(authorization.substring(BEARER.length()).strip()), lines);
    } catch (InvalidToken invalid) {
      lines.refused(invalid);
      throw new BadRequest(
          401,
          ErrorCode.UNAUTHENTICATED,
          "The token is not valid; sign in again.",
          Map.of("www-authenticate", "Bearer")); // RFC 9110, section 11.6.1
    } catch (IssuerUnavailable unknown) { // neither anonymous nor signed out
      log.failure(request.id(), "token", unknown);
      throw new BadRequest(
          503,
          ErrorCode.UNAVAILABLE,
          "It can't be found out just now who you are; ask again later.",
          Map.of("retry-after", "5"));
    }
  }

  private static Caller known(Caller.Verified caller, RequestLog lines) {
    lines.caller(caller);
    return caller;
  }

  private static HttpResponse single(
      GraphqlResponse answer, byte[] json, MediaType type, HttpRequest request) {
    int status =
        switch (answer.outcome()) {
          case EXECUTED, HANDSHAKE -> 200;
          case REFUSED -> type == MediaType.JSON ? 200 : 400;
          case FAILED -> 500;
        };
    HttpResponse response = HttpResponse.graphql(status, type, json);
    CachePolicy cache = answer.cache();
    return cache == null
        ? response
        : EntityTag.tagged(response.with("cache-control", header(cache)), request);
  }

  /** RFC 9111, section 5.2.2. */
  private static String header(CachePolicy cache) {
    return (cache.maxAge() == 0 ? "no-cache, " : "max-age=" + cache.maxAge() + ", ")
        + (cache.isPrivate() ? "private" : "public");
  }

  /** The answers of a batch, which are JSON already. */
  private static byte[] array(List<byte[]> entries) {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    byte separator = '[';
    for (byte[] entry : entries) {
      array.write(separator);
      array.writeBytes(entry);
      separator = ',';
    }
    array.write(']');
    return array.toByteArray();
  }
}
