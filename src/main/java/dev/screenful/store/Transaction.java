package dev.screenful.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes that happen together or not at all, each under a condition. A condition that does not hold
 * refuses the whole transaction with the error that was named for it. Changes of items that an
 * owner's phones keep are noted in the owner's {@link ChangeLog} by the same transaction.
 *
 * <p>At most 100 writes and 4 MB, and no two on the same item (limits of DynamoDB's
 * TransactWriteItems); the log takes one write for each change and one for each owner.
 */
public final class Transaction {

  /** The attribute that counts how often an item was replaced. */
  public static final String VERSION = "version";

  /** Makes the error of a condition that did not hold. */
  @FunctionalInterface
  public interface Refusal {
    /**
     * The error to throw.
     *
     * @param found the item as it stands, null where there is none
     */
    RuntimeException of(@Nullable Item found);
  }

  /** Not an error: what was read has been changed meanwhile, so the block runs again. */
  static final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Outdated() {
      super("It was changed meanwhile.", null, false, false);
    }
  }

  private static final ReturnValuesOnConditionCheckFailure FOUND =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private static final Refusal AGAIN = found -> new Outdated();

  private record Write(Key key, TransactWriteItem item, Refusal refusal) {}

  /** A change of an item that phones keep. */
  record Change(Key key, Item item, boolean removed) {}

  private final Table table;
  private final List<Write> writes = new ArrayList<>();
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();

  Transaction(Table table) {
    this.table = table;
  }

  /** Only commits if an item, which stays as it is, meets a condition. */
  public void check(Key key, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    Expression expression = new Expression();
    String text = expression.condition(condition);
    add(
        key,
        TransactWriteItem.builder()
            .conditionCheck(check ->
                check
                    .tableName(table.name())
                    .key(key.attributes())
                    .conditionExpression(text)
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
  }

  /**
   * Writes a whole item, in place of the one under its key if the condition allows one, and that
   * has the same owner.
   */
  public void put(Item item, Condition condition, Refusal otherwise) {
    Key key = keyOf(item);
    refuseImpossible(key, otherwise);
    Expression expression = new Expression();
    String text = expression.condition(fixed(item, condition));
    Item stamped = table.definition().stamp(key, item);
    add(
        key,
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(stamped.attributes())
                    .conditionExpression(text)
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
    note(new Change(key, stamped, false));
  }

  /** The condition, and that fixed attributes stay as they are; what an item lacks can be added. */
  private Condition fixed(Item item, Condition condition) {
    Condition all = condition;
    for (String attribute : table.definition().fixed()) {
      Condition none = Condition.lacks(attribute);
      all =
          all.and(
              item.has(attribute) ? none.or(Condition.is(attribute, item.text(attribute))) : none);
    }
    return all;
  }

  /** Writes a new item, provided that there is none; else the block runs again and reads anew. */
  public void create(Item item) {
    put(item, Condition.absent(), AGAIN);
  }

  /**
   * Writes an item in place of the one that was read, provided that nobody else has replaced that
   * since; else the block runs again and reads anew. Its {@value #VERSION} grows by one.
   *
   * @param read the whole item as it was read, consistently
   * @param changes attributes with their new values, null for those to take away
   * @return the item as it will be
   * @throws IllegalArgumentException where it would get another owner
   */
  public Item replace(Item read, Map<String, ? extends @Nullable Object> changes) {
    for (String attribute : table.definition().fixed()) {
      if (read.has(attribute)
          && changes.containsKey(attribute)
          && !Objects.equals(changes.get(attribute), read.get(attribute))) {
        throw new IllegalArgumentException(
            "'%s' names whose the item is, which never changes; create another item."
                .formatted(attribute));
      }
    }
    long version = version(read);
    Item replaced = read.with(changes).with(Map.of(VERSION, version + 1));
    put(replaced, isUnchanged(read), AGAIN);
    return replaced;
  }

  /** Only commits if an item that was read is still there and was not replaced. */
  void checkUnchanged(Item read) {
    check(keyOf(read), isUnchanged(read), AGAIN);
  }

  private static Condition isUnchanged(Item read) {
    long version = version(read);
    return version == 0
        ? Condition.present().and(Condition.lacks(VERSION))
        : Condition.is(VERSION, version);
  }

  /** How often an item was replaced, or the number that it began with. */
  public static long version(Item item) {
    return item.has(VERSION) ? item.number(VERSION) : 0;
  }

  /**
   * Removes an item that was read, if the condition holds.
   *
   * @param read the whole item
   */
  public void delete(Item read, Condition condition, Refusal otherwise) {
    Key key = keyOf(read);
    Expression expression = new Expression();
    String text = expression.condition(condition);
    add(
        key,
        TransactWriteItem.builder()
            .delete(delete ->
                delete
                    .tableName(table.name())
                    .key(key.attributes())
                    .conditionExpression(text)
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
    note(new Change(key, read, true));
  }

  /**
   * Removes an item that was read, provided that it is still there; else the block runs again and
   * reads anew.
   *
   * @param read the whole item
   */
  public void delete(Item read) {
    delete(read, Condition.present(), AGAIN);
  }

  /**
   * Writes an item whose condition is looked at before all others: where several don't hold, the
   * refusal is this one's.
   */
  public void putFirst(Item item, Condition condition, Refusal otherwise) {
    put(item, condition, otherwise);
    writes.addFirst(writes.removeLast());
  }

  private void note(Change change) {
    if (table.definition().isSynced(change.key())) {
      changes.computeIfAbsent(change.key().partition(), unseen -> new ArrayList<>()).add(change);
    }
  }

  /** Moves an owner's head, provided that it is where it was read. */
  void move(ChangeLogHead from, ChangeLogHead to) {
    put(to.item(), from.isLast(), AGAIN);
  }

  private static Key keyOf(Item item) {
    return Objects.requireNonNull(item.key(), "The item has no key.");
  }

  private static void refuseImpossible(Key key, Refusal otherwise) {
    if (!key.isPossible()) {
      throw otherwise.of(null);
    }
  }

  List<TransactWriteItem> writes() {
    return writes.stream().map(Write::item).toList();
  }

  /** The keys of the items that it writes or checks. */
  List<Key> keys() {
    return writes.stream().map(Write::key).toList();
  }

  /** The changes of items that phones keep, by their owner. */
  Map<String, List<Change>> changes() {
    return Map.copyOf(changes);
  }

  /** The refusal of the write at a place, as DynamoDB reports its cancellation reasons by place. */
  Refusal refusal(int place) {
    return writes.get(place).refusal();
  }

  private void add(Key key, TransactWriteItem item, Refusal refusal) {
    writes.add(new Write(key, item, refusal));
  }
}
