package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.store.Store;
import graphql.GraphQLContext;
import java.util.Objects;

/**
 * The context of one operation in graphql-java.
 *
 * @param requestId identifies the request in the log and to the client
 * @param caller the caller; for a value that depends on it, ask for {@link #callerOfValue}
 * @param store the table, counting on this operation's cost
 * @param loop runs resolvers and batches reads
 * @param responses the responses of the operation's mutations
 * @param cacheHints the cache hints of the executed fields
 */
record RequestContext(
    String requestId,
    Caller caller,
    Store store,
    RequestLoop loop,
    Once.Responses responses,
    CacheHints cacheHints) {

  static RequestContext of(GraphQLContext context) {
    return Objects.requireNonNull(context.get(RequestContext.class));
  }

  /** The caller, for a value that depends on it; the response is then private. */
  Caller callerOfValue() {
    cacheHints.makePrivate();
    return caller;
  }
}
