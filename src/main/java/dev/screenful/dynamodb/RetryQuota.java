package dev.screenful.dynamodb;

/**
 * Limits the retries of all calls together, so that an overloaded DynamoDB is not loaded further. A
 * retry takes tokens, and a success returns them. The figures are those of the AWS SDK's standard
 * retry mode before 2026.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">Retry
 *     behavior</a>
 */
final class RetryQuota {

  private static final int CAPACITY = 500;
  private static final int COST = 5;

  private int tokens = CAPACITY;

  /** Takes the tokens of a retry, and returns their number; 0 if there are not enough. */
  synchronized int acquire() {
    if (tokens < COST) {
      return 0;
    }
    tokens -= COST;
    return COST;
  }

  /** Returns the tokens of a call's last retry; one token for a call without retries. */
  synchronized void release(int acquired) {
    tokens = Math.min(CAPACITY, tokens + Math.max(1, acquired));
  }
}
