package dev.screenful.notes;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.Fields;
import dev.screenful.resolver.Resolvers;
import dev.screenful.resolver.SyncSource;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.PageRequest;
import dev.screenful.store.Projection;
import dev.screenful.store.Query;
import dev.screenful.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The resolvers of Notes. */
final class NotesResolvers implements Resolvers, SyncSource {

  private final Clock clock;

  NotesResolvers(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void register(Fields fields) {
    fields.attributes(
        "Notebook",
        List.of("code", "title", "topic", "openedAt", "rating", "tags", "closedAt", "shelf"));
    fields.attributes(
        "Note", List.of("id", "readerId", "notebookCode", "text", "mood", "writtenAt", "version"));
    fields.attributes("Reader", List.of("id", "name"));
    fields.attributes("RatedNotebook", List.of("notebook", "distance"));
    fields.attributes("WriteNotePayload", List.of("note"));
    fields.attributes("DeleteNotePayload", List.of("notebook"));
    fields.attributes("CloseNotebookPayload", List.of("notebook"));
    fields.typeOf("Node", Notes::typeOf);
    fields.node("Notebook", "code", (code, call) -> Notes.notebookKey(code));
    fields.node("Note", "id", (id, call) -> own(call, reader -> Notes.noteKey(reader, id)));
    fields.query("notebook", call -> notebook(call, call.text("code"), call.selection()));
    fields.query(
        "notebooks", call -> call.store().query(opened(call), call.page(), call.selection()));
    fields.query("ratedNotebooks", NotesResolvers::rated);
    fields.query("me", NotesResolvers::me);
    fields.query("note", call -> note(call, call.id("id", "Note"), call.selection()));
    fields.changes("changes", this);
    fields.on(
        "Notebook",
        "label",
        call -> call.source().text("code") + ": " + call.source().text("title"),
        "code",
        "title");
    fields.on("Notebook", "theme", call -> call.source().text("topic"), "topic");
    fields.exists("Notebook", "noted", NotesResolvers::noted, "code");
    fields.on("Note", "length", call -> call.source().text("text").length(), "text");
    fields.load("Note", "notebook", "notebookCode", Notes::notebookKey);
    fields.on(
        "Reader", "notes", call -> call.store().query(notes(call), call.page(), call.selection()));
    fields.mutation("writeNote", this::write);
    fields.mutation("deleteNote", NotesResolvers::delete);
    fields.mutation("closeNotebook", this::close);
  }

  private static Item notebook(Call call, String code, Projection projection) {
    Item notebook = call.store().get(Notes.notebookKey(code), projection);
    if (notebook == null) {
      throw Notes.unknown("Notebook", code);
    }
    return notebook;
  }

  private static Query opened(Call call) {
    Query all = Query.of(Notes.TOPICS, call.arguments().object("filter").text("topic"));
    return call.arguments()
        .object("filter")
        .optionalInstant("from")
        .map(from -> all.from(from.toString()))
        .orElse(all);
  }

  private static List<Map<String, Object>> rated(Call call) {
    double near = call.arguments().decimal("near");
    List<Map<String, Object>> rated = new ArrayList<>();
    for (Item notebook :
        call.store()
            .query(
                Query.of(Notes.TOPICS, call.text("topic")),
                PageRequest.first(50),
                call.selection("notebook").plus("rating"))
            .items()) {
      double distance = Math.abs(notebook.decimal("rating") - near);
      if (distance <= call.arguments().decimal("within")
          && rated.size() < call.arguments().integer("first")) {
        rated.add(Map.of("notebook", notebook, "distance", distance));
      }
    }
    return rated;
  }

  private static @Nullable Map<String, @Nullable Object> me(Call call) {
    if (!(call.caller() instanceof Caller.Verified caller)) {
      return null;
    }
    Map<String, @Nullable Object> me = new HashMap<>();
    me.put("id", caller.id());
    me.put("name", caller.name());
    return me;
  }

  private static Item note(Call call, String id, Projection projection) {
    Item note = call.store().get(Notes.noteKey(call.signedIn().id(), id), projection);
    if (note == null) {
      throw Notes.unknown("Note", id);
    }
    return note;
  }

  private static @Nullable Key noted(Call call) {
    return own(
        call, reader -> Notes.noteKey(reader, Notes.noteId(reader, call.source().text("code"))));
  }

  /** A key in the caller's own partition; null for an anonymous caller. */
  private static @Nullable Key own(Call call, Function<String, Key> key) {
    return call.caller() instanceof Caller.Verified caller ? key.apply(caller.id()) : null;
  }

  private Map<String, Item> write(Call call, Transaction transaction) {
    String code = call.input().id("notebookId", "Notebook");
    String reader = call.signedIn().id();
    transaction.check(
        Notes.notebookKey(code),
        Condition.present().and(Condition.lacks("closedAt")),
        found ->
            found == null
                ? Notes.unknown("Notebook", code)
                : new ClientError("NOTEBOOK_CLOSED", "The notebook is closed.", Map.of()));
    Key key = Notes.noteKey(reader, Notes.noteId(reader, code));
    Item old = call.store().get(key, Projection.whole());
    if (old != null) {
      return Map.of("note", transaction.replace(old, call.input().changes("text", "mood")));
    }
    Item note =
        NotesDevelopment.note(
            reader, code, call.input().text("text"), call.input().text("mood"), clock.instant());
    transaction.create(note);
    return Map.of("note", note);
  }

  private static Map<String, Item> delete(Call call, Transaction transaction) {
    Item note = note(call, call.input().id("noteId", "Note"), Projection.whole());
    transaction.delete(note);
    return Map.of("notebook", notebook(call, note.text("notebookCode"), Projection.whole()));
  }

  private Map<String, Item> close(Call call, Transaction transaction) {
    String code = call.input().id("notebookId", "Notebook");
    Map<String, String> closed = Map.of("closedAt", clock.instant().toString());
    Item notebook = notebook(call, code, Projection.whole());
    return Map.of("notebook", transaction.replace(notebook, closed));
  }

  private static Query notes(Call call) {
    return Query.of(Notes.READER + call.signedIn().id()).startingWith(Notes.NOTE);
  }

  @Override
  public String owner(Call call) {
    return Notes.READER + call.signedIn().id();
  }

  @Override
  public List<Query> dependents(Call call, Instant since) {
    return List.of(notes(call));
  }
}
