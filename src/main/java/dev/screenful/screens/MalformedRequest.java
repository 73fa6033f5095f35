package dev.screenful.screens;

/** Thrown if JSON is no GraphQL request. The message is for the client. */
public final class MalformedRequest extends Exception {

  private static final long serialVersionUID = 1;

  MalformedRequest(String message) {
    super(message, null, false, false); // no stack trace: it is a response, not a fault
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
