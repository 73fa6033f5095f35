package {{package}};

import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.ErrorCode;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Item;
import dev.screenful.store.Query;
import dev.screenful.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Resolvers for notes. */
final class NoteResolvers implements Resolvers {

  private static final int MAX_LENGTH = 1000;

  private final InstantSource clock;
  private final RandomGenerator random;

  NoteResolvers(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void register(Fields fields) {
    fields.attributes("Note", List.of("id", "text", "createdAt", "owner"));
    fields.attributes("AddNotePayload", List.of("note"));
    fields.query(
        "notes",
        call ->
            call.store()
                .query(
                    Query.of(NoteItems.partition(call.signedIn().id())),
                    call.page(),
                    call.selection()));
    fields.mutation("addNote", this::add);
  }

  private Map<String, Item> add(Call call, Transaction transaction) {
    String text = call.input().text("text");
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new ClientError(
          ErrorCode.BAD_USER_INPUT,
          "'text' must have 1 to %d characters.".formatted(MAX_LENGTH));
    }
    Item note = NoteItems.item(call.signedIn().id(), text, clock.instant(), random.nextInt());
    transaction.create(note);
    return Map.of("note", note);
  }
}
