package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.ClientError;
import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.Condition;
import dev.screenful.store.Deadline;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import dev.screenful.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code @owner} protects items even if a resolver does not check their owner. */
final class OwnerRuleTest {

  private static final String SDL =
      """
      directive @owner(field: String!) on OBJECT
      directive @once(not: String) on FIELD_DEFINITION
      type Query {
        note: Note @public(why: "test")
        notes: [Note!] @public(why: "test")
        thing: Thing @public(why: "test")
        box: Box @public(why: "test")
        maps: [[Note!]!] @public(why: "test")
      }
      type Mutation {
        create: Box @once(not: "test") @public(why: "test")
        drop: Box @once(not: "test") @public(why: "test")
        give: Box @once(not: "test") @public(why: "test")
        overwrite: Box @once(not: "test") @public(why: "test")
        rename: Box @once(not: "test") @public(why: "test")
      }
      interface Thing { id: ID! }
      type Note implements Thing @owner(field: "by") { id: ID! text: String }
      type Box { note: Note required: Note! }
      """;

  private static Item note() {
    return Item.of(new Key("NOTE#1", "NOTE"), Map.of("id", "1", "text", "secret", "by", "someone"));
  }

  private static Resolvers forgetful(String... attributes) {
    return fields -> {
      fields.attributes("Note", List.of(attributes));
      fields.attributes("Box", List.of("note", "required"));
      fields.typeOf("Thing", item -> "Note");
      fields.query("note", call -> note());
      fields.query("notes", call -> List.of(note(), note()));
      fields.query("thing", call -> note());
      fields.query("box", call -> Map.of("note", note(), "required", note()));
      fields.query("maps", call -> List.of(List.of(Map.of("text", "secret", "by", "someone"))));
      fields.mutation(
          "create",
          (call, transaction) -> {
            transaction.put(note(), Condition.lacks("never"), found -> failed());
            return Map.of();
          });
      fields.mutation(
          "drop",
          (call, transaction) -> {
            Map<String, @Nullable Object> ownerless = new HashMap<>();
            ownerless.put("by", null);
            transaction.put(note().with(ownerless), Condition.present(), found -> failed());
            return Map.of();
          });
      fields.mutation(
          "give",
          (call, transaction) -> {
            transaction.replace(read(call), Map.of("by", "other"));
            return Map.of();
          });
      fields.mutation(
          "overwrite",
          (call, transaction) -> {
            Item taken = note().with(Map.of("by", "other"));
            transaction.put(taken, Condition.present(), found -> failed());
            return Map.of();
          });
      fields.mutation(
          "rename",
          (call, transaction) -> {
            transaction.replace(read(call), Map.of("text", "new", "by", "someone"));
            return Map.of();
          });
    };
  }

  @Test
  void an_item_of_another_owner_is_hidden_however_a_resolver_returns_it() {
    Phone phone = new TinyApp(SDL, forgetful("id", "text", "by")).phone();

    assertThat(phone.ask("{ note { text } }").data("/note").isNull()).isTrue();
    assertThat(phone.ask("{ notes { text } }").data("/notes")).isEmpty();
    assertThat(phone.ask("{ thing { id } }").data("/thing").isNull()).isTrue();
    assertThat(phone.ask("{ box { note { text } } }").data("/box/note").isNull()).isTrue();
    Phone.Reply required = phone.ask("{ box { required { text } } }");
    assertThat(required.code()).isEqualTo("NOT_FOUND");
    assertThat(required.body().toString()).doesNotContain("secret");
  }

  private static Item read(Call call) {
    return Objects.requireNonNull(
        call.store().get(Objects.requireNonNull(note().key()), Projection.whole()));
  }

  private static ClientError failed() {
    return new ClientError("REFUSED", "The item has another owner.", Map.of());
  }

  @Test
  void a_map_of_another_owner_in_nested_lists_is_hidden_too() {
    assertThat(
            new TinyApp(SDL, forgetful("id", "text", "by"))
                .phone()
                .ask("{ maps { text } }")
                .data("/maps/0"))
        .isEmpty();
  }

  @Test
  void no_mutation_can_change_the_owner_of_an_item() {
    TinyApp app = new TinyApp(SDL, forgetful("id", "text", "by"));
    Phone phone = app.phone();

    assertThat(phone.ask("mutation { create { __typename } }").code()).isEqualTo("no error");
    assertThat(phone.ask("mutation { drop { __typename } }").code()).isEqualTo("REFUSED");
    assertThat(phone.ask("mutation { overwrite { __typename } }").code()).isEqualTo("REFUSED");
    assertThat(phone.ask("mutation { give { __typename } }").code())
        .isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(app.log()).contains("'by' names the item's owner, which is immutable");
    assertThat(phone.ask("mutation { rename { __typename } }").code()).isEqualTo("no error");
    Item note =
        Objects.requireNonNull(
            new Store(TinyApp.table(), Deadline.distant())
                .consistent()
                .get(Objects.requireNonNull(note().key()), Projection.whole()));
    assertThat(note.text("by")).isEqualTo("someone");
    assertThat(note.text("text")).isEqualTo("new");
  }

  @Test
  void an_owner_attribute_that_is_not_registered_stops_the_start() {
    assertThatThrownBy(() -> new TinyApp(SDL, forgetful("id", "text")))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining(
            "Note has @owner(field: \"by\"), but no attribute 'by' is registered for it");
  }

  @Test
  void public_outside_query_and_mutation_stops_the_start() {
    String sdl = SDL.replace("text: String }", "text: String @public(why: \"test\") }");

    assertThatThrownBy(() -> new TinyApp(sdl, forgetful("id", "text", "by")))
        .hasMessageContaining(
            "@public has no effect on Note.text, only on fields of Query, Mutation and Subscription");
  }
}
