package dev.screenful.store;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls to DynamoDB that end by a deadline, and fail in this room's words. */
final class DynamoCalls {

  private final Deadline deadline;

  DynamoCalls(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Makes a call.
   *
   * @param call is given the limits that its request must have
   * @throws DeadlineExceeded where the time is over, before the call or by its end
   * @throws StoreUnavailable where DynamoDB throttles, fails or can't be reached
   */
  <T> T make(Function<AwsRequestOverrideConfiguration, T> call) {
    Duration left = deadline.left();
    if (left.toMillis() < 1) { // the SDK takes 0 for no timeout at all
      throw new DeadlineExceeded();
    }
    try {
      return call.apply(limits(left));
    } catch (SdkException failed) {
      if (deadline.isOver() || isDeadline(failed, left)) {
        throw new DeadlineExceeded();
      }
      if (isUnavailable(failed)) {
        throw new StoreUnavailable(failed);
      }
      throw failed;
    }
  }

  private static AwsRequestOverrideConfiguration limits(Duration left) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(shorter(left, Table.CALL))
        .apiCallAttemptTimeout(shorter(left, Table.ATTEMPT))
        .build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Whether a limit ended the call that was what was left of the deadline. The SDK counts in whole
   * milliseconds, so it may do that a moment before the deadline is over.
   */
  private static boolean isDeadline(SdkException failed, Duration left) {
    return (failed instanceof ApiCallTimeoutException && left.compareTo(Table.CALL) < 0)
        || (failed instanceof ApiCallAttemptTimeoutException && left.compareTo(Table.ATTEMPT) < 0);
  }

  private static boolean isUnavailable(SdkException failed) {
    return failed instanceof SdkClientException // no answer, or none in time
        || (failed instanceof AwsServiceException refused
            && (refused.isThrottlingException() || refused.statusCode() >= 500));
  }
}
