package dev.screenful.resolver;

import dev.screenful.store.Query;
import java.time.Instant;
import java.util.List;

/** The items that a caller's clients keep in sync, see {@link Fields#changes}. */
public interface SyncSource {

  /**
   * The partition of the caller's items.
   *
   * @throws ClientError {@code UNAUTHENTICATED} for an anonymous caller
   */
  String owner(Call call);

  /**
   * Queries for the caller's dependent items: those that show parts of another item which may have
   * changed since a time. They read the caller's partition, and return the same list of queries for
   * the same time. The {@link dev.screenful.store.ItemType} of the items names the other item.
   *
   * @param since a day; 1970 for apps that synced with an older version of this engine
   */
  List<Query> dependents(Call call, Instant since);
}
