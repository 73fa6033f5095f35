package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
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
      }
      type NoteConnection { edges: [NoteEdge!]! pageInfo: PageInfo! }
      type NoteEdge { node: Note! cursor: String! }
      type Note { text: String! }
      type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      """;

  private final Phone phone =
      new TinyApp(
              SDL,
              fields -> {
                fields.attributes("Note", List.of("text"));
                fields.query(
                    "notes",
                    call -> call.store().query(Query.of("PAGES"), call.page(), call.selection()));
              })
          .phone();

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
}
