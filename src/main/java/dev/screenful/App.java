package dev.screenful;

import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.util.List;

/** What an app brings; its SDL and screens are files. */
public interface App {

  /** The classes that answer the fields of the SDL. */
  List<Resolvers> resolvers();

  /** What the app's table looks like. */
  TableDefinition table();
}
