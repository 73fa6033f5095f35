package dev.screenful.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an owner's change log: the item that says where the log ends.
 *
 * @param owner the partition of the owner's items
 * @param last the last position; 0 for an empty log
 * @param lastExpiresAt when the entry at the last position expires, in seconds since 1970
 */
record ChangeLogHead(String owner, long last, long lastExpiresAt) {

  private static final String LAST = "last";
  private static final String LAST_EXPIRES_AT = "lastExpiresAt";

  static final Projection PROJECTION = Projection.of(LAST, LAST_EXPIRES_AT);

  static Key key(String owner) {
    return new Key(ChangeLog.partition(owner), "HEAD");
  }

  /** The head that an item holds; that of an empty log if there is no item. */
  static ChangeLogHead of(String owner, @Nullable Item item) {
    return item == null
        ? new ChangeLogHead(owner, 0, 0)
        : new ChangeLogHead(owner, item.number(LAST), item.number(LAST_EXPIRES_AT));
  }

  Item item() {
    return Item.of(key(owner), Map.of(LAST, last, LAST_EXPIRES_AT, lastExpiresAt));
  }

  /** The condition that the log still ends here. */
  Condition isCurrent() {
    return last == 0 ? Condition.absent() : Condition.is(LAST, last);
  }
}
