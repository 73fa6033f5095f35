package dev.screenful.store;

/** The store took no more calls or did not answer, also when it was asked again. */
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1;

  StoreUnavailable(String message) {
    super(message);
  }

  StoreUnavailable(Throwable cause) {
    super("DynamoDB does not take the call: " + cause.getMessage(), cause);
  }
}
