package dev.screenful.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes that happen together or not at all, each under a condition. A condition that does not hold
 * refuses the whole transaction with the error that was named for it.
 *
 * <p>At most 100 writes and 4 MB, and no two on the same item (limits of DynamoDB's
 * TransactWriteItems).
 */
public final class Transaction {

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

  private static final ReturnValuesOnConditionCheckFailure FOUND =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private static final Refusal NEVER =
      found -> new IllegalStateException("A write without a condition was refused.");

  private final String table;
  private final List<TransactWriteItem> writes = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  Transaction(String table) {
    this.table = table;
  }

  /** Only commits if an item, which stays as it is, meets a condition. */
  public void check(Key key, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    Expression expression = new Expression();
    String text = expression.condition(condition);
    add(
        TransactWriteItem.builder()
            .conditionCheck(
                check ->
                    check
                        .tableName(table)
                        .key(key.attributes())
                        .conditionExpression(text)
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())
                        .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
  }

  /** Writes a whole item, in place of the one under its key if the condition allows one. */
  public void put(Item item, Condition condition, Refusal otherwise) {
    Expression expression = new Expression();
    String text = expression.condition(condition);
    add(
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(table)
                        .item(item.attributes())
                        .conditionExpression(text)
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())
                        .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
  }

  /** Writes a whole item, whether or not there is one under its key. */
  public void put(Item item) {
    add(
        TransactWriteItem.builder()
            .put(put -> put.tableName(table).item(item.attributes()))
            .build(),
        NEVER);
  }

  /** Removes an item, if there is one. */
  public void delete(Key key) {
    add(
        TransactWriteItem.builder()
            .delete(delete -> delete.tableName(table).key(key.attributes()))
            .build(),
        NEVER);
  }

  /** Sets attributes of an item and leaves the others. */
  public void update(Key key, Map<String, ?> changes, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    Expression expression = new Expression();
    String set = expression.set(changes);
    String text = expression.condition(condition);
    add(
        TransactWriteItem.builder()
            .update(
                update ->
                    update
                        .tableName(table)
                        .key(key.attributes())
                        .updateExpression(set)
                        .conditionExpression(text)
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())
                        .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
  }

  /** Removes an item. */
  public void delete(Key key, Condition condition, Refusal otherwise) {
    refuseImpossible(key, otherwise);
    Expression expression = new Expression();
    String text = expression.condition(condition);
    add(
        TransactWriteItem.builder()
            .delete(
                delete ->
                    delete
                        .tableName(table)
                        .key(key.attributes())
                        .conditionExpression(text)
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())
                        .returnValuesOnConditionCheckFailure(FOUND))
            .build(),
        otherwise);
  }

  private static void refuseImpossible(Key key, Refusal otherwise) {
    if (!key.isPossible()) {
      throw otherwise.of(null);
    }
  }

  List<TransactWriteItem> writes() {
    return writes;
  }

  /** The refusal of the write at a place, as DynamoDB reports its cancellation reasons by place. */
  Refusal refusal(int place) {
    return refusals.get(place);
  }

  private void add(TransactWriteItem write, Refusal otherwise) {
    writes.add(write);
    refusals.add(otherwise);
  }
}
