package dev.screenful.screens;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.json.Excerpt;
import dev.screenful.telemetry.InvocationTrace;
import dev.screenful.telemetry.Log;
import dev.screenful.telemetry.Metrics;
import dev.screenful.telemetry.RequestLogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the log entries of one HTTP request or WebSocket message: one for each GraphQL request
 * in it, or a single one if it has none.
 */
public final class RequestLog {

  /** A warning, as {@link dev.screenful.telemetry.Log#warning} takes it. */
  private record Warning(String event, Map<String, ? extends @Nullable Object> fields) {}

  private final String requestId;
  private final InvocationTrace trace;
  private final @Nullable String client;
  private final @Nullable String clientVersion;
  private final long started = System.nanoTime();
  private final List<RequestLogEntry.Operation> operations = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable String caller;
  private @Nullable String refused;

  /**
   * A log of a request.
   *
   * @param trace connects its entries with other records of the request
   * @param client the app's name, as its client sent it
   * @param clientVersion the app's version, as its client sent it
   */
  public RequestLog(
      String requestId,
      InvocationTrace trace,
      @Nullable String client,
      @Nullable String clientVersion) {
    this.requestId = requestId;
    this.trace = trace;
    this.client = truncate(client);
    this.clientVersion = truncate(clientVersion);
  }

  private static @Nullable String truncate(@Nullable Object value) {
    return value == null ? null : Excerpt.start(value.toString(), Excerpt.LENGTH);
  }

  /** Sets the caller. */
  public void caller(Caller.Verified verified) {
    caller = verified.id();
  }

  /** Sets the reason for which the token was rejected. */
  public void refused(InvalidToken why) {
    refused = why.getMessage();
  }

  /** Adds a response of some bytes. */
  public void add(GraphqlResponse response, int bytes) {
    add(new ScreenResponse(response, Optional.empty(), Map.of()), bytes);
  }

  /** Adds a screen's response of some bytes. */
  public void add(ScreenResponse opened, int bytes) {
    add(opened, opened.response(), bytes);
  }

  private void add(ScreenResponse opened, GraphqlResponse sent, int bytes) {
    GraphqlResponse response = opened.response();
    Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    opened.logged().forEach((name, value) -> variables.put(name, truncate(value)));
    operations.add(
        new RequestLogEntry.Operation(
            truncate(response.operation()),
            opened.screen().map(KnownScreen::name).orElse(null),
            variables,
            response.outcome().name(),
            sent.errorCodes(),
            response.cost().items(),
            response.cost().trips(),
            response.cost().readUnits(),
            response.cost().writeUnits(),
            bytes));
    opened
        .screen()
        .flatMap(screen -> BudgetWarning.of(requestId, screen, response, bytes))
        .ifPresent(fields -> warnings.add(new Warning("overBudget", fields)));
  }

  /** Adds a screen's response of some bytes, and a warning that another one is sent instead. */
  public void addTooLarge(ScreenResponse opened, GraphqlResponse instead, int bytes) {
    add(opened, instead, bytes);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("requestId", requestId);
    fields.put("operation", truncate(opened.response().operation()));
    fields.put("screen", opened.screen().map(KnownScreen::name).orElse(null));
    fields.put("bytes", bytes);
    warnings.add(new Warning("responseTooLarge", fields));
  }

  /**
   * Writes the entries and warnings, once the response is ready. All entries of a batch have the
   * duration of the whole batch.
   */
  public void write(int status, Log log, Metrics metrics) {
    entries(status).forEach(entry -> log.request(entry, metrics));
    warnings.forEach(warning -> log.warning(warning.event(), warning.fields()));
  }

  private List<RequestLogEntry> entries(int status) {
    long millis = (System.nanoTime() - started) / 1_000_000;
    boolean isBatch = operations.size() > 1;
    List<RequestLogEntry.@Nullable Operation> all =
        operations.isEmpty() ? Collections.singletonList(null) : List.copyOf(operations);
    List<RequestLogEntry> entries = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      entries.add(
          new RequestLogEntry(
              requestId,
              index == 0 ? trace : trace.again(),
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
}
