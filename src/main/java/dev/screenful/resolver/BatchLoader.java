package dev.screenful.resolver;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads values that are not in the table, such as those of another service, for all keys of one
 * level of a request. See {@link Fields#batch}.
 *
 * @param <K> the type of the keys, with {@code equals} and {@code hashCode}
 */
@FunctionalInterface
public interface BatchLoader<K> {

  /**
   * Loads the values of some keys. Runs on a virtual thread and may block.
   *
   * @param keys the keys, each once, at least one
   * @param remaining the time until the deadline of the request; use it as the timeout of calls
   * @return a value for each key, as a {@link Resolver} may return it; a key without a value is
   *     null in the response
   * @throws ClientError an error for the client, such as {@code UNAVAILABLE}; it is the error of
   *     each field that waits
   * @throws Exception any other failure; it is logged and masked
   */
  Map<K, ? extends @Nullable Object> load(Set<K> keys, Duration remaining) throws Exception;
}
