package dev.screenful.execution;

import dev.screenful.crypto.SignedTokens;
import dev.screenful.store.ChangeFeed;
import java.util.Optional;

/** Encodes a client's position in the changes of an owner as a signed token. */
final class SyncTokens {

  private static final String SCOPE = "changes of ";

  private final SignedTokens tokens;

  SyncTokens(SignedTokens tokens) {
    this.tokens = tokens;
  }

  String encode(ChangeFeed.Checkpoint checkpoint, String owner) {
    String position = Long.toString(checkpoint.position());
    return checkpoint.listedTo() == null
        ? tokens.sign(SCOPE + owner, position)
        : tokens.sign(SCOPE + owner, position, checkpoint.listedTo());
  }

  /** The position of a token; empty unless the token was made for this owner. */
  Optional<ChangeFeed.Checkpoint> decode(String token, String owner) {
    return tokens
        .verify(SCOPE + owner, token)
        .map(parts ->
            new ChangeFeed.Checkpoint(
                Long.parseLong(parts.getFirst()), parts.size() == 1 ? null : parts.getLast()));
  }
}
