package dev.screenful.dynamodb;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The condition of a write does not hold. */
public final class ConditionFailed extends DynamoDbException {

  private static final long serialVersionUID = 1;

  private final transient @Nullable Map<String, @Nullable Object> item;

  ConditionFailed(String message, @Nullable Map<String, @Nullable Object> item) {
    super("ConditionalCheckFailedException", message);
    this.item = item;
  }

  /** The item under the key; null if there is none. */
  public @Nullable Map<String, @Nullable Object> item() {
    return item;
  }
}
