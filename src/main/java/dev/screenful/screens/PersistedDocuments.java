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
import dev.screenful.telemetry.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents that clients have registered by hash: Apollo's automatic persisted queries. They
 * are stored in the table, so every function instance knows them, even a new one; each instance
 * caches the most recently used ones. Comments and white space are not stored, or clients could
 * fill the table with them.
 *
 * @see <a href="https://www.apollographql.com/docs/apollo-server/performance/apq">Automatic
 *     persisted queries</a>
 */
final class PersistedDocuments {

  /** How long a registration lasts; DynamoDB deletes it some days later. */
  private static final Duration RETENTION = Duration.ofDays(90);

  /** Characters of the cached documents; a screen has one or two thousand. */
  private static final int CACHED_CHARACTERS = 1024 * 1024;

  private final Table table;
  private final int perMinute;
  private final InstantSource clock;
  private final BoundedCache<String> cache = new BoundedCache<>(CACHED_CHARACTERS);

  PersistedDocuments(Table table, int perMinute, InstantSource clock) {
    this.table = table;
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** The document with a hash; null if it is not registered. */
  @Nullable String get(String hash, Deadline deadline, Span span) {
    String cached = cache.get(hash);
    if (cached != null) {
      return cached;
    }
    Item item = new Store(table, deadline).traced(span).get(key(hash), Projection.of("text"));
    if (item == null) {
      return null;
    }
    String text = item.text("text");
    cache.put(hash, text, text.length());
    return text;
  }

  /**
   * Registers a document for all clients. The caller of this method has checked the hash. Nothing
   * is stored if the caller of the request exceeds the rate limit.
   */
  void register(String hash, ValidDocument document, Caller caller, Deadline deadline, Span span) {
    Store store = new Store(table, deadline).traced(span);
    if (cache.get(hash) == null
        && new TokenBucket(store, clock, perMinute)
            .take(caller.rateLimitKey(), "DOCUMENTS")
            .isZero()) {
      String text = document.compact();
      long expiresAt = clock.instant().plus(RETENTION).getEpochSecond();
      Item item = Item.of(key(hash), Map.of("text", text, "expiresAt", expiresAt));
      new Transactions(store, clock)
          .putIf(item, Condition.absent().or(Condition.isBefore("expiresAt", expiresAt)));
      // only now, so that a failed registration is tried again
      cache.put(hash, text, text.length());
    }
  }

  private static Key key(String hash) {
    return new Key("DOCUMENT#" + hash, "DOCUMENT");
  }
}
