package dev.screenful.execution;

import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.SyncSource;
import dev.screenful.schema.AppSchema;
import dev.screenful.store.ChangeFeed;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the {@code changes} field: everything that changed since a client's last sync. */
final class ChangesResolver {

  private final AppSchema schema;
  private final SyncTokens tokens;
  private final InstantSource clock;

  ChangesResolver(AppSchema schema, SyncTokens tokens, InstantSource clock) {
    this.schema = schema;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The changes since the argument {@code since}.
   *
   * @throws ClientError {@code SYNC_RESET} if some of them are no longer kept
   */
  Map<String, Object> changes(FieldCall call, SyncSource source) {
    String owner = source.owner(call);
    ChangeFeed feed = new ChangeFeed(call.store(), clock);
    ChangeFeed.Checkpoint since =
        call.arguments()
            .optionalText("since")
            .map(token -> tokens.decode(token, owner).orElseThrow(ChangesResolver::reset))
            .orElse(null);
    int first = call.pageSize("first", Call.MAX_PAGE);
    try {
      ChangeFeed.Changes changes =
          feed.after(owner, since, day -> source.dependents(call, day), first);
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("changed", List.copyOf(changes.changed()));
      response.put("removed", changes.removed().stream().map(schema::nodeId).toList());
      response.put("token", tokens.encode(changes.next(), owner));
      response.put("hasMore", changes.hasMore());
      return response;
    } catch (ChangeFeed.Gone gone) {
      throw reset();
    }
  }

  private static ClientError reset() {
    return new ClientError(
        ErrorCode.SYNC_RESET,
        "The changes since this token are no longer kept. Discard the local data and sync again without a token.");
  }
}
