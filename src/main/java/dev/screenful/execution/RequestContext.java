package dev.screenful.execution;

import dev.screenful.identity.Caller;
import dev.screenful.store.Store;
import graphql.GraphQLContext;
import java.util.Objects;

/**
 * What goes with one request through graphql-java.
 *
 * @param requestId names the request in the log and to the client
 * @param caller who asks
 * @param store the table, on this request's account
 * @param loop where resolvers are started and items waited for
 */
record RequestContext(String requestId, Caller caller, Store store, RequestLoop loop) {

  static RequestContext of(GraphQLContext context) {
    return Objects.requireNonNull(context.get(RequestContext.class));
  }
}
