package {{package}};

import dev.screenful.App;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.TableDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** The app {{name}}: its resolver classes and its table. */
public final class {{name}}App implements App {

  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * The app.
   *
   * @param clock the current time
   * @param random generates ids
   */
  public {{name}}App(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<Resolvers> resolvers() {
    return List.of(new NoteResolvers(clock, random));
  }

  @Override
  public TableDefinition table() {
    return TableDefinition.of();
  }
}
