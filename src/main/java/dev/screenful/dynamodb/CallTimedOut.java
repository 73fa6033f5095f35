package dev.screenful.dynamodb;

/**
 * The deadline of the caller ended a call. A write may have happened or not; repeat it to find out.
 */
public final class CallTimedOut extends RuntimeException {

  private static final long serialVersionUID = 1;

  CallTimedOut(Throwable cause) {
    super("The deadline passed during a call to DynamoDB.", cause);
  }
}
