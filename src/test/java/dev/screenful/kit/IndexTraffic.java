package dev.screenful.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.screenful.build.IndexUsage;
import dev.screenful.dynamodb.ItemPage;
import dev.screenful.dynamodb.ScanItems;
import dev.screenful.store.Index;
import dev.screenful.store.Key;
import dev.screenful.store.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records the attributes that screens request from each index. If an index lacks some, only keys
 * are read from it, and the items in a batch; the attributes of that batch count too.
 */
public final class IndexTraffic extends Wire {

  /** The number of key attributes: two of the table, and two of the index. */
  private static final int MAX_KEYS = 4;

  private static final Duration A_MINUTE = Duration.ofMinutes(1);

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
  public List<IndexUsage> uses(Table table) {
    List<Map<String, @Nullable Object>> items = items(table);
    return table.definition().indexes().stream().map(index -> use(index, items)).toList();
  }

  /** All items of a table. */
  public static List<Map<String, @Nullable Object>> items(Table table) {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    Map<String, @Nullable Object> start = null;
    do {
      ItemPage page = table.client().call(new ScanItems(table.name(), start, 1000), A_MINUTE);
      items.addAll(page.items());
      start = page.lastKey();
    } while (start != null);
    return items;
  }

  private IndexUsage use(Index index, List<Map<String, @Nullable Object>> items) {
    Set<String> keys = Set.of(Key.PARTITION, Key.SORT, index.partition(), index.sort());
    Set<String> wanted = new TreeSet<>(requested.getOrDefault(index.name(), Set.of()));
    wanted.removeAll(keys);
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    for (Map<String, @Nullable Object> item : items) {
      if (item.containsKey(index.partition()) && item.containsKey(index.sort())) {
        entries.add(item);
      }
    }
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
      List<Map<String, @Nullable Object>> entries, Predicate<String> projected) {
    double sum = 0;
    for (Map<String, @Nullable Object> entry : entries) {
      for (Map.Entry<String, @Nullable Object> attribute : entry.entrySet()) {
        if (projected.test(attribute.getKey())) {
          sum += length(attribute.getKey()) + bytes(attribute.getValue());
        }
      }
    }
    return entries.isEmpty() ? 0 : sum / entries.size();
  }

  /** The size of a value in DynamoDB: see "Item sizes and formats" in its developer guide. */
  private static int bytes(@Nullable Object value) {
    return switch (value) {
      case String text -> length(text);
      case Number number -> number.toString().length() / 2 + 1;
      case List<?> list -> 3 + list.stream().mapToInt(element -> 1 + bytes(element)).sum();
      case Map<?, ?> map ->
          3
              + map.entrySet().stream()
                  .mapToInt(
                      entry -> 1 + length(String.valueOf(entry.getKey())) + bytes(entry.getValue()))
                  .sum();
      case null -> 1;
      default -> 1;
    };
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
