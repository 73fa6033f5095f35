package dev.screenful.priming;

import dev.screenful.App;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.util.List;

/** An app whose items are not cached by the function instance. */
record UncachedApp(App app) implements App {

  @Override
  public List<Resolvers> resolvers() {
    return app.resolvers();
  }

  @Override
  public TableDefinition table() {
    return app.table().uncached();
  }
}
