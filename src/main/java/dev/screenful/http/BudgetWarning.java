package dev.screenful.http;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.json.Json;
import dev.screenful.screens.KnownScreen;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a log says of a screen that cost more than its budget: how much, and which field did. */
final class BudgetWarning {

  private BudgetWarning() {}

  static Optional<Map<String, Object>> of(
      String requestId, KnownScreen screen, GraphqlResponse answer, int bytes) {
    return screen
        .budget()
        .map(budget -> budget.exceededBy(bytes, answer.cost().items(), answer.cost().trips()))
        .filter(over -> !over.isEmpty())
        .map(over -> {
          Map<String, Object> warning = new LinkedHashMap<>();
          warning.put("requestId", requestId);
          warning.put("screen", screen.name());
          warning.put("over", over);
          warning.put("fields", fields(answer));
          return warning;
        });
  }

  private static Map<String, Map<String, Integer>> fields(GraphqlResponse answer) {
    Map<String, Map<String, Integer>> fields = new TreeMap<>();
    answer
        .cost()
        .fields()
        .forEach((path, cost) -> {
          Map<String, Integer> figures =
              fields.computeIfAbsent(path, unseen -> new LinkedHashMap<>());
          figures.put("reads", cost.items());
          figures.put("trips", cost.trips());
        });
    if (answer.response().get("data") instanceof Map<?, ?> data) {
      data.forEach((field, value) ->
          fields
              .computeIfAbsent(String.valueOf(field), unseen -> new LinkedHashMap<>())
              .put("bytes", Json.bytes(value).length));
    }
    return fields;
  }
}
