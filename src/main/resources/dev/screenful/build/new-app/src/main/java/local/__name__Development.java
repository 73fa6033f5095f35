package {{package}}.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import {{package}}.{{name}}App;
import {{package}}.{{name}}Function;
import {{package}}.NoteItems;
import dev.screenful.App;
import dev.screenful.local.Commands;
import dev.screenful.local.DevelopmentApp;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Table;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The app {{name}} for development: its users and its sample data. */
public final class {{name}}Development implements DevelopmentApp {

  private static final Instant YESTERDAY = Instant.parse("2026-01-14T14:00:00Z");

  /**
   * Runs a command, see {@link Commands#run}.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Commands.run(new {{name}}Development(), arguments);
  }

  @Override
  public String name() {
    return "{{name}}";
  }

  @Override
  public Class<? extends RequestStreamHandler> function() {
    return {{name}}Function.class;
  }

  @Override
  public App app(Clock clock, RandomGenerator random) {
    return new {{name}}App(clock, random);
  }

  @Override
  public List<DevelopmentIdentity> identities() {
    return List.of(
        new DevelopmentIdentity("user-1", "First user", Set.of()),
        new DevelopmentIdentity("user-2", "Second user", Set.of()));
  }

  @Override
  public String load(Table table, Clock clock, boolean all) {
    List<Item> notes =
        List.of(
            NoteItems.item("user-1", "Water the plants", YESTERDAY, 1),
            NoteItems.item("user-1", "Call the dentist", YESTERDAY.plusSeconds(60), 2));
    new BulkWriter(table).write(notes);
    return notes.size() + " notes";
  }

  @Override
  public Map<String, String> examples(Table table, Clock clock) {
    return Map.of();
  }
}
