package dev.screenful.resolver;

import org.jspecify.annotations.Nullable;

/** Returns the value of a field. */
@FunctionalInterface
public interface Resolver {

  /**
   * The field's value: an {@link dev.screenful.store.Item}, a {@link dev.screenful.store.Page} for
   * a connection, a {@link java.util.Map}, a list of these, a scalar value, or null. Runs on a
   * virtual thread and may block.
   *
   * @throws ClientError for errors that the client should see; all others are logged and masked
   */
  @Nullable Object resolve(Call call);
}
