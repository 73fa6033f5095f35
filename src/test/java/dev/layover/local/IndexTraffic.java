package dev.layover.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.build.IndexUsage;
import dev.screenful.store.Index;
import dev.screenful.store.Key;
import dev.screenful.store.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records the attributes that screens request from each index. If an index lacks some, only keys
 * are read from it, and the items in a batch; the attributes of that batch count too.
 */
public final class IndexTraffic extends Wire {

  /** The number of key attributes: two of the table, and two of the index. */
  private static final int MAX_KEYS = 4;

  private final Map<String, Set<String>> requested = new ConcurrentHashMap<>();
  private final Map<Set<JsonNode>, String> keysOnly = new ConcurrentHashMap<>();

  @Override
  protected JsonNode received(String operation, JsonNode request, ObjectNode response) {
    if (operation.equals("Query") && request.has("IndexName")) {
      String index = request.get("IndexName").asText();
      Set<JsonNode> keys = new HashSet<>();
      response.get("Items").forEach(item -> keys.add(key(item)));
      if (Set.of(request.get("ProjectionExpression").asText().split(",")).size() <= MAX_KEYS) {
        keysOnly.put(keys, index);
      }
      requested
          .computeIfAbsent(index, unseen -> ConcurrentHashMap.newKeySet())
          .addAll(names(request));
    }
    return response;
  }

  @Override
  protected void beforeSending(String operation, JsonNode request) {
    if (operation.equals("BatchGetItem")) {
      for (JsonNode part : request.get("RequestItems")) {
        Set<JsonNode> wanted = new HashSet<>();
        part.get("Keys").forEach(wanted::add);
        keysOnly.forEach((keys, index) -> {
          if (keys.containsAll(wanted)) {
            Objects.requireNonNull(requested.get(index)).addAll(names(part));
          }
        });
      }
    }
  }

  private static Set<String> names(JsonNode request) {
    Set<String> names = new HashSet<>();
    request.get("ExpressionAttributeNames").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static JsonNode key(JsonNode item) {
    ObjectNode key = Phone.JSON.createObjectNode();
    key.set(Key.PARTITION, item.get(Key.PARTITION));
    key.set(Key.SORT, item.get(Key.SORT));
    return key;
  }

  /** The usage of each index of a table, with the sizes of its entries. */
  public List<IndexUsage> uses(Table table, List<Index> indexes) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    Sdk.shared().scanPaginator(scan -> scan.tableName(table.name())).items().forEach(items::add);
    return indexes.stream().map(index -> use(index, items)).toList();
  }

  private IndexUsage use(Index index, List<Map<String, AttributeValue>> items) {
    Set<String> keys = Set.of(Key.PARTITION, Key.SORT, index.partition(), index.sort());
    Set<String> wanted = new TreeSet<>(requested.getOrDefault(index.name(), Set.of()));
    wanted.removeAll(keys);
    List<Map<String, AttributeValue>> entries =
        items.stream()
            .filter(item -> item.containsKey(index.partition()) && item.containsKey(index.sort()))
            .toList();
    return new IndexUsage(
        index.name(),
        wanted,
        index.included(),
        entries.size(),
        bytes(entries, name -> keys.contains(name) || index.included().contains(name)),
        bytes(entries, name -> keys.contains(name) || wanted.contains(name)),
        bytes(entries, name -> true));
  }

  private static double bytes(
      List<Map<String, AttributeValue>> entries, Predicate<String> projected) {
    return entries.stream()
        .mapToInt(item ->
            item.entrySet().stream()
                .filter(attribute -> projected.test(attribute.getKey()))
                .mapToInt(attribute -> length(attribute.getKey()) + bytes(attribute.getValue()))
                .sum())
        .average()
        .orElse(0);
  }

  /** The size of a value in DynamoDB: see "Item sizes and formats" in its developer guide. */
  private static int bytes(AttributeValue value) {
    return switch (value.type()) {
      case S -> length(value.s());
      case N -> value.n().length() / 2 + 1;
      case L -> 3 + value.l().stream().mapToInt(element -> 1 + bytes(element)).sum();
      case M ->
          3
              + new HashMap<>(value.m())
                  .entrySet().stream()
                      .mapToInt(entry -> 1 + length(entry.getKey()) + bytes(entry.getValue()))
                      .sum();
      default -> 1;
    };
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
