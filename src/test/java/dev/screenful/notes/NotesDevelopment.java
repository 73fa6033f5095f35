package dev.screenful.notes;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.screenful.App;
import dev.screenful.local.DevelopmentApp;
import dev.screenful.local.DevelopmentIdentity;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Table;
import dev.screenful.upload.Bucket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Notes for development: its readers and its sample data. */
public final class NotesDevelopment implements DevelopmentApp {

  /** The whole schema folder, a copy. */
  public static final Path SCHEMA = temporaryCopy();

  private static Path temporaryCopy() {
    try {
      return copyTo(Files.createTempDirectory("notes").resolve("schema"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Copies the app's schema files and the engine's part to a new folder. */
  public static Path copyTo(Path folder) throws IOException {
    Path own = Path.of("src/test/resources/notes/schema");
    try (Stream<Path> files = Files.walk(own)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(own.relativize(file).toString()));
      }
    }
    Files.copy(Path.of("schema/screenful.graphqls"), folder.resolve("screenful.graphqls"));
    return folder;
  }

  @Override
  public String name() {
    return "Notes";
  }

  @Override
  public Class<? extends RequestStreamHandler> function() {
    return NotesFunction.class;
  }

  @Override
  public App app(Clock clock, RandomGenerator random, Bucket bucket) {
    return new Notes(clock);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("NOTES_MOOD", "calm");
  }

  @Override
  public List<DevelopmentIdentity> identities() {
    return List.of(
        new DevelopmentIdentity("reader-1", "First reader", Set.of()),
        new DevelopmentIdentity("reader-2", "Second reader", Set.of()),
        new DevelopmentIdentity("editor-1", "Editor", Set.of("EDITOR")));
  }

  @Override
  public String load(Table table, Clock clock, boolean all) {
    Instant now = clock.instant();
    List<Item> items =
        List.of(
            notebook("A1", "Apples and pears", "COOKING", "2025-11-01T08:00:00Z", 4.5),
            notebook("A2", "Bread", "COOKING", "2025-11-02T08:00:00Z", 3.0),
            notebook("A3", "Cheese", "COOKING", "2025-11-03T08:00:00Z", 2.25),
            notebook("A4", "Dumplings", "COOKING", "2025-11-04T08:00:00Z", 5.0),
            notebook("B1", "Night trains", "TRAVEL", "2025-12-01T08:00:00Z", 4.0),
            note("reader-1", "A1", "More cinnamon.", "CALM", now),
            note("reader-1", "B1", "Take the upper berth!", "EXCITED", now));
    new BulkWriter(table).write(items);
    return items.size() + " notebooks and notes";
  }

  private static Item notebook(
      String code, String title, String topic, String openedAt, double rating) {
    return Item.of(
        Notes.notebookKey(code),
        Map.of(
            "code", code,
            "title", title,
            "topic", topic,
            "openedAt", openedAt,
            "rating", rating,
            "tags", List.of(title.split(" ", -1)),
            "shelf", "top"));
  }

  static Item note(String reader, String code, String text, String mood, Instant now) {
    String id = Notes.noteId(reader, code);
    return Item.of(
        Notes.noteKey(reader, id),
        Map.of(
            "id", id,
            "readerId", reader,
            "notebookCode", code,
            "text", text,
            "mood", mood,
            "writtenAt", now.toString(),
            "version", 1));
  }

  @Override
  public Map<String, String> examples(Table table, Clock clock) {
    return Map.of("note", "Note:" + Notes.noteId("reader-1", "A1"));
  }
}
