package dev.screenful.resolver;

import org.jspecify.annotations.Nullable;

/** What answers one field. */
@FunctionalInterface
public interface Resolver {

  /**
   * The field's value: an {@link dev.screenful.store.Item}, a {@link dev.screenful.store.Page} for
   * a connection, a {@link java.util.Map}, a list of those, a plain value, or null. Runs on a
   * virtual thread and may block.
   *
   * @throws ClientError for what the client is to be told; anything else is masked and logged
   */
  @Nullable Object resolve(Call call);
}
