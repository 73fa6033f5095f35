package dev.screenful.schema;

import dev.screenful.resolver.BatchLoader;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.Mutation;
import dev.screenful.resolver.Resolver;
import dev.screenful.resolver.SyncSource;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way a field is answered, as registered; a field without a registration is an attribute. */
public sealed interface Registration {

  /** Attributes of the parent item that must be read for the field. */
  Set<String> needs();

  /** A resolver returns the value. */
  record ByResolver(Resolver resolver, Set<String> needs) implements Registration {}

  /** The value is the item under a key; null without a key. */
  record ByKey(Function<Call, @Nullable Key> key, Set<String> needs) implements Registration {}

  /** The value is the list of the items under some keys; those that exist. */
  record ByKeys(Function<Call, List<Key>> keys, Set<String> needs) implements Registration {}

  /** The value is whether an item exists under a key; false without a key. */
  record ByExistence(Function<Call, @Nullable Key> key, Set<String> needs)
      implements Registration {}

  /** The value is loaded by its key, together with those of other keys; null without a key. */
  record ByBatch(
      Function<Call, ? extends @Nullable Object> key, BatchLoader<Object> loader, Set<String> needs)
      implements Registration {}

  /** A mutation returns the payload. */
  record ByMutation(Mutation mutation, Set<String> needs) implements Registration {}

  /** The value is a page of the caller's changes. */
  record BySync(SyncSource source, Set<String> needs) implements Registration {}
}
