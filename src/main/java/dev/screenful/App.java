package dev.screenful;

import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.util.List;

/** An app on the engine. Its SDL and screens are files in the schema folder. */
public interface App {

  /** The resolver classes of the SDL's fields. */
  List<Resolvers> resolvers();

  /** The definition of the app's table. */
  TableDefinition table();
}
