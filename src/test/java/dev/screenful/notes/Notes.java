package dev.screenful.notes;

import dev.screenful.App;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.NodeId;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Index;
import dev.screenful.store.Item;
import dev.screenful.store.ItemType;
import dev.screenful.store.Key;
import dev.screenful.store.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The app Notes: its table and its keys. */
public final class Notes implements App {

  static final String READER = "READER#";
  static final String NOTE = "NOTE#";

  /** Notebooks by topic, in the order of their opening. */
  static final Index TOPICS =
      new Index("topics", "topic", "openedAt", Set.of("code", "title", "rating"));

  private static final TableDefinition TABLE =
      TableDefinition.of(TOPICS)
          .with(
              ItemType.of("NOTEBOOK#", "NOTEBOOK").cachedFor(Duration.ofMinutes(5)),
              ItemType.of(READER, NOTE)
                  .synced()
                  .dependingOn(note ->
                      note.get("notebookCode") instanceof String code ? notebookKey(code) : null));

  private final Clock clock;

  /** The app at the time of a clock. */
  public Notes(Clock clock) {
    this.clock = clock;
  }

  @Override
  public List<Resolvers> resolvers() {
    return List.of(new NotesResolvers(clock));
  }

  @Override
  public TableDefinition table() {
    return TABLE;
  }

  /** The key of a notebook. */
  public static Key notebookKey(String code) {
    return new Key("NOTEBOOK#" + code, "NOTEBOOK");
  }

  static Key noteKey(String reader, String id) {
    return new Key(READER + reader, NOTE + id);
  }

  /** The id of a reader's note in a notebook; there is one at most. */
  static String noteId(String reader, String code) {
    return code + "." + reader;
  }

  static String typeOf(Item item) {
    return Objects.requireNonNull(item.key()).sort().startsWith(NOTE) ? "Note" : "Notebook";
  }

  static ClientError unknown(String type, String id) {
    return new ClientError(
        ErrorCode.NOT_FOUND, "Nothing has the id '%s'.", new NodeId(type, id).toString());
  }
}
