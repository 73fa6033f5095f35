package dev.screenful.resolver;

import dev.screenful.store.Item;
import java.util.List;

/** Which items a caller's phones keep, see {@link Fields#changes}. */
public interface SyncSource {

  /**
   * The partition of the caller's items.
   *
   * @throws ClientError {@code UNAUTHENTICATED} for callers who have none
   */
  String owner(Call call);

  /**
   * The caller's items that show parts of other items and may still change by them, whole and read
   * consistently. What they show, their {@link dev.screenful.store.ItemType} says.
   */
  List<Item> showing(Call call);
}
