package dev.screenful.resolver;

import dev.screenful.store.Item;
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
   * The caller's dependent items: those that show parts of another item which may still change.
   * They must be whole and read consistently. Their {@link dev.screenful.store.ItemType} names the
   * other item.
   */
  List<Item> dependents(Call call);
}
