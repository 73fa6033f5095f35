package dev.screenful.execution;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.store.Key;
import dev.screenful.store.Position;

/** Positions as cursors. The scope says of which list a cursor is. */
final class Cursors {

  private final SignedTokens texts;

  Cursors(SignedTokens texts) {
    this.texts = texts;
  }

  String encode(Position position, String scope) {
    return texts.sign(scope, position.sort(), position.key().partition(), position.key().sort());
  }

  /**
   * The position that a cursor stands for.
   *
   * @throws ClientError {@code BAD_USER_INPUT} where it was not made here for this scope
   */
  Position decode(String cursor, String scope) {
    return texts
        .parts(scope, cursor)
        .map(parts -> new Position(parts.get(0), new Key(parts.get(1), parts.get(2))))
        .orElseThrow(() ->
            new ClientError(
                ErrorCode.BAD_USER_INPUT,
                "The cursor is not one of this list; leave 'after' out to begin at its start."));
  }
}
