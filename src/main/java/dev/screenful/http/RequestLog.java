package dev.screenful.http;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.json.Json;
import dev.screenful.screens.KnownScreen;
import dev.screenful.screens.ScreenResponse;
import dev.screenful.telemetry.RequestLogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the log entries of one HTTP request: one for each GraphQL request in it, or a single one
 * if it has none.
 */
final class RequestLog {

  /** Characters kept of each string from the client. */
  private static final int MAX_LENGTH = 64;

  private final String requestId;
  private final @Nullable String client;
  private final @Nullable String clientVersion;
  private final long started = System.nanoTime();
  private final List<RequestLogEntry.Operation> operations = new ArrayList<>();
  private final List<Map<String, Object>> warnings = new ArrayList<>();
  private @Nullable String caller;
  private @Nullable String refused;

  RequestLog(HttpRequest request) {
    requestId = request.id();
    client = truncate(request.header("apollographql-client-name"));
    clientVersion = truncate(request.header("apollographql-client-version"));
  }

  private static @Nullable String truncate(@Nullable Object value) {
    String text = value == null ? null : value.toString();
    return text == null ? null : text.substring(0, Math.min(text.length(), MAX_LENGTH));
  }

  void caller(Caller.Verified verified) {
    caller = verified.id();
  }

  void refused(InvalidToken why) {
    refused = why.getMessage();
  }

  /** The JSON of a response, which is added to the log. */
  byte[] json(GraphqlResponse response) {
    return json(new ScreenResponse(response, Optional.empty(), Map.of()));
  }

  /** The JSON of a screen's response, which is added to the log. */
  byte[] json(ScreenResponse opened) {
    GraphqlResponse response = opened.response();
    byte[] json = Json.bytes(response.map());
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    opened.logged().forEach((name, value) -> variables.put(name, truncate(value)));
    operations.add(
        new RequestLogEntry.Operation(
            truncate(response.operation()),
            opened.screen().map(KnownScreen::name).orElse(null),
            variables,
            response.outcome().name(),
            response.cost().items(),
            response.cost().trips(),
            response.cost().readUnits(),
            response.cost().writeUnits(),
            json.length));
    opened
        .screen()
        .flatMap(screen -> BudgetWarning.of(requestId, screen, response, json.length))
        .ifPresent(warnings::add);
    return json;
  }

  /**
   * The log entries, once the HTTP response is ready. All entries of a batch have the duration of
   * the whole batch.
   */
  List<RequestLogEntry> entries(int status) {
    long millis = (System.nanoTime() - started) / 1_000_000;
    boolean isBatch = operations.size() > 1;
    List<RequestLogEntry.@Nullable Operation> all =
        operations.isEmpty() ? Collections.singletonList(null) : List.copyOf(operations);
    List<RequestLogEntry> entries = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      entries.add(
          new RequestLogEntry(
              requestId,
              client,
              clientVersion,
              caller,
              refused,
              isBatch ? index : null,
              all.get(index),
              status,
              millis));
    }
    return entries;
  }

  /** The fields of warnings about screens that exceed their budget. */
  List<Map<String, Object>> warnings() {
    return warnings;
  }
}
