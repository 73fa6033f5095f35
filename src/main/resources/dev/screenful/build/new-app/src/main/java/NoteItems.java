package {{package}};

import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.time.Instant;
import java.util.Map;

/** The keys and items of notes. Each user's notes are one partition, sorted by time. */
public final class NoteItems {

  private NoteItems() {}

  static String partition(String owner) {
    return "USER#" + owner;
  }

  /**
   * A new note.
   *
   * @param random distinguishes notes of the same time
   */
  public static Item item(String owner, String text, Instant now, int random) {
    String id = "%d-%08x".formatted(now.toEpochMilli(), random);
    return Item.of(
        new Key(partition(owner), "NOTE#" + id),
        Map.of("id", id, "text", text, "createdAt", now.toString(), "owner", owner));
  }
}
