package dev.screenful.store;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Commits transactions for one request, until its deadline. */
public final class Transactions {

  /** Cancellation reasons that allow another attempt. */
  private static final Set<String> TRANSIENT =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final Store store;
  private final Table table;
  private final DynamoCalls calls;
  private final ChangeLog log;

  /**
   * Transactions on the table of a store, counted on its cost and until its deadline.
   *
   * @param clock the time for the expiry of change log entries
   */
  public Transactions(Store store, InstantSource clock) {
    this.store = store;
    this.table = store.table();
    this.calls = new DynamoCalls(store.deadline());
    this.log = new ChangeLog(store, clock);
  }

  /**
   * Commits the writes of a block. If another transaction interferes, the block runs again after a
   * pause. So it must read the items that it depends on itself, and have no other side effects.
   *
   * @return the result of the block
   * @throws RuntimeException the error of the first condition that does not hold
   * @throws DeadlineExceeded if the deadline passes first; the transaction may be committed or not
   * @throws StoreUnavailable if DynamoDB fails
   */
  public <T extends @Nullable Object> T commit(Function<Transaction, T> block) {
    for (int attempt = 1; ; attempt++) {
      try {
        Transaction transaction = new Transaction(table);
        T result = block.apply(transaction);
        log.append(transaction);
        if (transaction.isEmpty() || isCommitted(transaction)) {
          return result;
        }
      } catch (Transaction.Conflict changed) {
        // the block must read again
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  /**
   * Writes one item if the condition holds, at half the price of a transaction. If the response to
   * an attempt is lost, the next attempt may find the item that the first one wrote. So a caller
   * must compare the existing item with its own.
   *
   * @return null if the item was written, otherwise the existing item
   */
  public @Nullable Item putIf(Item item, Condition condition) {
    Expression expression = new Expression();
    String text = expression.condition(condition);
    for (int attempt = 1; ; attempt++) {
      try {
        PutItemResponse response =
            calls.make(timeouts ->
                table
                    .client()
                    .putItem(put ->
                        put.overrideConfiguration(timeouts)
                            .tableName(table.name())
                            .item(item.attributes())
                            .conditionExpression(text)
                            .expressionAttributeNames(expression.names())
                            .expressionAttributeValues(expression.values())
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        store.cost().write(Store.units(response.consumedCapacity()));
        return null;
      } catch (ConditionalCheckFailedException found) {
        store.cost().write(0);
        return new Item(found.item());
      } catch (TransactionConflictException conflict) { // a transaction writes the same item
        store.cost().write(0);
        Backoff.pause(attempt, store.deadline());
      }
    }
  }

  /** Whether the transaction is committed; otherwise it must be tried again. */
  private boolean isCommitted(Transaction transaction) {
    try {
      TransactWriteItemsResponse response =
          calls.make(timeouts ->
              table
                  .client()
                  .transactWriteItems(write ->
                      write
                          .overrideConfiguration(timeouts)
                          .transactItems(transaction.requests())
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
      store.cost().write(response.consumedCapacity().stream().mapToDouble(Store::units).sum());
      return true;
    } catch (TransactionCanceledException cancelled) {
      store.cost().write(0);
      refuse(transaction, cancelled);
      return false;
    } finally {
      transaction.keys().forEach(table.cache()::remove);
    }
  }

  /**
   * Throws the error of a cancellation, unless its reason is transient: a conflict with another
   * transaction, or throttling.
   */
  private static void refuse(Transaction transaction, TransactionCanceledException cancelled) {
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int index = 0; index < reasons.size(); index++) {
      CancellationReason reason = reasons.get(index);
      if ("ConditionalCheckFailed".equals(reason.code())) {
        throw transaction.refusal(index).of(reason.hasItem() ? new Item(reason.item()) : null);
      }
    }
    if (!reasons.stream().allMatch(reason -> TRANSIENT.contains(String.valueOf(reason.code())))) {
      throw cancelled;
    }
  }
}
