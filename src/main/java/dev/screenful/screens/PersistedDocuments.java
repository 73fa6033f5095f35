package dev.screenful.screens;

import dev.screenful.document.ValidDocument;
import dev.screenful.identity.Caller;
import dev.screenful.store.Condition;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import dev.screenful.store.Table;
import dev.screenful.store.TokenBucket;
import dev.screenful.store.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Documents by the hash of their text, as clients have registered them: Apollo's automatic
 * persisted queries. What is kept of the text is what it says, without comments and white space,
 * with which anyone could fill the table. They are in the table, so a text that was registered once
 * is known to every environment, also to one that has just started; each environment remembers the
 * ones used last.
 *
 * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/apq">Automatic
 *     persisted queries</a>
 */
final class PersistedDocuments {

  /** How long a text is kept after it was registered; the table deletes it some days later. */
  private static final Duration KEPT = Duration.ofDays(90);

  /** Characters of the texts that are remembered; a screen's has a thousand or two. */
  private static final int REMEMBERED = 1024 * 1024;

  private final Table table;
  private final int perMinute;
  private final InstantSource clock;
  private final BoundedCache<String> remembered = new BoundedCache<>(REMEMBERED);

  PersistedDocuments(Table table, int perMinute, InstantSource clock) {
    this.table = table;
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** The text of a hash, or null where no one has registered it. */
  @Nullable String get(String hash, Deadline deadline) {
    String known = remembered.get(hash);
    if (known != null) {
      return known;
    }
    Item item = new Store(table, deadline).get(key(hash), Projection.of("text"));
    if (item == null) {
      return null;
    }
    String text = item.text("text");
    remembered.put(hash, text, text.length());
    return text;
  }

  /**
   * Keeps a document for all who send the hash of its text from now on. It has been made sure that
   * the hash is its own. Of a caller who registers too many, no more are kept for now.
   */
  void register(String hash, ValidDocument document, Caller caller, Deadline deadline) {
    Store store = new Store(table, deadline);
    if (remembered.get(hash) == null
        && new TokenBucket(store, clock, perMinute).take(caller.limitKey(), "DOCUMENTS").isZero()) {
      String text = document.compact();
      long expiresAt = clock.instant().plus(KEPT).getEpochSecond();
      Item item = Item.of(key(hash), Map.of("text", text, "expiresAt", expiresAt));
      new Transactions(store, clock)
          .putOrFind(item, Condition.absent().or(Condition.isBefore("expiresAt", expiresAt)));
      // not before it is stored, or this environment would never try again
      remembered.put(hash, text, text.length());
    }
  }

  private static Key key(String hash) {
    return new Key("DOCUMENT#" + hash, "DOCUMENT");
  }
}
