package dev.screenful.store;

import dev.screenful.dynamodb.Expressions;
import dev.screenful.dynamodb.TransactWriteItems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes that are committed together or not at all, each under a condition. If a condition does not
 * hold, the transaction fails with the error that was named for it. Changes of synced items are
 * recorded in the owner's {@link ChangeLog} by the same transaction.
 *
 * <p>DynamoDB's limits are 100 writes and 4 MB, with one write for each item. The change log takes
 * one write for each change and one for each owner.
 */
public final class Transaction {

  /** The attribute that counts how often an item was replaced. */
  public static final String VERSION = "version";

  /** Makes the error of a condition that does not hold. */
  @FunctionalInterface
  public interface Refusal {
    /**
     * The error to throw.
     *
     * @param found the item under the key; null if there is none
     */
    RuntimeException of(@Nullable Item found);
  }

  /** Another writer changed an item that the block has read, so the block runs again. */
  static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Conflict() {
      super("The item was changed meanwhile.", null, false, false);
    }
  }

  private static final Refusal RETRY = found -> new Conflict();

  private static final Set<String> NO_COUNTERS =
      Set.of(VERSION, ItemType.SCHEMA_VERSION, Key.PARTITION, Key.SORT);

  /** One write of the transaction. */
  private sealed interface Write {
    Key key();

    Condition condition();

    Refusal refusal();
  }

  private record Check(Key key, Condition condition, Refusal refusal) implements Write {}

  private record Put(Key key, Item item, Condition condition, Refusal refusal) implements Write {}

  private record Delete(Key key, Condition condition, Refusal refusal) implements Write {}

  private record Add(Key key, String attribute, long amount, Condition condition, Refusal refusal)
      implements Write {}

  /** A change of a synced item. */
  record Change(Key key, Item item, boolean removed) {}

  private final Table table;
  private final List<Write> writes = new ArrayList<>();
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();

  Transaction(Table table) {
    this.table = table;
  }

  /** Requires a condition on an item that is not written. */
  public void check(Key key, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    writes.add(new Check(key, condition, otherwise));
  }

  /**
   * Writes a whole item. It replaces an item under the same key if the condition allows that and
   * the immutable attributes, such as the owner, are equal.
   */
  public void put(Item item, Condition condition, Refusal otherwise) {
    Key key = keyOf(item);
    refuseImpossible(key, otherwise);
    Item stamped = table.definition().stamp(key, item);
    writes.add(new Put(key, stamped, keepingImmutable(item, condition), otherwise));
    recordChange(new Change(key, stamped, false));
  }

  /** The condition, extended so that immutable attributes keep their values once they are set. */
  private Condition keepingImmutable(Item item, Condition condition) {
    Condition all = condition;
    for (String attribute : table.definition().immutable()) {
      Condition unset = Condition.lacks(attribute);
      all =
          all.and(
              item.has(attribute)
                  ? unset.or(Condition.is(attribute, item.text(attribute)))
                  : unset);
    }
    return all;
  }

  /** Creates an item. If one exists under its key, the block runs again. */
  public void create(Item item) {
    put(item, Condition.absent(), RETRY);
  }

  /**
   * Replaces an item that was read. If another writer has replaced it since, the block runs again.
   * The attribute {@value #VERSION} grows by one.
   *
   * @param read the whole item, read consistently
   * @param changes attributes with their new values; null removes an attribute
   * @return the item as it will be
   * @throws IllegalArgumentException if a change would set an immutable attribute anew
   */
  public Item replace(Item read, Map<String, ? extends @Nullable Object> changes) {
    for (String attribute : table.definition().immutable()) {
      if (read.has(attribute)
          && changes.containsKey(attribute)
          && !Objects.equals(changes.get(attribute), read.get(attribute))) {
        throw new IllegalArgumentException(
            "'%s' names the item's owner, which is immutable; create another item."
                .formatted(attribute));
      }
    }
    Item replaced = read.with(changes).with(Map.of(VERSION, version(read) + 1));
    put(replaced, isUnchanged(read), RETRY);
    return replaced;
  }

  /**
   * Adds a number to an attribute, without reading the item. DynamoDB computes the sum, so an
   * addition does not run again because of another one, as replacements do. Only transactions that
   * DynamoDB processes at the same moment still conflict.
   *
   * <pre>{@code
   * transaction.add(
   *     Flights.key(id),
   *     "booked",
   *     1,
   *     Condition.lacks("booked").or(Condition.isBefore("booked", seats)),
   *     found -> soldOut());
   * }</pre>
   *
   * <p>The sum is unknown until the commit. To show it in the payload, answer a field below with
   * {@code fields.load}, which reads after the commit. The attribute {@value #VERSION} grows by
   * one, as with a replacement. So a replacement that has read the item before runs again.
   *
   * @param amount the number to add; negative to subtract. A missing attribute counts as 0
   * @throws IllegalArgumentException for a synced item, whose change log needs the whole item, for
   *     an item whose type has upgrades, and for an attribute of the engine or of the key
   */
  public void add(Key key, String attribute, long amount, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    if (table.definition().isSynced(key)) {
      throw new IllegalArgumentException(
          "'%s' is synced, and its change log needs the whole item; use replace."
              .formatted(key.sort()));
    }
    if (table.definition().hasUpgrades(key)) {
      throw new IllegalArgumentException(
          "'%s' has upgrades, which need the whole item; use replace.".formatted(key.sort()));
    }
    if (NO_COUNTERS.contains(attribute) || table.definition().immutable().contains(attribute)) {
      throw new IllegalArgumentException(
          "'%s' is no counter: it is set by the engine, part of the key, or immutable."
              .formatted(attribute));
    }
    writes.add(new Add(key, attribute, amount, condition, otherwise));
  }

  /**
   * Adds a number to an attribute, see {@link #add(Key, String, long, Condition, Refusal)}. If no
   * item is under the key, the addition creates it.
   */
  public void add(Key key, String attribute, long amount) {
    add(key, attribute, amount, Condition.absent().or(Condition.present()), RETRY);
  }

  /**
   * Writes an item that was read again, with other attributes of the engine. This is no change of
   * the item. If another writer has replaced it since, the block runs again.
   */
  void rewrite(Item item) {
    Key key = keyOf(item);
    writes.add(new Put(key, table.definition().stamp(key, item), isUnchanged(item), RETRY));
  }

  /** Puts the item of a change with other attributes of the engine. */
  Change amend(Change change, Item item) {
    writes.replaceAll(write ->
        write instanceof Put put && put.key().equals(change.key())
            ? new Put(put.key(), item, put.condition(), put.refusal())
            : write);
    return new Change(change.key(), item, false);
  }

  private static Condition isUnchanged(Item read) {
    long version = version(read);
    return version == 0
        ? Condition.present().and(Condition.lacks(VERSION))
        : Condition.is(VERSION, version);
  }

  /** The version of an item: its initial number plus the number of replacements. */
  public static long version(Item item) {
    return item.has(VERSION) ? item.number(VERSION) : 0;
  }

  /**
   * Deletes an item that was read, if a condition holds.
   *
   * @param read the whole item
   */
  public void delete(Item read, Condition condition, Refusal otherwise) {
    Key key = keyOf(read);
    writes.add(new Delete(key, condition, otherwise));
    recordChange(new Change(key, read, true));
  }

  /**
   * Deletes an item that was read. If it no longer exists, the block runs again.
   *
   * @param read the whole item
   */
  public void delete(Item read) {
    delete(read, Condition.present(), RETRY);
  }

  /**
   * Writes an item whose condition is checked before all others: if several conditions fail, the
   * error is this one's.
   */
  public void putFirst(Item item, Condition condition, Refusal otherwise) {
    put(item, condition, otherwise);
    writes.addFirst(writes.removeLast());
  }

  private void recordChange(Change change) {
    if (table.definition().isSynced(change.key())) {
      changes.computeIfAbsent(change.key().partition(), unseen -> new ArrayList<>()).add(change);
    }
  }

  /** Moves the head of an owner's change log. If it has moved since, the block runs again. */
  void moveHead(ChangeLogHead from, ChangeLogHead to) {
    put(to.item(), from.isCurrent(), RETRY);
  }

  private static Key keyOf(Item item) {
    return Objects.requireNonNull(item.key(), "The item has no key.");
  }

  private static void refuseImpossible(Key key, Refusal otherwise) {
    if (!key.isPossible()) {
      throw otherwise.of(null);
    }
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** The writes as DynamoDB's request lists them. */
  List<TransactWriteItems.Write> requests() {
    return writes.stream().map(this::request).toList();
  }

  private TransactWriteItems.Write request(Write write) {
    Expression expression = new Expression();
    String condition = expression.condition(write.condition());
    Expressions placeholders = expression.placeholders();
    String name = table.name();
    return switch (write) {
      case Check(Key key, Condition held, Refusal otherwise) ->
          new TransactWriteItems.Check(name, key.attributes(), condition, placeholders);
      case Put(Key key, Item item, Condition held, Refusal otherwise) ->
          new TransactWriteItems.Put(name, item.attributes(), condition, placeholders);
      case Delete(Key key, Condition held, Refusal otherwise) ->
          new TransactWriteItems.Delete(name, key.attributes(), condition, placeholders);
      case Add(Key key, String attribute, long amount, Condition held, Refusal otherwise) -> {
        String update = expression.addition(attribute, amount);
        yield new TransactWriteItems.Update(
            name, key.attributes(), update, condition, expression.placeholders());
      }
    };
  }

  /** The keys of the items that are written or checked. */
  List<Key> keys() {
    return writes.stream().map(Write::key).toList();
  }

  /** The changes of synced items, by owner. */
  Map<String, List<Change>> changes() {
    return Map.copyOf(changes);
  }

  /** The refusal of the write at an index; DynamoDB lists its cancellation reasons by index. */
  Refusal refusal(int index) {
    return writes.get(index).refusal();
  }
}
