package dev.screenful.live;

import dev.screenful.crypto.Sha256;
import dev.screenful.identity.Caller;
import dev.screenful.json.Json;
import dev.screenful.json.MalformedJson;
import dev.screenful.screens.GraphqlRequest;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A query that stays open. All subscribers with the same document and the same variables share one
 * query if its answer is public; otherwise, all subscribers of one caller do.
 *
 * @param id the hash of all that its answer depends on, beside the data
 * @param request the document and its variables
 * @param caller the caller whose rights it has; an anonymous one if it is shared
 * @param isShared whether its answer is public
 */
record LiveQuery(String id, GraphqlRequest request, Caller caller, boolean isShared) {

  /** Characters of an id: 128 bits in hexadecimal. */
  private static final int ID_LENGTH = 32;

  /** The query that everyone with a request shares. */
  static LiveQuery shared(GraphqlRequest request) {
    return new LiveQuery(id(request, ""), request, new Caller.Anonymous(""), true);
  }

  /** The query of one caller. The expiry of its token does not matter, only that of subscribers. */
  static LiveQuery of(GraphqlRequest request, Caller caller) {
    Caller timeless =
        caller instanceof Caller.Verified verified
            ? new Caller.Verified(verified.id(), verified.name(), verified.roles())
            : caller;
    String id = id(request, Json.text(StoredCaller.of(timeless)));
    return new LiveQuery(id, request, timeless, false);
  }

  private static String id(GraphqlRequest request, String caller) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("query", request.query());
    all.put("hash", request.hash());
    all.put("operationName", request.operationName());
    all.put("variables", new TreeMap<>(request.variables()));
    all.put("caller", caller);
    return Sha256.hex(Json.text(all)).substring(0, ID_LENGTH);
  }

  /** The attributes of its item. */
  Map<String, @Nullable Object> attributes() {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("query", request.query());
    attributes.put("hash", request.hash());
    attributes.put("operationName", request.operationName());
    attributes.put("variables", Json.text(request.variables()));
    attributes.put("caller", isShared ? null : StoredCaller.of(caller));
    return attributes;
  }

  /** The query of an item. */
  static LiveQuery read(Key key, Item item) {
    GraphqlRequest request =
        new GraphqlRequest(
            text(item, "query"),
            text(item, "hash"),
            text(item, "operationName"),
            variables(item.text("variables")));
    String id = key.partition().substring(LiveTable.QUERY.length());
    return item.get("caller") instanceof Item caller
        ? new LiveQuery(id, request, StoredCaller.read(caller), false)
        : new LiveQuery(id, request, new Caller.Anonymous(""), true);
  }

  private static @Nullable String text(Item item, String attribute) {
    return item.has(attribute) ? item.text(attribute) : null;
  }

  /** Variables are stored as JSON, since DynamoDB's numbers have fewer digits. */
  @SuppressWarnings("unchecked") // written as an object above
  private static Map<String, @Nullable Object> variables(String json) {
    try {
      return (Map<String, @Nullable Object>)
          Objects.requireNonNull(Json.read(json.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJson impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
