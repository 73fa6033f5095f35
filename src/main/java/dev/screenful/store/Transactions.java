package dev.screenful.store;

import dev.screenful.dynamodb.ConditionFailed;
import dev.screenful.dynamodb.DynamoDbException;
import dev.screenful.dynamodb.PutItem;
import dev.screenful.dynamodb.TransactWriteItems;
import dev.screenful.dynamodb.TransactionCancelled;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commits transactions for one request, with a limited number of attempts, until its deadline. */
public final class Transactions {

  /**
   * Attempts at a write. Their pauses add up to two seconds on average and to 4.3 at most, so an
   * ordinary request has most of its time left.
   */
  private static final int MAX_ATTEMPTS = 10;

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
    this.calls = store.calls();
    this.log = new ChangeLog(store, clock);
  }

  /**
   * Commits the writes of a block. If another transaction interferes, the block runs again after a
   * pause. So it must read the items that it depends on itself, and have no other side effects.
   *
   * @return the result of the block
   * @throws RuntimeException the error of the first condition that does not hold
   * @throws DeadlineExceeded if the deadline passes first; the transaction may be committed or not
   * @throws StoreUnavailable if DynamoDB fails, or other transactions interfere with all attempts
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
      pause(attempt);
    }
  }

  /**
   * Writes one item if the condition holds, at half the price of a transaction. If the response to
   * an attempt is lost, the next attempt may find the item that the first one wrote. So a caller
   * must compare the existing item with its own.
   *
   * @return null if the item was written, otherwise the existing item
   * @throws StoreUnavailable if DynamoDB fails, or transactions interfere with all attempts
   */
  public @Nullable Item putIf(Item item, Condition condition) {
    Expression expression = new Expression();
    String text = expression.condition(condition);
    PutItem put = new PutItem(table.name(), item.attributes(), text, expression.placeholders());
    for (int attempt = 1; ; attempt++) {
      try {
        store.cost().write(calls.make(put));
        return null;
      } catch (ConditionFailed failed) {
        store.cost().write(0);
        return failed.item() == null ? new Item(Map.of()) : new Item(failed.item());
      } catch (DynamoDbException refused) {
        if (!refused.code().equals("TransactionConflictException")) {
          throw refused;
        }
        store.cost().write(0); // a transaction writes the same item
        pause(attempt);
      }
    }
  }

  private void pause(int attempt) {
    if (attempt == MAX_ATTEMPTS) {
      throw new StoreUnavailable(
          "After %d attempts, other transactions or throttling still prevent the write."
              .formatted(attempt));
    }
    Backoff.pause(attempt, store.deadline());
  }

  /** Whether the transaction is committed; otherwise it must be tried again. */
  private boolean isCommitted(Transaction transaction) {
    try {
      String token = UUID.randomUUID().toString(); // DynamoDB runs a repeated attempt only once
      store.cost().write(calls.make(new TransactWriteItems(token, transaction.requests())));
      return true;
    } catch (TransactionCancelled cancelled) {
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
  private static void refuse(Transaction transaction, TransactionCancelled cancelled) {
    List<TransactionCancelled.Reason> reasons = cancelled.reasons();
    for (int index = 0; index < reasons.size(); index++) {
      TransactionCancelled.Reason reason = reasons.get(index);
      if (reason.code().equals("ConditionalCheckFailed")) {
        throw transaction.refusal(index).of(reason.item() == null ? null : new Item(reason.item()));
      }
    }
    if (!reasons.stream().allMatch(reason -> TRANSIENT.contains(reason.code()))) {
      throw cancelled;
    }
  }
}
