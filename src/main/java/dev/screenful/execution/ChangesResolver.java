package dev.screenful.execution;

import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.SyncSource;
import dev.screenful.store.ChangeFeed;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers what has changed since a phone asked last. */
final class ChangesResolver {

  /** The fields of the type {@code Changes}. */
  static final List<String> FIELDS = List.of("changed", "removed", "token", "hasMore");

  private final RegisteredFields registered;
  private final SyncTokens tokens;
  private final InstantSource clock;

  ChangesResolver(RegisteredFields registered, SyncTokens tokens, InstantSource clock) {
    this.registered = registered;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The changes since the argument {@code since}.
   *
   * @throws ClientError {@code SYNC_RESET} where not all of them are known any more
   */
  Map<String, Object> changes(FieldCall call, SyncSource sync) {
    String owner = sync.owner(call);
    ChangeFeed feed = new ChangeFeed(call.store(), clock);
    ChangeFeed.Checkpoint since =
        call.arguments()
            .optionalText("since")
            .map(token -> tokens.decode(token, owner).orElseThrow(ChangesResolver::reset))
            .orElse(null);
    int most = call.first();
    feed.noteShown(owner, () -> sync.showing(call));
    try {
      ChangeFeed.Changes changes = feed.after(owner, since, most);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("changed", List.copyOf(changes.changed()));
      answer.put("removed", changes.removed().stream().map(registered::nodeId).toList());
      answer.put("token", tokens.encode(changes.next(), owner));
      answer.put("hasMore", changes.hasMore());
      return answer;
    } catch (ChangeFeed.Gone gone) {
      throw reset();
    }
  }

  private static ClientError reset() {
    return new ClientError(
        ErrorCode.SYNC_RESET,
        "The changes since then are not kept any more; forget what you have and begin without a token.");
  }
}
