package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Call;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Page;
import dev.screenful.store.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pages and cursors of any list. */
final class PagesTest {

  private static final String SDL =
      """
      scalar DateTime scalar BigDecimal
      enum Order { NEW OLD }
      input Filter { from: DateTime least: BigDecimal = 1.0 words: [String!] }
      type Query {
        notes(of: ID, order: Order = NEW, filter: Filter = {words: ["a"]}, first: Int = 2, after: String): NoteConnection
          @public(why: "test")
        newest(from: ID!, to: ID, byTime: Boolean! = false, first: Int, after: String): NoteConnection
          @public(why: "test")
        list(of: ID, pageSize: Int = 2, behind: ID): NoteList @public(why: "test")
        large(first: Int = 100, after: String): NoteConnection @public(why: "test")
      }
      type NoteList { cursor: String hasMore: Boolean! notes: [Note!]! entries: [NoteEntry!]! }
      type NoteEntry { at: String! note: Note! }
      type NoteConnection { edges: [NoteEdge!]! pageInfo: PageInfo! }
      type NoteEdge { node: Note! cursor: String! }
      type Note { text: String! }
      type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      """;

  /** An index of the table that all tests share. */
  private final Phone phone =
      new TinyApp(
              SDL,
              fields -> {
                fields.attributes("Note", List.of("text"));
                fields.attributes("NoteList", List.of("cursor", "hasMore", "notes", "entries"));
                fields.attributes("NoteEntry", List.of("at", "note"));
                fields.query(
                    "newest",
                    call -> call.store().query(newest(call), call.page(), call.selection()));
                fields.query("list", PagesTest::list);
                fields.query(
                    "large",
                    call ->
                        call.store()
                            .query(
                                Query.of("PAGES"),
                                call.page("first", "after", 1000),
                                call.selection()));
                fields.query(
                    "notes",
                    call -> call.store().query(Query.of("PAGES"), call.page(), call.selection()));
              })
          .phone();

  private static Query newest(Call call) {
    Query all =
        call.arguments().flag("byTime") ? Query.of(TinyApp.BY_TIME, "NEWEST") : Query.of("NEWEST");
    String from = call.text("from");
    return call.arguments()
        .optionalText("to")
        .map(to -> all.descending().between(from, to))
        .orElseGet(() -> all.from(from).descending());
  }

  private static Map<String, @Nullable Object> list(Call call) {
    Page page =
        call.store()
            .query(Query.of("PAGES"), call.page("pageSize", "behind"), call.selection("notes"));
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Page.Entry entry : page.entries()) {
      entries.add(Map.of("at", call.cursor(entry), "note", entry.item()));
    }
    Map<String, @Nullable Object> list = new HashMap<>();
    list.put("cursor", call.cursor(page));
    list.put("hasMore", page.hasNext());
    list.put("notes", page.items());
    list.put("entries", entries);
    return list;
  }

  private static void write(String partition, int count) {
    List<Item> notes = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      notes.add(Item.of(new Key(partition, "NOTE#" + number), Map.of("text", "note " + number)));
    }
    new BulkWriter(TinyApp.table()).write(notes);
  }

  private Phone.Reply ask(String parameters, String arguments, Map<String, ?> variables) {
    return phone.ask(
        "query ($after: String %s) { notes(after: $after %s) { edges { node { text } } pageInfo { endCursor } } }"
            .formatted(parameters, arguments),
        variables);
  }

  private record Written(
      String parameters, String arguments, Map<String, @Nullable Object> values) {
    static Written literally(String arguments) {
      return new Written("", arguments, Map.of());
    }

    static Written with(String parameters, String arguments, String name, @Nullable Object value) {
      Map<String, @Nullable Object> values = new HashMap<>();
      values.put(name, value);
      return new Written(parameters, arguments, values);
    }
  }

  /** The pages after the cursors of each way to write a list, for each way to write it. */
  private void assertSameList(List<Written> ways) {
    write("PAGES", 3);
    for (Written one : ways) {
      String cursor =
          ask(one.parameters, one.arguments, one.values).data("/notes/pageInfo/endCursor").asText();
      for (Written other : ways) {
        Map<String, @Nullable Object> values = new HashMap<>(other.values);
        values.put("after", cursor);
        Phone.Reply next = ask(other.parameters, other.arguments, values);

        assertThat(next.code()).as("%s after %s", other, one).isEqualTo("no error");
        assertThat(next.data("/notes/edges/0/node/text").asText()).isEqualTo("note 2");
      }
    }
  }

  @Test
  void a_cursor_is_of_a_list_however_an_argument_without_a_value_is_written() {
    assertSameList(
        List.of(
            Written.literally(""),
            Written.literally("of: null"),
            Written.literally("order: NEW"),
            Written.literally("order: null, filter: null"),
            Written.literally("filter: {words: [\"a\"]}"),
            Written.literally("filter: {words: \"a\", from: null, least: 1}"),
            Written.with("$of: ID", "of: $of", "of", null),
            new Written("$of: ID", "of: $of", Map.of()),
            new Written("$order: Order", "order: $order", Map.of()),
            new Written("$order: Order = NEW", "order: $order", Map.of()),
            Written.with("$order: Order", "order: $order", "order", "NEW"),
            Written.with("$filter: Filter", "filter: $filter", "filter", Map.of("words", "a"))));
  }

  @Test
  void a_cursor_is_of_a_list_however_a_value_is_written() {
    assertSameList(
        List.of(
            Written.literally("of: 7, filter: {from: \"2026-01-15T14:00:00Z\", least: 2.5}"),
            Written.literally(
                "filter: {least: 2.50, from: \"2026-01-15T08:00:00.000-06:00\"}, of: \"7\", order: NEW"),
            Written.with(
                "$filter: Filter",
                "of: 7, filter: $filter",
                "filter",
                Map.of("least", 2.5, "from", "2026-01-15T14:00:00+00:00"))));
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    write("PAGES", 3);
    String cursor = ask("", "of: 7", Map.of()).data("/notes/pageInfo/endCursor").asText();

    for (String other : List.of("", "of: 8", "of: 7, order: OLD", "of: 7, filter: {}")) {
      assertThat(ask("", other, Map.of("after", cursor)).code())
          .as(other)
          .isEqualTo("BAD_USER_INPUT");
    }
  }

  private static void writeNewest() {
    List<Item> notes = new ArrayList<>();
    for (int number = 1; number <= 5; number++) {
      notes.add(
          Item.of(
              new Key("NEWEST", "T" + number),
              Map.of("text", "" + number, "box", "NEWEST", "at", "T" + number)));
    }
    new BulkWriter(TinyApp.table()).write(notes);
  }

  /** The texts of all pages, with a bar after each page. */
  private String newest(String arguments) {
    StringBuilder texts = new StringBuilder();
    String after = null;
    do {
      Map<String, @Nullable Object> variables = new HashMap<>();
      variables.put("after", after);
      Phone.Reply page =
          phone.ask(
              "query ($after: String) { newest(after: $after %s) { edges { node { text } } pageInfo { hasNextPage endCursor } } }"
                  .formatted(arguments),
              variables);
      assertThat(page.code()).isEqualTo("no error");
      page.data("/newest/edges").forEach(edge -> texts.append(edge.at("/node/text").asText()));
      texts.append('|');
      after =
          page.data("/newest/pageInfo/hasNextPage").asBoolean()
              ? page.data("/newest/pageInfo/endCursor").asText()
              : null;
    } while (after != null);
    return texts.toString();
  }

  @Test
  void a_descending_list_has_the_newest_first_on_each_page() {
    writeNewest();
    for (String index : List.of("", ", byTime: true")) {
      assertThat(newest("from: \"T1\", first: 2" + index)).isEqualTo("54|32|1|");
      assertThat(newest("from: \"T2\", first: 3" + index)).isEqualTo("543|2|");
      assertThat(newest("from: \"T2\", to: \"T4\", first: 1" + index)).isEqualTo("4|3|2|");
      assertThat(newest("from: \"T4\", to: \"T2\", first: 1" + index)).isEqualTo("|");
    }
  }

  @Test
  void a_descending_page_is_empty_if_the_bound_has_moved_beyond_its_cursor() {
    writeNewest();
    List<String> bound = new ArrayList<>(List.of("T1"));
    Phone moving =
        new TinyApp(
                SDL,
                fields -> {
                  fields.attributes("Note", List.of("text"));
                  fields.attributes("NoteList", List.of("cursor", "hasMore", "notes", "entries"));
                  fields.attributes("NoteEntry", List.of("at", "note"));
                  fields.query("notes", call -> null);
                  fields.query("large", call -> null);
                  fields.query("list", call -> null);
                  fields.query(
                      "newest",
                      call ->
                          call.store()
                              .query(
                                  Query.of("NEWEST").from(bound.getLast()).descending(),
                                  call.page(),
                                  call.selection()));
                })
            .phone();
    String document =
        "query ($after: String) { newest(from: \"now\", first: 3, after: $after) { edges { node { text } } pageInfo { endCursor } } }";
    String cursor = moving.ask(document).data("/newest/pageInfo/endCursor").asText();
    bound.add("T4");

    Phone.Reply page = moving.ask(document, Map.of("after", cursor));

    assertThat(page.code()).isEqualTo("no error");
    assertThat(page.data("/newest/edges")).isEmpty();
  }

  @Test
  void a_list_of_another_shape_has_signed_cursors_of_its_own_arguments() {
    write("PAGES", 3);
    String document =
        "query ($behind: ID, $size: Int) { list(pageSize: $size, behind: $behind) { cursor hasMore notes { text } entries { at note { text } } } }";
    Phone.Reply first = phone.ask(document);
    assertThat(first.data("/list/hasMore").asBoolean()).isTrue();
    assertThat(first.data("/list/notes/1/text").asText()).isEqualTo("note 1");
    assertThat(first.header("cache-control")).isEqualTo("no-cache, private");
    String cursor = first.data("/list/cursor").asText();
    assertThat(first.data("/list/entries/1/at").asText()).isEqualTo(cursor);

    Phone.Reply second = phone.ask(document, Map.of("behind", cursor, "size", 1));
    assertThat(second.data("/list/notes/0/text").asText()).isEqualTo("note 2");
    assertThat(second.data("/list/hasMore").asBoolean()).isFalse();
    String last = second.data("/list/cursor").asText();
    Phone.Reply none = phone.ask(document, Map.of("behind", last));
    assertThat(none.data("/list/cursor").isNull()).isTrue();

    Phone.Reply other =
        phone.ask(
            "query ($behind: ID) { list(of: 1, behind: $behind) { cursor } }",
            Map.of("behind", cursor));
    assertThat(other.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(other.message()).contains("Omit 'behind'");
    assertThat(phone.ask(document, Map.of("size", 51)).message())
        .isEqualTo("'pageSize' must be between 1 and 50, not 51.");
  }

  @Test
  void a_page_is_as_large_as_its_resolver_allows() {
    Phone.Reply all = phone.ask("{ large(first: 1000) { edges { node { text } } } }");
    Phone.Reply more = phone.ask("{ large(first: 1001) { edges { node { text } } } }");

    assertThat(all.data("/large/edges").size()).isGreaterThan(2);
    assertThat(more.code()).isEqualTo("BAD_USER_INPUT");
    assertThat(more.message()).contains("between 1 and 1000, not 1001");
  }
}
