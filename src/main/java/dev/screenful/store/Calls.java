package dev.screenful.store;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls to DynamoDB that end by a deadline, and fail in this room's words. */
final class Calls {

  private final Deadline deadline;

  Calls(Deadline deadline) {
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
      if (deadline.isOver()) {
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

  private static boolean isUnavailable(SdkException failed) {
    return failed instanceof SdkClientException // no answer, or none in time
        || (failed instanceof AwsServiceException refused
            && (refused.isThrottlingException() || refused.statusCode() >= 500));
  }
}
