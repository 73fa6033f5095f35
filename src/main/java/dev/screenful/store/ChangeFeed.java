package dev.screenful.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a reader lacks of an owner's items: all of them at first, then the entries of the {@link
 * ChangeLog} after those that it has.
 *
 * <p>DynamoDB shows the writes of one transaction to a Query one by one ("read-committed"), so an
 * entry can be there a moment before the one in front of it. Since positions have no gaps, the
 * reader sees that one is missing, and a page ends before it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Isolation
 *     levels of DynamoDB transactions</a>
 */
public final class ChangeFeed {

  /** The last changes that must be visible in the items themselves before all items are listed. */
  private static final int JUST_COMMITTED = 20;

  /** What was committed longer ago is visible for sure; it takes milliseconds. */
  private static final Duration VISIBLE = Duration.ofHours(1);

  /**
   * Where a reader is.
   *
   * @param position the last change it has
   * @param listedTo where it lists all items first: the sort key of the last one it has, or an
   *     empty text at the start; null where it has them all
   */
  public record Checkpoint(long position, @Nullable String listedTo) {}

  /**
   * Some changes.
   *
   * @param changed items that are new or other than they were
   * @param removed items that are no more, as they were
   * @param next where the reader is when it has these
   * @param hasMore whether there is more now
   */
  public record Changes(
      Collection<Item> changed, Collection<Item> removed, Checkpoint next, boolean hasMore) {}

  /** The changes that a reader lacks are not kept any more; it has to list all items anew. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone() {
      super("The changes are not kept any more.", null, false, false);
    }
  }

  private final Store store;
  private final InstantSource clock;
  private final ChangeLog log;

  /**
   * A feed of a table.
   *
   * @param clock tells when entries end, nothing else
   */
  public ChangeFeed(Store store, InstantSource clock) {
    this.store = store.consistent();
    this.clock = clock;
    this.log = new ChangeLog(store, clock);
  }

  /**
   * Notes the items that show something of which there is another version than when it was noted
   * last. It is done when an owner's changes are read, since a flight has many followers, most of
   * whom don't look.
   *
   * @param showing reads the owner's items that show something which may still change; the first
   *     1,000 are looked at
   */
  public void noteShown(String owner, Supplier<List<Item>> showing) {
    Transactions transactions = new Transactions(store, clock);
    DependentItems items = new DependentItems(owner, showing, store, log);
    boolean isDone = false;
    while (!isDone) {
      isDone = transactions.commit(items::note);
    }
  }

  /**
   * The changes after those that a reader has, or the first part of all items for a reader that has
   * nothing.
   *
   * @param checkpoint where it is, null for one that has nothing
   * @param most how many changes at the most
   * @throws Gone where some of the changes are not kept any more
   */
  public Changes after(String owner, @Nullable Checkpoint checkpoint, int most) {
    if (checkpoint == null) {
      long visible = visible(owner);
      return list(owner, visible, "", most);
    }
    String listedTo = checkpoint.listedTo();
    return listedTo == null
        ? changes(owner, checkpoint.position(), most)
        : list(owner, checkpoint.position(), listedTo, most);
  }

  private Changes list(String owner, long position, String listedTo, int most) {
    Position start = listedTo.isEmpty() ? null : new Position(listedTo, new Key(owner, listedTo));
    Page page = store.query(Query.of(owner), new PageRequest(most, start), Projection.whole());
    List<Item> items =
        page.entries().stream()
            .filter(entry -> store.definition().isSynced(entry.position().key()))
            .map(Page.Entry::item)
            .toList();
    String listed = page.hasNext() ? page.entries().getLast().position().sort() : null;
    return new Changes(
        items,
        List.of(),
        new Checkpoint(position, listed),
        page.hasNext() || position < log.head(owner).last());
  }

  /**
   * The last position whose change, and each before it, is visible in the items. A listing that
   * began from a later one could miss what its position claims to have.
   */
  private long visible(String owner) {
    for (int attempt = 1; ; attempt++) {
      ChangeLogHead head = log.head(owner);
      long visible = visible(head);
      if (visible == head.last() || attempt == Backoff.ATTEMPTS) {
        return visible; // in the worst case the last changes are told twice rather than never
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  private long visible(ChangeLogHead head) {
    long first = Math.max(1, head.last() - JUST_COMMITTED + 1);
    Map<Long, ChangeLog.Entry> entries = new LinkedHashMap<>();
    Map<Key, Long> latest = new LinkedHashMap<>();
    for (ChangeLog.Entry entry : log.entries(head.owner(), first, head.last())) {
      entries.put(entry.position(), entry);
      latest.put(entry.key(), entry.position());
    }
    Map<Key, Item> items = store.getAll(latest.keySet(), Projection.whole());
    long visible = head.last();
    long expiresAt = head.lastExpiresAt();
    for (long position = head.last(); position >= first && isRecent(expiresAt); position--) {
      ChangeLog.Entry entry = entries.get(position);
      if (entry == null
          || (Objects.equals(position, latest.get(entry.key()))
              && !isVisible(entry, items.get(entry.key())))) {
        visible = position - 1;
      }
      expiresAt = entry == null ? expiresAt : entry.expiresAt();
    }
    return visible;
  }

  private boolean isRecent(long expiresAt) {
    return expiresAt > clock.instant().plus(ChangeLog.KEPT).minus(VISIBLE).getEpochSecond();
  }

  private static boolean isVisible(ChangeLog.Entry entry, @Nullable Item item) {
    return entry.removed()
        ? item == null
        : item != null && item.attributes().equals(entry.item().attributes());
  }

  private Changes changes(String owner, long after, int most) {
    long last = log.head(owner).last();
    if (after > last) {
      throw new Gone(); // the table was restored to an earlier time
    }
    List<ChangeLog.Entry> entries = entries(owner, after, last, most);
    Map<Key, Item> changed = new LinkedHashMap<>();
    Map<Key, Item> removed = new LinkedHashMap<>();
    for (ChangeLog.Entry entry : entries) {
      changed.remove(entry.key());
      removed.remove(entry.key());
      (entry.removed() ? removed : changed).put(entry.key(), entry.item());
    }
    long position = entries.isEmpty() ? after : entries.getLast().position();
    return new Changes(
        changed.values(), removed.values(), new Checkpoint(position, null), position < last);
  }

  /** Entries one after the other, without a gap between them or before them. */
  private List<ChangeLog.Entry> entries(String owner, long after, long last, int most) {
    if (after == last) {
      return List.of();
    }
    for (int attempt = 1; ; attempt++) {
      List<ChangeLog.Entry> entries = new ArrayList<>();
      for (ChangeLog.Entry entry : log.entries(owner, after + 1, Math.min(last, after + most))) {
        if (entry.position() != after + 1 + entries.size() || isOver(entry)) {
          break;
        }
        entries.add(entry);
      }
      if (!entries.isEmpty()) {
        return entries;
      }
      if (attempt == Backoff.ATTEMPTS) {
        throw new Gone();
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  private boolean isOver(ChangeLog.Entry entry) {
    return entry.expiresAt() <= clock.instant().getEpochSecond();
  }
}
