package dev.screenful.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The changes of an owner's items for a reader: at first all items, then the entries of the {@link
 * ChangeLog} after the reader's position.
 *
 * <p>A Query sees the writes of one transaction one by one ("read-committed" isolation), so an
 * entry can become visible before its predecessor. Because positions have no gaps, the reader
 * notices that an entry is missing, and the page ends before it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Isolation
 *     levels of DynamoDB transactions</a>
 */
public final class ChangeFeed {

  /** The number of recent changes that must be visible in the items before they are listed. */
  private static final int RECENT_CHANGES = 20;

  /** Older changes are certainly visible; becoming visible takes milliseconds. */
  private static final Duration VISIBLE_AFTER = Duration.ofHours(1);

  /**
   * The position of a reader.
   *
   * @param position the last change that the reader has
   * @param listedTo while the reader still lists all items: the sort key of the last item that it
   *     has; null once it has listed them all
   * @param comparison how far it has compared dependent items
   */
  public record Checkpoint(long position, @Nullable String listedTo, Comparison comparison) {}

  /**
   * A page of changes.
   *
   * @param changed items that were created or changed
   * @param removed items that were removed, as they were before
   * @param next the position of a reader that has this page
   * @param hasMore whether more changes may exist now
   */
  public record Changes(
      Collection<Item> changed, Collection<Item> removed, Checkpoint next, boolean hasMore) {}

  /** The changes after the reader's position have expired, so it must list all items again. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone() {
      super("The changes have expired.", null, false, false);
    }
  }

  private final Store store;
  private final InstantSource clock;
  private final ChangeLog log;

  /**
   * A feed of a table.
   *
   * @param clock the time for the expiry of entries only
   */
  public ChangeFeed(Store store, InstantSource clock) {
    this.store = store.consistent();
    this.clock = clock;
    this.log = new ChangeLog(store, clock);
  }

  /**
   * The changes after a position, or the first page of all items for a new reader.
   *
   * <p>First it logs changes of dependent items whose dependencies have changed. This happens when
   * an owner syncs, not when the dependency changes: a flight has many followers, and most of them
   * do not sync soon. A page compares a limited number of items, so the comparison of more items
   * takes several pages.
   *
   * @param checkpoint the reader's position; null for a new reader
   * @param dependents returns queries for the items whose dependencies may have changed since a
   *     time, in the partition of the owner
   * @param limit the maximum number of changes
   * @throws Gone if some of the changes have expired
   */
  public Changes after(
      String owner,
      @Nullable Checkpoint checkpoint,
      Function<Instant, List<Query>> dependents,
      int limit) {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    Comparison before = checkpoint == null ? Comparison.complete(today) : checkpoint.comparison();
    DependentItems items = new DependentItems(owner, dependents, store, log);
    Comparison compared =
        new Transactions(store, clock)
            .commit(transaction -> items.compare(transaction, before, today));
    if (checkpoint == null) {
      long visible = visible(owner);
      return list(owner, visible, "", compared, limit);
    }
    String listedTo = checkpoint.listedTo();
    return listedTo == null
        ? changes(owner, checkpoint.position(), compared, limit)
        : list(owner, checkpoint.position(), listedTo, compared, limit);
  }

  private Changes list(
      String owner, long position, String listedTo, Comparison compared, int limit) {
    Position start = listedTo.isEmpty() ? null : new Position(listedTo, new Key(owner, listedTo));
    Page page = store.query(Query.of(owner), new PageRequest(limit, start), Projection.whole());
    List<Item> items =
        page.entries().stream()
            .filter(entry -> store.definition().isSynced(entry.position().key()))
            .map(Page.Entry::item)
            .toList();
    Position end = page.end();
    return page(
        items,
        List.of(),
        position,
        page.hasNext() && end != null ? end.sort() : null,
        compared,
        page.hasNext() || position < log.head(owner).last());
  }

  private static Changes page(
      Collection<Item> changed,
      Collection<Item> removed,
      long position,
      @Nullable String listedTo,
      Comparison compared,
      boolean hasMoreChanges) {
    return new Changes(
        changed,
        removed,
        new Checkpoint(position, listedTo, compared),
        hasMoreChanges || compared.pass() != null);
  }

  /**
   * The last position up to which all changes are visible in the items. A listing with a later
   * position could miss changes before it.
   */
  private long visible(String owner) {
    for (int attempt = 1; ; attempt++) {
      ChangeLogHead head = log.head(owner);
      long visible = visible(head);
      if (visible == head.last() || attempt == Backoff.MAX_ATTEMPTS) {
        return visible; // at worst, the last changes are sent twice
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  private long visible(ChangeLogHead head) {
    long first = Math.max(1, head.last() - RECENT_CHANGES + 1);
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
    return expiresAt
        > clock.instant().plus(ChangeLog.RETENTION).minus(VISIBLE_AFTER).getEpochSecond();
  }

  private static boolean isVisible(ChangeLog.Entry entry, @Nullable Item item) {
    return entry.removed()
        ? item == null
        : item != null && item.attributes().equals(entry.item().attributes());
  }

  private Changes changes(String owner, long after, Comparison compared, int limit) {
    long last = log.head(owner).last();
    if (after > last) {
      throw new Gone(); // the table was restored from a backup
    }
    List<ChangeLog.Entry> entries = entries(owner, after, last, limit);
    Map<Key, Item> changed = new LinkedHashMap<>();
    Map<Key, Item> removed = new LinkedHashMap<>();
    for (ChangeLog.Entry entry : entries) {
      changed.remove(entry.key());
      removed.remove(entry.key());
      (entry.removed() ? removed : changed).put(entry.key(), entry.item());
    }
    long position = entries.isEmpty() ? after : entries.getLast().position();
    return page(changed.values(), removed.values(), position, null, compared, position < last);
  }

  /** Consecutive entries, without a gap before or between them. */
  private List<ChangeLog.Entry> entries(String owner, long after, long last, int limit) {
    if (after == last) {
      return List.of();
    }
    for (int attempt = 1; ; attempt++) {
      List<ChangeLog.Entry> entries = new ArrayList<>();
      for (ChangeLog.Entry entry : log.entries(owner, after + 1, Math.min(last, after + limit))) {
        if (entry.position() != after + 1 + entries.size() || isExpired(entry)) {
          break;
        }
        entries.add(entry);
      }
      if (!entries.isEmpty()) {
        return entries;
      }
      if (attempt == Backoff.MAX_ATTEMPTS) {
        throw new Gone();
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  private boolean isExpired(ChangeLog.Entry entry) {
    return entry.expiresAt() <= clock.instant().getEpochSecond();
  }
}
