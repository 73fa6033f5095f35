package dev.screenful.execution;

import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderOptions;
import org.dataloader.DataLoaderRegistry;

/**
 * Reads the items that fields name by key, all of one level of a request together. There is one
 * loader, not one a type: the app has one table, so airports and airlines of the same level share a
 * BatchGetItem.
 */
final class ItemLoader {

  private static final String NAME = "items";

  /** An item that some field wants, with the attributes that this field needs. */
  record Wanted(Key key, Projection projection) {}

  private ItemLoader() {}

  /**
   * A registry with the loader of one request. The loader keeps nothing: two fields may want the
   * same item with different attributes, and a mutation may change it in between.
   */
  static DataLoaderRegistry registry(Store store, Executor executor) {
    return DataLoaderRegistry.newRegistry()
        .register(
            NAME,
            DataLoaderFactory.<Wanted, Optional<Item>>newDataLoader(
                wanted -> CompletableFuture.supplyAsync(() -> read(store, wanted), executor),
                DataLoaderOptions.newOptions().setCachingEnabled(false).build()))
        .build();
  }

  static CompletableFuture<Optional<Item>> load(
      DataFetchingEnvironment environment, Wanted wanted) {
    return Objects.requireNonNull(environment.<Wanted, Optional<Item>>getDataLoader(NAME))
        .load(wanted);
  }

  /** The wanted items in the order they were wanted, which is the batch loader's contract. */
  private static List<Optional<Item>> read(Store store, List<Wanted> wanted) {
    Projection union =
        wanted.stream().map(Wanted::projection).reduce(Projection.of(), Projection::plus);
    Map<Key, Item> items = store.getAll(wanted.stream().map(Wanted::key).toList(), union);
    return wanted.stream().map(want -> Optional.ofNullable(items.get(want.key()))).toList();
  }
}
