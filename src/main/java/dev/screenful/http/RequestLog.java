package dev.screenful.http;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.identity.Caller;
import dev.screenful.identity.InvalidToken;
import dev.screenful.json.Json;
import dev.screenful.screens.KnownScreen;
import dev.screenful.screens.ScreenResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log lines of one HTTP request: one for each GraphQL request in it, or a single one where
 * there was none.
 */
final class RequestLog {

  /** Characters that are kept of anything that a client wrote. */
  private static final int LONGEST = 64;

  private final String requestId;
  private final long started = System.nanoTime();
  private final Map<String, @Nullable Object> common = new LinkedHashMap<>();
  private final List<Map<String, @Nullable Object>> lines = new ArrayList<>();
  private final List<Map<String, Object>> overBudget = new ArrayList<>();

  RequestLog(HttpRequest request) {
    requestId = request.id();
    common.put("requestId", requestId);
    common.put("client", header(request, "apollographql-client-name"));
    common.put("clientVersion", header(request, "apollographql-client-version"));
    common.put("caller", null);
  }

  private static @Nullable String header(HttpRequest request, String name) {
    return cut(request.header(name));
  }

  private static @Nullable String cut(@Nullable Object value) {
    String text = value == null ? null : value.toString();
    return text == null ? null : text.substring(0, Math.min(text.length(), LONGEST));
  }

  void caller(Caller.Verified caller) {
    common.put("caller", caller.id());
  }

  void refused(InvalidToken why) {
    common.put("refused", cut(why.getMessage()));
  }

  /** An answer as JSON, whose line is noted; {@code bytes} are those before they are compressed. */
  byte[] json(GraphqlResponse answer) {
    return json(new ScreenResponse(answer, Optional.empty(), Map.of()));
  }

  /** An answer as JSON, whose line is noted with the screen that it is of. */
  byte[] json(ScreenResponse opened) {
    GraphqlResponse answer = opened.answer();
    byte[] json = Json.bytes(answer.response());
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("operation", cut(answer.operation()));
    line.put("screen", opened.screen().map(KnownScreen::name).orElse(null));
    if (!opened.logged().isEmpty()) {
      Map<String, @Nullable Object> variables = new LinkedHashMap<>();
      opened.logged().forEach((name, value) -> variables.put(name, cut(value)));
      line.put("variables", variables);
    }
    line.put("outcome", answer.outcome().name());
    line.put("items", answer.cost().items());
    line.put("trips", answer.cost().trips());
    line.put("readUnits", answer.cost().readUnits());
    line.put("writeUnits", answer.cost().writeUnits());
    line.put("bytes", json.length);
    opened
        .screen()
        .flatMap(screen -> BudgetWarning.of(requestId, screen, answer, json.length))
        .ifPresent(overBudget::add);
    lines.add(line);
    return json;
  }

  /**
   * The lines, now that the response is ready. Entries of a batch are answered together, so {@code
   * ms} of each are those of the whole.
   */
  List<Map<String, @Nullable Object>> done(int status) {
    if (lines.isEmpty()) {
      lines.add(Map.of());
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    List<Map<String, @Nullable Object>> done = new ArrayList<>();
    for (int entry = 0; entry < lines.size(); entry++) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>(common);
      if (lines.size() > 1) {
        line.put("entry", entry);
      }
      line.putAll(lines.get(entry));
      line.put("status", status);
      line.put("ms", millis);
      done.add(line);
    }
    return done;
  }

  /** What to warn of: screens that cost more than they may. */
  List<Map<String, Object>> warnings() {
    return overBudget;
  }
}
