package dev.screenful.http;

import dev.screenful.resolver.ErrorCode;

/** A request that is answered without being looked at further; the message is for the client. */
final class BadRequest extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;
  private final ErrorCode code;

  BadRequest(int status, ErrorCode code, String message) {
    super(message, null, false, false); // no stack trace: it is an answer, not a fault
    this.status = status;
    this.code = code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  int status() {
    return status;
  }

  ErrorCode code() {
    return code;
  }
}
