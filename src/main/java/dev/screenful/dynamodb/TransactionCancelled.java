package dev.screenful.dynamodb;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DynamoDB cancelled a transaction. */
public final class TransactionCancelled extends DynamoDbException {

  private static final long serialVersionUID = 1;

  /**
   * The reason of one write.
   *
   * @param code {@code None} for a write that did not cause the cancellation
   * @param item the item under the key, for a condition that does not hold
   */
  public record Reason(String code, @Nullable Map<String, @Nullable Object> item) {}

  private final transient List<Reason> reasons;

  TransactionCancelled(String message, List<Reason> reasons) {
    super("TransactionCanceledException", message);
    this.reasons = reasons;
  }

  /** One reason for each write, in the order of the request. */
  public List<Reason> reasons() {
    return reasons;
  }
}
