package dev.screenful.store;

import dev.screenful.dynamodb.CallTimedOut;
import dev.screenful.dynamodb.DynamoDb;
import dev.screenful.dynamodb.DynamoDbUnavailable;
import dev.screenful.dynamodb.Request;
import java.time.Duration;

/** Makes calls to DynamoDB until a deadline. */
final class DynamoCalls {

  private final DynamoDb client;
  private final Deadline deadline;

  DynamoCalls(DynamoDb client, Deadline deadline) {
    this.client = client;
    this.deadline = deadline;
  }

  /**
   * Makes a call.
   *
   * @throws DeadlineExceeded if the deadline passes before or during the call
   * @throws StoreUnavailable if DynamoDB throttles, fails or can't be reached
   */
  <R> R make(Request<R> request) {
    Duration remaining = deadline.remaining();
    if (!remaining.isPositive()) {
      throw new DeadlineExceeded();
    }
    try {
      return client.call(request, remaining);
    } catch (CallTimedOut late) {
      throw new DeadlineExceeded();
    } catch (DynamoDbUnavailable failed) {
      throw new StoreUnavailable(failed);
    }
  }
}
