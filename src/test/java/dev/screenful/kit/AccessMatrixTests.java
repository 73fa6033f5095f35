package dev.screenful.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The access matrix: every field of the SDL, requested by several callers. The result is compared
 * with {@code approved/access.md}. After an intended change, {@code mvn test
 * -Dtest=AccessMatrixTest -Dapprove} rewrites the file. Review it before you commit it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AccessMatrixTests {

  private static final String SUBSCRIPTION = "Subscription";

  private static final Path APPROVED = Path.of("src/test/resources/approved/access.md");

  /** The callers, by the title of their column. */
  protected abstract Map<String, Phone> callers();

  /** The query that reaches each type; {@code %} is replaced by the selection. */
  protected abstract Map<String, String> queriesByType();

  /** A call of each field of {@code Query}. */
  protected abstract Map<String, String> queries();

  /**
   * The WebSocket API of the callers, before an instance that knows them. Override it if the schema
   * has subscriptions. They are called like the fields of {@link #queries()}.
   */
  protected Sockets sockets() {
    throw new AssertionError(
        "The schema has subscriptions. Override %s.sockets()."
            .formatted(getClass().getSimpleName()));
  }

  /** A call of each field of {@code Mutation}; {@code "ID"} is replaced by a new request id. */
  protected abstract Map<String, String> mutations();

  @Test
  void the_access_matrix_is_as_approved() throws IOException {
    Map<String, Phone> callers = callers();
    Map<String, String> rows = new TreeMap<>();
    JsonNode types = types(callers.values().iterator().next());
    Set<String> queried = queried(types);
    for (JsonNode type : types) {
      String name = type.get("name").asText();
      if (type.get("kind").asText().equals("OBJECT") && queried.contains(name)) {
        Sockets sockets = name.equals(SUBSCRIPTION) ? sockets() : null;
        for (JsonNode field : type.get("fields")) {
          String document = document(name, field);
          StringBuilder row = new StringBuilder();
          callers
              .values()
              .forEach(phone -> row.append(" | ").append(outcome(reply(phone, sockets, document))));
          rows.put(
              name + "." + field.get("name").asText(),
              "| `%s.%s`%s |\n".formatted(name, field.get("name").asText(), row));
        }
      }
    }
    StringBuilder table =
        new StringBuilder("| field | " + String.join(" | ", callers.keySet()) + " |\n");
    table.append("|---".repeat(callers.size() + 1)).append("|\n");
    rows.values().forEach(table::append);
    if (System.getProperty("approve") != null) {
      Files.createDirectories(APPROVED.getParent());
      Files.writeString(APPROVED, table);
    }
    assertThat(APPROVED)
        .as("Run mvn test -Dtest=%s -Dapprove, and review it", getClass().getSimpleName())
        .exists();
    assertThat(table.toString()).isEqualTo(Files.readString(APPROVED));
  }

  /** The types with their fields, by introspection. Deprecated fields are served too. */
  static JsonNode types(Phone phone) {
    return phone
        .ask(
            "{ __schema { types { kind name possibleTypes { name } fields(includeDeprecated: true) { name type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }")
        .data("/__schema/types");
  }

  /**
   * The types that queries reach. All others are results of mutations, and have no access rules.
   */
  private static Set<String> queried(JsonNode types) {
    Map<String, JsonNode> byName = new HashMap<>();
    types.forEach(type -> byName.put(type.get("name").asText(), type));
    Set<String> queried = new HashSet<>(Set.of("Query", "Mutation", SUBSCRIPTION));
    Deque<String> next = new ArrayDeque<>(Set.of("Query"));
    while (!next.isEmpty()) {
      JsonNode type = Objects.requireNonNull(byName.get(next.remove()));
      Set<String> reached = new HashSet<>();
      type.get("fields")
          .forEach(field -> reached.add(named(field.get("type")).get("name").asText()));
      type.get("possibleTypes").forEach(possible -> reached.add(possible.get("name").asText()));
      for (String name : reached) {
        if (queried.add(name)) {
          next.add(name);
        }
      }
    }
    return queried;
  }

  private String document(String type, JsonNode field) {
    String name = field.get("name").asText();
    String selection = isComposite(field.get("type")) ? " { __typename }" : "";
    return switch (type) {
      case "Query" -> "{ " + known(queries(), name, "queries()") + selection + " }";
      case SUBSCRIPTION ->
          "subscription { " + known(queries(), name, "queries()") + selection + " }";
      case "Mutation" -> "mutation { " + known(mutations(), name, "mutations()") + selection + " }";
      default -> known(queriesByType(), type, "queriesByType()").replace("%", name + selection);
    };
  }

  private String known(Map<String, String> all, String name, String method) {
    assertThat(all)
        .as(
            "The matrix has no request for '%s'. Add one to %s.%s",
            name, getClass().getSimpleName(), method)
        .containsKey(name);
    return String.valueOf(all.get(name));
  }

  private static boolean isComposite(JsonNode type) {
    return Set.of("OBJECT", "INTERFACE", "UNION").contains(named(type).get("kind").asText());
  }

  private static JsonNode named(JsonNode type) {
    JsonNode named = type;
    while (named.has("ofType") && !named.get("ofType").isNull()) {
      named = named.get("ofType");
    }
    return named;
  }

  private static Phone.Reply reply(Phone phone, @Nullable Sockets sockets, String document) {
    return sockets == null
        ? phone.ask(document.replace("\"ID\"", "\"" + UUID.randomUUID() + "\""))
        : phone.open(sockets, document, Map.of());
  }

  /** The outcome: an error code, {@code null}, {@code empty} or {@code data}. */
  private static String outcome(Phone.Reply reply) {
    if (!reply.code().equals("no error")) {
      return reply.code();
    }
    JsonNode value = reply.body().get("data");
    while (value.isObject() && value.size() == 1) {
      value = value.elements().next();
      if (value.isArray() && !value.isEmpty()) {
        value = value.get(0);
      }
    }
    return value.isNull() ? "null" : value.isEmpty() && value.isContainerNode() ? "empty" : "data";
  }
}
