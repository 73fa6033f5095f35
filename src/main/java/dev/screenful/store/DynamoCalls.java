package dev.screenful.store;

import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes calls to DynamoDB until a deadline, and maps the SDK's exceptions. */
final class DynamoCalls {

  private final Deadline deadline;

  DynamoCalls(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Makes a call.
   *
   * @param call receives the timeouts for its request
   * @throws DeadlineExceeded if the deadline passes before or during the call
   * @throws StoreUnavailable if DynamoDB throttles, fails or can't be reached
   */
  <T> T make(Function<AwsRequestOverrideConfiguration, T> call) {
    Duration remaining = deadline.remaining();
    if (remaining.toMillis() < 1) { // the SDK reads 0 as no timeout
      throw new DeadlineExceeded();
    }
    try {
      return call.apply(timeouts(remaining));
    } catch (SdkException failed) {
      if (deadline.hasPassed() || isDeadline(failed, remaining)) {
        throw new DeadlineExceeded();
      }
      if (isUnavailable(failed)) {
        throw new StoreUnavailable(failed);
      }
      throw failed;
    }
  }

  private static AwsRequestOverrideConfiguration timeouts(Duration remaining) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallTimeout(shorter(remaining, Table.CALL_TIMEOUT))
        .apiCallAttemptTimeout(shorter(remaining, Table.ATTEMPT_TIMEOUT))
        .build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Whether a timeout ended the call that was the remaining time until the deadline. The SDK counts
   * whole milliseconds, so the timeout may end the call just before the deadline.
   */
  private static boolean isDeadline(SdkException failed, Duration remaining) {
    return (failed instanceof ApiCallTimeoutException
            && remaining.compareTo(Table.CALL_TIMEOUT) < 0)
        || (failed instanceof ApiCallAttemptTimeoutException
            && remaining.compareTo(Table.ATTEMPT_TIMEOUT) < 0);
  }

  private static boolean isUnavailable(SdkException failed) {
    return failed instanceof SdkClientException // no response, or none in time
        || (failed instanceof AwsServiceException refused
            && (refused.isThrottlingException() || refused.statusCode() >= 500));
  }
}
