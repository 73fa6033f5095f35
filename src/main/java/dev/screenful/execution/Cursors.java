package dev.screenful.execution;

import dev.screenful.crypto.SignedTokens;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Key;
import dev.screenful.store.Position;

/** Encodes positions as signed cursors. A cursor's scope names the list that it belongs to. */
final class Cursors {

  private final SignedTokens tokens;

  Cursors(SignedTokens tokens) {
    this.tokens = tokens;
  }

  String encode(Position position, String scope) {
    return tokens.sign(scope, position.sort(), position.key().partition(), position.key().sort());
  }

  /**
   * The position of a cursor.
   *
   * @param argument the argument with the cursor
   * @throws ClientError {@code BAD_USER_INPUT} unless the cursor was made for this scope
   */
  Position decode(String argument, String cursor, String scope) {
    return tokens
        .verify(scope, cursor)
        .map(parts -> new Position(parts.get(0), new Key(parts.get(1), parts.get(2))))
        .orElseThrow(() ->
            new ClientError(
                ErrorCode.BAD_USER_INPUT,
                "The cursor does not belong to this list. Omit '%s' to start at the beginning."
                    .formatted(argument)));
  }
}
