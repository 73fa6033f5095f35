package dev.layover.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.screenful.kit.Phone;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A phone that keeps bookings and follows in sync with the screen {@code Sync}. */
public final class SyncedPhone {

  private static final String BOOKING = "locator seat status note version flight { id gate }";
  private static final String FOLLOW = "followedAt flight { id gate }";
  private static final String CHANGES =
      """
      query ($since: SyncToken, $first: Int) {
        changes(since: $since, first: $first) {
          token hasMore removed
          changed { id ... on Booking { %s } ... on Follow { %s } }
        }
      }
      """
          .formatted(BOOKING, FOLLOW);

  private final Phone phone;
  private final Map<String, JsonNode> objects = new TreeMap<>();
  private @Nullable String token;
  private boolean hasMore = true;
  private int changes;

  /** A phone without data and token. */
  public SyncedPhone(Phone phone) {
    this.phone = phone;
  }

  /** Requests the next page and applies it. */
  public Phone.Reply sync(int first) {
    Phone.Reply reply = ask(first);
    if (reply.code().equals("SYNC_RESET")) {
      objects.clear();
      token = null;
      hasMore = true;
    } else if (reply.code().equals("no error")) {
      JsonNode page = reply.data("/changes");
      page.get("removed").forEach(id -> objects.remove(id.asText()));
      page.get("changed").forEach(object -> objects.put(object.get("id").asText(), object));
      token = page.get("token").asText();
      hasMore = page.get("hasMore").asBoolean();
      changes += page.get("removed").size() + page.get("changed").size();
    }
    return reply;
  }

  /** Requests the next page, and loses the response. */
  public Phone.Reply ask(int first) {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("since", token);
    variables.put("first", first);
    return phone.ask(CHANGES, variables);
  }

  /** Requests and applies all remaining pages. */
  public void syncAll(int first) {
    do {
      Phone.Reply reply = sync(first);
      if (!reply.code().equals("no error") && !reply.code().equals("SYNC_RESET")) {
        throw new AssertionError(reply.body().toString());
      }
    } while (hasMore);
  }

  /** Whether the last page reported more changes; true at the start. */
  public boolean hasMore() {
    return hasMore;
  }

  /** The token of the last page; null at the start. */
  public @Nullable String token() {
    return token;
  }

  /** The number of changes that it received. */
  public int changes() {
    return changes;
  }

  /** Its objects, by id. */
  public Map<String, JsonNode> objects() {
    return objects;
  }

  /** The server's objects of a traveller, by id, as lists return them. */
  public static Map<String, JsonNode> stateOf(Phone phone) {
    Map<String, JsonNode> state = new TreeMap<>();
    list(phone, "bookings", BOOKING, state);
    list(phone, "follows", FOLLOW, state);
    return state;
  }

  private static void list(
      Phone phone, String field, String selection, Map<String, JsonNode> state) {
    Map<String, @Nullable Object> after = new HashMap<>();
    JsonNode page;
    do {
      page =
          phone
              .ask(
                  "query ($after: String) @consistent { me { %s(first: 50, after: $after) { edges { node { id %s } } pageInfo { endCursor hasNextPage } } } }"
                      .formatted(field, selection),
                  after)
              .data("/me/" + field);
      page.get("edges").forEach(edge -> state.put(edge.at("/node/id").asText(), edge.get("node")));
      after.put("after", page.at("/pageInfo/endCursor").asText());
    } while (page.at("/pageInfo/hasNextPage").asBoolean());
  }
}
