package dev.screenful.execution;

import dev.screenful.store.Dependency;
import java.util.Set;

/**
 * The answer of a live screen.
 *
 * @param response the response to its operation
 * @param dependencies all that it was read from
 * @param isPrivate whether it is for its caller only, see {@link CachePolicy#isPrivate}
 */
public record LiveAnswer(
    GraphqlResponse response, Set<Dependency> dependencies, boolean isPrivate) {

  /** The answer to a subscription that did not run. */
  public static LiveAnswer of(GraphqlResponse refused) {
    return new LiveAnswer(refused, Set.of(), true);
  }
}
