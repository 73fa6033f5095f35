package dev.screenful.http;

import dev.screenful.execution.Answer;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.identity.TokenVerifier;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.screens.GraphqlRequest;
import dev.screenful.screens.Screens;
import dev.screenful.telemetry.Log;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers HTTP requests with what the screens room says to them, and writes a log line for each.
 */
public final class GraphqlOverHttp {

  private static final String BEARER = "bearer ";

  private final Screens screens;
  private final TokenVerifier tokens;
  private final Log log;

  public GraphqlOverHttp(Screens screens, TokenVerifier tokens, Log log) {
    this.screens = screens;
    this.tokens = tokens;
    this.log = log;
  }

  /** The response to a request, whatever it is. */
  public HttpResponse answer(HttpRequest request) {
    long started = System.nanoTime();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("requestId", request.id());
    HttpResponse response;
    try {
      response = answer(request, line);
    } catch (Throwable thrown) { // a stack overflow too: the environment stays healthy
      log.failure(request.id(), "request", thrown);
      response = HttpResponse.failed(request.id());
    }
    line.put("status", response.status());
    line.put("ms", (System.nanoTime() - started) / 1_000_000);
    line.put("bytes", response.body().length);
    log.request(line);
    return response;
  }

  private HttpResponse answer(HttpRequest request, Map<String, @Nullable Object> line) {
    MediaType type = MediaType.accepted(request.header("accept")).orElse(MediaType.JSON);
    try {
      refuseUnlessPossible(request);
      Caller caller = caller(request, line);
      line.put("caller", caller instanceof Caller.Verified verified ? verified.id() : null);
      GraphqlRequest graphql = RequestBody.read(request.body());
      Answer answer = screens.answer(graphql, caller, request.id());
      line.put("operation", answer.operation());
      line.put("items", answer.cost().items());
      line.put("trips", answer.cost().trips());
      line.put("units", answer.cost().units());
      boolean bad = answer.outcome() == Answer.Outcome.REFUSED && type != MediaType.JSON;
      return HttpResponse.graphql(bad ? 400 : 200, type, answer.response());
    } catch (BadRequest wrong) {
      return HttpResponse.error(
          wrong.status(), type, wrong.code(), wrong.getMessage(), request.id());
    }
  }

  private static void refuseUnlessPossible(HttpRequest request) throws BadRequest {
    if (!request.method().equals("POST")) {
      throw new BadRequest(405, ErrorCode.BAD_REQUEST, "GraphQL is served by POST.");
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
          "Send JSON in UTF-8, with the content type application/json.");
    }
  }

  /** No token means an anonymous caller; a token that can't be trusted never does. */
  private Caller caller(HttpRequest request, Map<String, @Nullable Object> line) throws BadRequest {
    String authorization = request.header("authorization");
    if (authorization == null) {
      return new Caller.Anonymous();
    }
    try {
      if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw new InvalidToken("The authorization scheme is not Bearer.");
      }
      return tokens.verify(authorization.substring(BEARER.length()).strip());
    } catch (InvalidToken invalid) {
      line.put("refused", invalid.getMessage());
      throw new BadRequest(
          401, ErrorCode.UNAUTHENTICATED, "The token is not valid; sign in again.");
    }
  }
}
