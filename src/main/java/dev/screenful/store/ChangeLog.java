package dev.screenful.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What changed of an owner's items, in its order. Each change has a position, one more than that of
 * the change before, which is allotted by the transaction that makes the change: the transaction
 * only commits if the position is the next one. So positions have no gaps, no two changes share
 * one, and no clock is asked.
 *
 * <p>An entry holds the item as it was written. Reading entries therefore needs no second read that
 * could see another state, and a reader knows by the positions alone whether it has seen all.
 * DynamoDB shows the writes of one transaction to a Query one by one ("read-committed"), so an
 * entry can be there a moment before the one in front of it: then a page ends before the gap.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Isolation
 *     levels of DynamoDB transactions</a>
 */
public final class ChangeLog {

  /** How long an entry is kept, and so how long a phone may be offline and catch up. */
  public static final Duration KEPT = Duration.ofDays(30);

  /** The last changes that must be visible in the items themselves before all items are listed. */
  private static final int JUST_COMMITTED = 20;

  /** Attempts to see an entry that must be there; they take a second at most. */
  private static final int ATTEMPTS = 6;

  /** Changes of what items show that are noted by one transaction, which has 100 writes. */
  private static final int NOTED_AT_ONCE = 90;

  /**
   * Versions that are noted for an owner who never looks; what is not noted may be told once more
   * than needed.
   */
  private static final int MOST_NOTED = 1000;

  private static final String LAST = "last";
  private static final String SHOWN = "shown";
  private static final String EXPIRES_AT = "expiresAt";

  /**
   * Where a reader is.
   *
   * @param position the last change it has
   * @param listedTo where it lists all items first: the sort key of the last one it has, or an
   *     empty text at the start; null where it has them
   */
  public record Reader(long position, @Nullable String listedTo) {}

  /**
   * Some changes.
   *
   * @param changed items that are new or other than they were
   * @param removed items that are no more, as they were
   * @param next where the reader is when it has these
   * @param hasMore whether there is more now
   */
  public record Changes(
      Collection<Item> changed, Collection<Item> removed, Reader next, boolean hasMore) {}

  /** The changes that a reader lacks are not kept any more; it has to list all items anew. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1;

    Gone() {
      super("The changes are not kept any more.", null, false, false);
    }
  }

  /**
   * The end of an owner's changes.
   *
   * @param last the last position
   * @param shown the versions of what the owner's items show, as they were noted last, by name
   */
  private record Head(long last, Map<String, Long> shown) {

    static Head of(@Nullable Item item) {
      Map<String, Long> shown = new LinkedHashMap<>();
      if (item != null && item.get(SHOWN) instanceof Item versions) {
        versions.attributes().keySet().forEach(name -> shown.put(name, versions.number(name)));
      }
      return new Head(item == null ? 0 : item.number(LAST), shown);
    }

    /** Which item shows which. */
    private static String name(Key item, Key other) {
      return item.sort() + " " + other.partition();
    }

    boolean isNoted(Key item, Key other, long version) {
      Long noted = shown.get(name(item, other));
      return noted != null && noted == version;
    }

    void note(Key item, Key other, long version) {
      shown.put(name(item, other), version);
    }
  }

  private record Entry(long position, Item item, boolean removed, boolean isOver) {}

  private final Store store;
  private final InstantSource clock;
  private final Deadline deadline;

  /**
   * The changes in a table.
   *
   * @param clock tells when entries end, nothing else
   */
  public ChangeLog(Store store, InstantSource clock, Deadline deadline) {
    this.store = store.consistent();
    this.clock = clock;
    this.deadline = deadline;
  }

  private static String partition(String owner) {
    return "CHANGES#" + owner;
  }

  private static Key headKey(String owner) {
    return new Key(partition(owner), "HEAD");
  }

  /** Twenty digits sort as the numbers do. */
  private static String sort(long position) {
    return "%020d".formatted(position);
  }

  private Head head(String owner) {
    return Head.of(store.get(headKey(owner), Projection.of(LAST, SHOWN)));
  }

  /** Adds the entries of a transaction's changes to it. */
  void append(Transaction transaction) {
    Map.copyOf(transaction.changes())
        .forEach((owner, changes) -> append(transaction, owner, changes));
  }

  private void append(Transaction transaction, String owner, List<Transaction.Change> changes) {
    Set<Key> keys = new LinkedHashSet<>(Set.of(headKey(owner)));
    changes.forEach(change -> shown(change).ifPresent(keys::add));
    Map<Key, Item> read =
        store.getAll(keys, Projection.of(LAST, SHOWN, Transaction.VERSION)); // in one trip
    Head head = Head.of(read.get(headKey(owner)));
    for (Transaction.Change change : changes) {
      shown(change)
          .filter(other -> head.shown().size() < MOST_NOTED)
          .ifPresent(other -> head.note(change.key(), other, version(read.get(other))));
    }
    append(transaction, owner, head, changes);
  }

  private Optional<Key> shown(Transaction.Change change) {
    return change.removed() ? Optional.empty() : shown(change.key(), change.item());
  }

  private Optional<Key> shown(Key key, Item item) {
    return store.definition().kind(key).map(Kind::shows).map(shows -> shows.apply(item));
  }

  private static long version(@Nullable Item item) {
    return item == null ? -1 : Transaction.version(item);
  }

  private void append(
      Transaction transaction, String owner, Head head, List<Transaction.Change> changes) {
    long position = head.last();
    long expiresAt = clock.instant().plus(KEPT).getEpochSecond();
    for (Transaction.Change change : changes) {
      position++;
      transaction.putUnchanged(
          Item.of(
              new Key(partition(owner), sort(position)),
              Map.of("item", change.item(), "removed", change.removed(), EXPIRES_AT, expiresAt)),
          Condition.absent());
    }
    transaction.putUnchanged(
        Item.of(headKey(owner), Map.of(LAST, position, SHOWN, head.shown())),
        head.last() == 0 ? Condition.absent() : Condition.is(LAST, head.last()));
  }

  /**
   * Notes the items that show something of which there is another version than when it was noted
   * last. It is done when an owner's changes are read, since a flight has many followers, most of
   * whom don't look.
   *
   * @param transactions commit the notes
   * @param showing reads the owner's items that show something which may have changed
   */
  public void noteShown(String owner, Transactions transactions, Supplier<List<Item>> showing) {
    boolean isDone = false;
    while (!isDone) {
      isDone = transactions.commit(transaction -> noteShown(transaction, owner, showing));
    }
  }

  /** Whether that was all. */
  private boolean noteShown(Transaction transaction, String owner, Supplier<List<Item>> showing) {
    Head head = head(owner); // first: what is read after it is at least as new
    Map<Key, Item> items = new LinkedHashMap<>();
    Map<Key, Key> shown = new LinkedHashMap<>();
    for (Item item : showing.get()) {
      Key key = Objects.requireNonNull(item.key());
      items.put(key, item);
      shown(key, item).ifPresent(other -> shown.put(key, other));
    }
    Map<Key, Item> others = store.getAll(shown.values(), Projection.of(Transaction.VERSION));
    Head noted = new Head(head.last(), new LinkedHashMap<>());
    List<Transaction.Change> changes = new ArrayList<>();
    for (Map.Entry<Key, Key> one : shown.entrySet()) {
      Key key = one.getKey();
      Key other = one.getValue();
      long version = version(others.get(other));
      if (head.isNoted(key, other, version)) {
        noted.note(key, other, version);
      } else if (changes.size() < NOTED_AT_ONCE) {
        noted.note(key, other, version);
        changes.add(new Transaction.Change(key, Objects.requireNonNull(items.get(key)), false));
      }
    }
    if (!changes.isEmpty()) {
      append(transaction, owner, noted, changes);
    }
    return changes.size() < NOTED_AT_ONCE;
  }

  /**
   * The changes after those that a reader has, or the first part of all items for a reader that has
   * nothing.
   *
   * @param reader where it is, null for one that has nothing
   * @param most how many changes at the most
   * @throws Gone where some of the changes are not kept any more
   */
  public Changes after(String owner, @Nullable Reader reader, int most) {
    if (reader == null) {
      Head head = visibleHead(owner);
      return list(owner, new Reader(head.last(), ""), head, most);
    }
    Head head = head(owner);
    return reader.listedTo() == null
        ? changes(owner, reader, head, most)
        : list(owner, reader, head, most);
  }

  /**
   * The head, once the items show all changes up to it. A listing that began earlier could miss one
   * that its position claims to have. In the unlikely case that this does not come about, the
   * position is that of the changes before, so that the last ones are told twice rather than never.
   */
  private Head visibleHead(String owner) {
    for (int attempt = 1; ; attempt++) {
      Head head = head(owner);
      long before = Math.max(0, head.last() - JUST_COMMITTED);
      Map<Key, Entry> latest = new LinkedHashMap<>();
      for (Entry entry : stored(owner, before, head.last(), JUST_COMMITTED)) {
        latest.put(Objects.requireNonNull(entry.item().key()), entry);
      }
      Map<Key, Item> items = store.getAll(latest.keySet(), Projection.whole());
      if (latest.entrySet().stream()
          .allMatch(entry -> isVisible(entry.getValue(), items.get(entry.getKey())))) {
        return head;
      }
      if (attempt == ATTEMPTS) {
        return new Head(before, head.shown());
      }
      Backoff.pause(attempt, deadline);
    }
  }

  private static boolean isVisible(Entry entry, @Nullable Item item) {
    return entry.removed()
        ? item == null
        : item != null && item.attributes().equals(entry.item().attributes());
  }

  private Changes list(String owner, Reader reader, Head head, int most) {
    String listedTo = Objects.requireNonNull(reader.listedTo());
    Position start = listedTo.isEmpty() ? null : new Position(listedTo, new Key(owner, listedTo));
    Page page = store.query(Query.of(owner), new PageRequest(most, start), Projection.whole());
    List<Item> items = new ArrayList<>();
    for (Page.Entry entry : page.entries()) {
      if (store.definition().isSynced(entry.position().key())) {
        items.add(entry.item());
      }
    }
    String listed = page.hasNext() ? page.entries().getLast().position().sort() : null;
    return new Changes(
        items,
        List.of(),
        new Reader(reader.position(), listed),
        page.hasNext() || reader.position() < head.last());
  }

  private Changes changes(String owner, Reader reader, Head head, int most) {
    if (reader.position() > head.last()) {
      throw new Gone(); // the table was restored to an earlier time
    }
    List<Entry> entries = entries(owner, reader.position(), head.last(), most);
    Map<Key, Item> changed = new LinkedHashMap<>();
    Map<Key, Item> removed = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Key key = Objects.requireNonNull(entry.item().key());
      changed.remove(key);
      removed.remove(key);
      (entry.removed() ? removed : changed).put(key, entry.item());
    }
    long position = entries.isEmpty() ? reader.position() : entries.getLast().position();
    return new Changes(
        changed.values(), removed.values(), new Reader(position, null), position < head.last());
  }

  /** Entries one after the other, without a gap between them or before them. */
  private List<Entry> entries(String owner, long after, long last, int most) {
    if (after == last) {
      return List.of();
    }
    for (int attempt = 1; ; attempt++) {
      List<Entry> entries = new ArrayList<>();
      for (Entry entry : stored(owner, after, last, most)) {
        if (entry.position() != after + 1 + entries.size() || entry.isOver()) {
          break;
        }
        entries.add(entry);
      }
      if (!entries.isEmpty()) {
        return entries;
      }
      if (attempt == ATTEMPTS) {
        throw new Gone();
      }
      Backoff.pause(attempt, deadline);
    }
  }

  /** The entries that there are after a position and up to another one. */
  private List<Entry> stored(String owner, long after, long last, int most) {
    if (after == last) {
      return List.of();
    }
    Query query =
        Query.of(partition(owner)).between(sort(after + 1), sort(Math.min(last, after + most)));
    return store.query(query, PageRequest.first(most), Projection.whole()).items().stream()
        .map(this::entry)
        .toList();
  }

  private Entry entry(Item stored) {
    Item item = (Item) Objects.requireNonNull(stored.get("item"));
    return new Entry(
        Long.parseLong(Objects.requireNonNull(stored.key()).sort()),
        store.definition().upgrade(Objects.requireNonNull(item.key()), item),
        Boolean.TRUE.equals(stored.get("removed")),
        stored.number(EXPIRES_AT) <= clock.instant().getEpochSecond());
  }
}
