package dev.screenful.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of an owner's changes.
 *
 * @param owner the partition of the owner's items
 * @param last the last position; 0 where there is none
 * @param lastExpiresAt when the entry at that position ends, in seconds since 1970
 * @param shown by the sort key of an item: the version of what it shows, as it was noted last
 */
record ChangeLogHead(String owner, long last, long lastExpiresAt, Map<String, Long> shown) {

  private static final String LAST = "last";
  private static final String LAST_EXPIRES_AT = "lastExpiresAt";
  private static final String SHOWN = "shown";

  /** What is read of it. */
  static final Projection PROJECTION = Projection.of(LAST, LAST_EXPIRES_AT, SHOWN);

  static Key key(String owner) {
    return new Key(ChangeLog.partition(owner), "HEAD");
  }

  /** The head of an item, or that of an owner of whom nothing was noted yet. */
  static ChangeLogHead of(String owner, @Nullable Item item) {
    if (item == null) {
      return new ChangeLogHead(owner, 0, 0, Map.of());
    }
    Map<String, Long> shown = new LinkedHashMap<>();
    if (item.get(SHOWN) instanceof Item versions) {
      versions.attributes().keySet().forEach(sort -> shown.put(sort, versions.number(sort)));
    }
    return new ChangeLogHead(owner, item.number(LAST), item.number(LAST_EXPIRES_AT), shown);
  }

  Item item() {
    return Item.of(key(owner), Map.of(LAST, last, LAST_EXPIRES_AT, lastExpiresAt, SHOWN, shown));
  }

  /** It is still the end. */
  Condition isLast() {
    return last == 0 ? Condition.absent() : Condition.is(LAST, last);
  }
}
