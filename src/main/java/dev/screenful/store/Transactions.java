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

/** Commits transactions, for one request and until its deadline. */
public final class Transactions {

  /** What a cancelled transaction may be tried again for. */
  private static final Set<String> PASSING =
      Set.of("None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

  private final Store store;
  private final Table table;
  private final DynamoCalls calls;
  private final ChangeLog log;

  /**
   * Commits to the table of a store, on its account and until its deadline.
   *
   * @param clock tells when notes of changes end
   */
  public Transactions(Store store, InstantSource clock) {
    this.store = store;
    this.table = store.table();
    this.calls = new DynamoCalls(store.deadline());
    this.log = new ChangeLog(store, clock);
  }

  /**
   * Commits what a block writes. The block runs again, after a pause, where another transaction
   * came between; so it reads what it depends on itself, and has no other effects.
   *
   * @return what the block answered
   * @throws RuntimeException the error of the first condition that did not hold
   * @throws DeadlineExceeded where it could not be committed in time, or it is unknown whether it
   *     was
   * @throws StoreUnavailable where DynamoDB does not take it
   */
  public <T extends @Nullable Object> T commit(Function<Transaction, T> block) {
    for (int attempt = 1; ; attempt++) {
      try {
        Transaction transaction = new Transaction(table);
        T answer = block.apply(transaction);
        log.append(transaction);
        if (transaction.writes().isEmpty() || isCommitted(transaction)) {
          return answer;
        }
      } catch (Transaction.Outdated changed) {
        // what the block read is not so any more
      }
      Backoff.pause(attempt, store.deadline());
    }
  }

  /**
   * Writes one item, alone and for half the price of a transaction, unless the condition does not
   * hold. An attempt whose answer was lost may be what an item was found from, so whoever calls
   * this takes what is found for theirs if it could be.
   *
   * @return the item that was found instead, null where this one was written
   */
  public @Nullable Item putOrFind(Item item, Condition condition) {
    Expression expression = new Expression();
    String text = expression.condition(condition);
    for (int attempt = 1; ; attempt++) {
      try {
        PutItemResponse response =
            calls.make(limits ->
                table
                    .client()
                    .putItem(put ->
                        put.overrideConfiguration(limits)
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
      } catch (TransactionConflictException met) { // a transaction that writes the same item
        store.cost().write(0);
        Backoff.pause(attempt, store.deadline());
      }
    }
  }

  /** False where it has to be tried again. */
  private boolean isCommitted(Transaction transaction) {
    try {
      TransactWriteItemsResponse response =
          calls.make(limits ->
              table
                  .client()
                  .transactWriteItems(write ->
                      write
                          .overrideConfiguration(limits)
                          .transactItems(transaction.writes())
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
      store.cost().write(response.consumedCapacity().stream().mapToDouble(Store::units).sum());
      return true;
    } catch (TransactionCanceledException cancelled) {
      store.cost().write(0);
      refuse(transaction, cancelled);
      return false;
    } finally {
      transaction.keys().forEach(table.held()::forget);
    }
  }

  /**
   * Throws what the cancellation stands for, unless it was only a conflict with another
   * transaction, or too much at once.
   */
  private static void refuse(Transaction transaction, TransactionCanceledException cancelled) {
    List<CancellationReason> reasons = cancelled.cancellationReasons();
    for (int place = 0; place < reasons.size(); place++) {
      CancellationReason reason = reasons.get(place);
      if ("ConditionalCheckFailed".equals(reason.code())) {
        throw transaction.refusal(place).of(reason.hasItem() ? new Item(reason.item()) : null);
      }
    }
    if (!reasons.stream().allMatch(reason -> PASSING.contains(String.valueOf(reason.code())))) {
      throw cancelled;
    }
  }
}
