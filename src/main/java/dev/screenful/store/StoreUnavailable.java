package dev.screenful.store;

/** The table or the bucket throttled the call, failed or did not respond, in spite of retries. */
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StoreUnavailable(String message) {
    super(message);
  }

  StoreUnavailable(Throwable cause) {
    super("The call to DynamoDB failed: " + cause.getMessage(), cause);
  }
}
