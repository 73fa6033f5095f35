package dev.screenful.execution;

import dev.screenful.crypto.SignedTokens;
import dev.screenful.store.ChangeFeed;
import dev.screenful.store.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a client's position in the changes of an owner as a signed token. A token has the last
 * position, the last listed sort key and the day of the last comparison, and during a comparison
 * its day, its query and the last compared sort key. Tokens of older versions end after the first
 * or second part.
 */
final class SyncTokens {

  private static final String SCOPE = "changes of ";

  private final SignedTokens tokens;

  SyncTokens(SignedTokens tokens) {
    this.tokens = tokens;
  }

  String encode(ChangeFeed.Checkpoint checkpoint, String owner) {
    List<String> parts = new ArrayList<>();
    parts.add(Long.toString(checkpoint.position()));
    parts.add(checkpoint.listedTo() == null ? "" : checkpoint.listedTo());
    parts.add(text(checkpoint.comparison().since()));
    Comparison.Pass pass = checkpoint.comparison().pass();
    if (pass != null) {
      parts.add(text(pass.started()));
      parts.add(Integer.toString(pass.query()));
      parts.add(pass.after());
    }
    return tokens.sign(SCOPE + owner, parts.toArray(String[]::new));
  }

  /** The position of a token; empty unless the token was made for this owner. */
  Optional<ChangeFeed.Checkpoint> decode(String token, String owner) {
    return tokens.verify(SCOPE + owner, token).map(SyncTokens::checkpoint);
  }

  private static ChangeFeed.Checkpoint checkpoint(List<String> parts) {
    String listedTo = parts.size() > 1 ? parts.get(1) : "";
    Instant since = parts.size() > 2 ? day(parts.get(2)) : Instant.EPOCH;
    return new ChangeFeed.Checkpoint(
        Long.parseLong(parts.getFirst()),
        listedTo.isEmpty() ? null : listedTo,
        new Comparison(since, pass(parts)));
  }

  private static Comparison.@Nullable Pass pass(List<String> parts) {
    return parts.size() > 3
        ? new Comparison.Pass(day(parts.get(3)), Integer.parseInt(parts.get(4)), parts.get(5))
        : null;
  }

  /** The number of a day since 1970. */
  private static String text(Instant day) {
    return Long.toString(Duration.between(Instant.EPOCH, day).toDays());
  }

  private static Instant day(String text) {
    return Instant.EPOCH.plus(Duration.ofDays(Long.parseLong(text)));
  }
}
