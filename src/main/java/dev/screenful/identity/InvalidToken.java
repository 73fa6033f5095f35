package dev.screenful.identity;

/**
 * A token that can't be trusted; the message is for the log, clients learn only that they must sign
 * in again.
 */
public final class InvalidToken extends Exception {

  private static final long serialVersionUID = 1;

  public InvalidToken(String message) {
    super(message);
  }
}
