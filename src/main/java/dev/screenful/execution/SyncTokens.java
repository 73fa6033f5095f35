package dev.screenful.execution;

import dev.screenful.store.ChangeFeed;
import java.util.Optional;

/** Where a phone is in the changes of its owner, as tokens. */
final class SyncTokens {

  private static final String SCOPE = "changes of ";

  private final SignedTokens texts;

  SyncTokens(SignedTokens texts) {
    this.texts = texts;
  }

  String encode(ChangeFeed.Checkpoint checkpoint, String owner) {
    String position = Long.toString(checkpoint.position());
    return checkpoint.listedTo() == null
        ? texts.sign(SCOPE + owner, position)
        : texts.sign(SCOPE + owner, position, checkpoint.listedTo());
  }

  /** The place that a token stands for, empty where it was not made here for this owner. */
  Optional<ChangeFeed.Checkpoint> decode(String token, String owner) {
    return texts
        .parts(SCOPE + owner, token)
        .map(parts ->
            new ChangeFeed.Checkpoint(
                Long.parseLong(parts.getFirst()), parts.size() == 1 ? null : parts.getLast()));
  }
}
