package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.layover.local.Phone;
import dev.screenful.execution.InvalidSchema;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code @owner} holds where a resolver forgot to. */
final class OwnerRuleTest {

  private static final String SDL =
      """
      directive @owner(field: String!) on OBJECT
      type Query {
        note: Note @public(why: "test")
        notes: [Note!] @public(why: "test")
        thing: Thing @public(why: "test")
        box: Box @public(why: "test")
      }
      interface Thing { id: ID! }
      type Note implements Thing @owner(field: "by") { id: ID! text: String }
      type Box { note: Note sure: Note! }
      """;

  private static Item note() {
    return Item.of(new Key("NOTE#1", "NOTE"), Map.of("id", "1", "text", "secret", "by", "someone"));
  }

  private static Resolvers forgetful(String... attributes) {
    return fields -> {
      fields.attributes("Note", List.of(attributes));
      fields.attributes("Box", List.of("note", "sure"));
      fields.typeOf("Thing", item -> "Note");
      fields.query("note", call -> note());
      fields.query("notes", call -> List.of(note(), note()));
      fields.query("thing", call -> note());
      fields.query("box", call -> Map.of("note", note(), "sure", note()));
    };
  }

  @Test
  void what_is_someone_elses_does_not_exist_by_whatever_way_it_was_returned() {
    Phone phone = new TinyApp(SDL, forgetful("id", "text", "by")).phone();

    assertThat(phone.ask("{ note { text } }").data("/note").isNull()).isTrue();
    assertThat(phone.ask("{ notes { text } }").data("/notes")).isEmpty();
    assertThat(phone.ask("{ thing { id } }").data("/thing").isNull()).isTrue();
    assertThat(phone.ask("{ box { note { text } } }").data("/box/note").isNull()).isTrue();
    Phone.Reply sure = phone.ask("{ box { sure { text } } }");
    assertThat(sure.code()).isEqualTo("NOT_FOUND");
    assertThat(sure.body().toString()).doesNotContain("secret");
  }

  @Test
  void an_owner_that_is_not_read_stops_the_start() {
    assertThatThrownBy(() -> new TinyApp(SDL, forgetful("id", "text")))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining("Note says @owner(field: \"by\"), which is not among the attributes");
  }

  @Test
  void public_on_a_field_that_is_none_of_query_or_mutation_stops_the_start() {
    String sdl = SDL.replace("text: String }", "text: String @public(why: \"test\") }");

    assertThatThrownBy(() -> new TinyApp(sdl, forgetful("id", "text", "by")))
        .hasMessageContaining(
            "Note.text is no field of Query or Mutation, so @public opens nothing");
  }
}
