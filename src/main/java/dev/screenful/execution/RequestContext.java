package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.store.Store;
import graphql.GraphQLContext;
import java.util.Objects;

/**
 * What goes with one operation through graphql-java.
 *
 * @param requestId names the request in the log and to the client
 * @param caller who asks
 * @param store the table, on this operation's account
 * @param loop where resolvers are started and items waited for
 * @param renderings what clients see of the operation's mutations
 * @param cacheHints what the fields say of how long the answer may be kept
 */
record RequestContext(
    String requestId,
    Caller caller,
    Store store,
    RequestLoop loop,
    Once.Renderings renderings,
    CacheHints cacheHints) {

  static RequestContext of(GraphQLContext context) {
    return Objects.requireNonNull(context.get(RequestContext.class));
  }
}
