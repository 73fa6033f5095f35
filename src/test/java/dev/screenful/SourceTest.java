package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Fields;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Condition;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fields below an object are answered alike, whatever the object was made from. */
final class SourceTest {

  private static final String SDL =
      """
      scalar UUID
      directive @owner(field: String!) on OBJECT
      directive @once(not: String) on FIELD_DEFINITION
      interface Node { id: ID! }
      type Query {
        node(id: ID!): Node @public(why: "test")
        stored: Book @public(why: "test")
        map: Book @public(why: "test")
        optional: Book @public(why: "test")
        maps: [Book!] @public(why: "test")
        nested: Shelf @public(why: "test")
        abstract: Node @public(why: "test")
        foreign: Node @public(why: "test")
        page: BookConnection @public(why: "test")
        above: String @public(why: "test")
        partly: Book @public(why: "test")
      }
      type Mutation {
        write(input: WriteInput!): Book @once @public(why: "test")
        describe(input: WriteInput!): Book @once @public(why: "test")
        count(input: WriteInput!): Int @once @public(why: "test")
        nothing(input: WriteInput!): Book @once @public(why: "test")
      }
      input WriteInput { requestId: UUID! title: String! }
      type Shelf { books: [Book!] rows: [[Book!]!] first: Book }
      type Book implements Node {
        id: ID! title: String writer: Writer known: Boolean shout: String at: String subtitle: String isbn: String!
      }
      type Writer { name: String }
      type Secret implements Node @owner(field: "by") { id: ID! text: String }
      type BookConnection { edges: [BookEdge!]! pageInfo: PageInfo! first: String }
      type BookEdge { node: Book! cursor: String! }
      type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      """;

  private static final String FIELDS = "{ id title writer { name } known shout }";

  private static final Map<String, Object> BOOK =
      Map.of("code", "1", "title", "one", "writerCode", "w");

  private final TinyApp app = new TinyApp(SDL, SourceTest::register);
  private final Phone phone = app.phone();

  private static Key key(String code) {
    return new Key("SOURCE#" + code, "ITEM");
  }

  private static void register(Fields fields) {
    fields.attributes("Book", List.of("code", "title", "writerCode", "at", "subtitle", "isbn"));
    fields.attributes("Secret", List.of("code", "text", "by"));
    fields.attributes("Writer", List.of("name"));
    fields.attributes("Shelf", List.of("books", "rows", "first"));
    fields.typeOf("Node", item -> item.has("by") ? "Secret" : "Book");
    fields.node("Book", "code", (code, call) -> key(code));
    fields.node("Secret", "code", (code, call) -> key(code));
    fields.load("Book", "writer", "writerCode", SourceTest::key);
    fields.exists("Book", "known", call -> key(call.source().text("writerCode")), "writerCode");
    fields.on("Book", "shout", call -> call.source().text("title") + "!", "title");
    fields.query("stored", call -> call.store().get(key("1"), call.selection()));
    fields.query("map", call -> BOOK);
    fields.query("optional", call -> Optional.of(BOOK));
    fields.query("maps", call -> List.of(BOOK, BOOK));
    fields.query(
        "nested",
        call ->
            Map.of(
                "books", Map.of(1, BOOK).values(), "rows", List.of(List.of(BOOK)), "first", BOOK));
    fields.query("abstract", call -> BOOK);
    fields.query("foreign", call -> Map.of("code", "2", "text", "secret", "by", "someone"));
    fields.query("page", call -> call.store().query(query(), call.page(), call.selection()));
    fields.query("partly", call -> call.store().get(key("1"), Projection.of("code", "subtitle")));
    fields.query("above", call -> call.source().text("title"));
    fields.on("BookConnection", "first", call -> call.source().text("title"));
    fields.mutation(
        "write",
        (call, transaction) -> {
          Item book =
              Item.of(
                  key(UUID.randomUUID().toString()),
                  Map.of("code", "1", "title", call.input().text("title"), "writerCode", "w"));
          transaction.put(book, Condition.absent(), found -> new IllegalStateException());
          return book;
        });
    fields.mutation(
        "describe",
        (call, transaction) ->
            Map.of(
                "code",
                UUID.fromString("5b0f6e1c-8d0e-4f4e-9a57-0b7f3a2f6c11"),
                "title",
                call.input().text("title"),
                "writerCode",
                "w",
                "at",
                Instant.EPOCH));
    fields.mutation("count", (call, transaction) -> call.input().text("title").length());
    fields.mutation("nothing", (call, transaction) -> null);
  }

  private static dev.screenful.store.Query query() {
    return dev.screenful.store.Query.of(key("1").partition());
  }

  private static void write() {
    new BulkWriter(TinyApp.table())
        .write(List.of(Item.of(key("1"), BOOK), Item.of(key("w"), Map.of("name", "Ada"))));
  }

  private Phone.Reply mutate(String field, String selection, UUID requestId) {
    return phone.ask(
        "mutation ($input: WriteInput!) { %s(input: $input) %s }".formatted(field, selection),
        Map.of("input", Map.of("requestId", requestId.toString(), "title", "one")));
  }

  @Test
  void the_fields_of_a_map_are_answered_like_those_of_an_item() {
    write();
    Phone.Reply stored = phone.ask("{ stored " + FIELDS + " }");
    assertThat(stored.code()).isEqualTo("no error");
    assertThat(stored.data("/stored/writer/name").asText()).isEqualTo("Ada");
    assertThat(stored.data("/stored/known").asBoolean()).isTrue();

    Map<String, String> ways = new HashMap<>();
    ways.put("map", "");
    ways.put("optional", "");
    ways.put("maps", "/1");
    ways.forEach((field, place) ->
        assertThat(phone.ask("{ " + field + FIELDS + " }").data("/" + field + place))
            .as(field)
            .isEqualTo(stored.data("/stored")));
    Phone.Reply nested =
        phone.ask("{ nested { books %s rows %s first %s } }".replace("%s", FIELDS));
    for (String place : List.of("books/0", "rows/0/0", "first")) {
      assertThat(nested.data("/nested/" + place)).as(place).isEqualTo(stored.data("/stored"));
    }
    Phone.Reply typed = phone.ask("{ abstract { __typename id ... on Book { shout } } }");
    assertThat(typed.data("/abstract/id").asText()).isEqualTo("Book:1");
    assertThat(typed.data("/abstract/shout").asText()).isEqualTo("one!");
  }

  @Test
  void a_map_with_another_owner_is_hidden_behind_an_interface_too() {
    Phone.Reply reply = phone.ask("{ foreign { id ... on Secret { text } } }");

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/foreign").isNull()).isTrue();
  }

  @Test
  void a_mutation_returns_the_object_itself_and_a_repeat_returns_it_again() {
    write();
    for (String field : List.of("write", "describe")) {
      UUID requestId = UUID.randomUUID();
      Phone.Reply first = mutate(field, FIELDS, requestId);
      assertThat(first.code()).as(app.log()).isEqualTo("no error");
      assertThat(first.data("/" + field + "/shout").asText()).isEqualTo("one!");
      assertThat(first.data("/" + field + "/writer/name").asText()).isEqualTo("Ada");

      assertThat(mutate(field, FIELDS, requestId).body().get("data"))
          .isEqualTo(first.body().get("data"));
      Phone.Reply other = mutate(field, "{ writer { name } again: shout id at }", requestId);
      assertThat(other.code()).isEqualTo("no error");
      assertThat(other.data("/" + field + "/again").asText()).isEqualTo("one!");
      assertThat(other.data("/" + field + "/id")).isEqualTo(first.data("/" + field + "/id"));
    }
  }

  @Test
  void a_mutation_returns_a_scalar_or_nothing_and_a_repeat_does_too() {
    UUID requestId = UUID.randomUUID();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(mutate("count", "", requestId).data("/count").asInt()).isEqualTo(3);
    }
    UUID other = UUID.randomUUID();
    List<@Nullable String> answers = new ArrayList<>();
    for (String selection : List.of("{ id }", "{ id }", "{ title }")) {
      Phone.Reply reply = mutate("nothing", selection, other);
      answers.add(reply.code() + reply.data("/nothing"));
    }
    assertThat(answers).containsOnly("no errornull");
  }

  @Test
  void a_field_without_a_parent_object_says_so_in_the_log() {
    write();
    assertThat(phone.ask("{ above }").code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(app.log()).contains("Query.above has no parent object");
    assertThat(phone.ask("{ page { first } }").code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(app.log()).contains("BookConnection.first has no parent object");
  }

  @Test
  void an_attribute_that_was_not_read_is_an_error_that_the_log_names() {
    write();
    Map<String, String> attributes =
        Map.of("title", "title", "isbn", "isbn", "writer { name }", "writerCode", "shout", "title");
    attributes.forEach((selected, attribute) -> {
      TinyApp fresh = new TinyApp(SDL, SourceTest::register);
      Phone.Reply reply = fresh.phone().ask("{ partly { id " + selected + " } }");

      assertThat(reply.code()).as(selected).isEqualTo("INTERNAL_SERVER_ERROR");
      assertThat(fresh.log())
          .contains(
              "The attribute '"
                  + attribute
                  + "' of the item SOURCE/ITEM was not read, only [code, pk, sk, subtitle].",
              "\"where\":\"/partly/" + selected.replace(" { name }", "") + "\"");
    });

    Phone.Reply missing = phone.ask("{ partly { id subtitle } }");
    assertThat(missing.code()).isEqualTo("no error");
    assertThat(missing.data("/partly/subtitle").isNull()).isTrue();
  }
}
