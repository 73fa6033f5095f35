package dev.screenful.screens;

import dev.screenful.execution.GraphqlResponse;
import dev.screenful.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The warning about a screen that exceeds its budget: by how much, and the cost of each field. */
final class BudgetWarning {

  private BudgetWarning() {}

  /** The fields of the warning; empty within the budget. */
  static Optional<Map<String, Object>> of(
      String requestId, KnownScreen screen, GraphqlResponse response, int bytes) {
    boolean hasErrors = response.map().containsKey("errors"); // their texts are not the screen's
    return screen
        .budget()
        .map(budget ->
            budget.exceededBy(
                hasErrors ? 0 : bytes, response.cost().items(), response.cost().trips()))
        .filter(over -> !over.isEmpty())
        .map(over -> {
          Map<String, Object> warning = new LinkedHashMap<>();
          warning.put("requestId", requestId);
          warning.put("screen", screen.name());
          warning.put("over", over);
          warning.put("fields", fields(response));
          return warning;
        });
  }

  private static Map<String, Map<String, Integer>> fields(GraphqlResponse response) {
    Map<String, Map<String, Integer>> fields = new TreeMap<>();
    response
        .cost()
        .fields()
        .forEach((path, cost) -> {
          Map<String, Integer> figures =
              fields.computeIfAbsent(path, unseen -> new LinkedHashMap<>());
          figures.put("reads", cost.items());
          figures.put("trips", cost.trips());
        });
    if (response.map().get("data") instanceof Map<?, ?> data) {
      data.forEach((field, value) ->
          fields
              .computeIfAbsent(String.valueOf(field), unseen -> new LinkedHashMap<>())
              .put("bytes", Json.bytes(value).length));
    }
    return fields;
  }
}
