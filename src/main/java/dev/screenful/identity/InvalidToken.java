package dev.screenful.identity;

import dev.screenful.json.Excerpt;

/**
 * Thrown if a token is not valid. The message is for the log; the client is only told to sign in
 * again.
 */
public final class InvalidToken extends Exception {

  private static final long serialVersionUID = 1;

  /** Characters of the longest message, which may quote the token. */
  private static final int MAX_LENGTH = 300;

  public InvalidToken(String message) {
    super(Excerpt.start(message, MAX_LENGTH));
  }
}
