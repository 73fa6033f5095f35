package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Fields;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists of items whose ids are an attribute of their parent. */
final class LoadAllTest {

  private static final String SDL =
      """
      type Query {
        talk(id: ID!): Talk @public(why: "test")
        talks: [Talk!] @public(why: "test")
      }
      type Talk { title: String! speakers: [Speaker!] hosts: [Speaker!] }
      type Speaker { name: String! }
      """;

  private final TinyApp app = new TinyApp(SDL, LoadAllTest::register);
  private final Phone phone = app.phone();

  private static void register(Fields fields) {
    fields.attributes("Talk", List.of("title", "speakerIds", "hostIds"));
    fields.attributes("Speaker", List.of("name"));
    fields.query("talk", call -> call.store().get(talk(call.text("id")), call.selection()));
    fields.query(
        "talks",
        call ->
            List.copyOf(
                call.store().getAll(List.of(talk("one"), talk("two")), call.selection()).values()));
    fields.loadAll("Talk", "speakers", "speakerIds", LoadAllTest::speaker);
    fields.loadAll("Talk", "hosts", "hostIds", LoadAllTest::speaker);
  }

  private static Key talk(String id) {
    return new Key("TALK#" + id, "TALK");
  }

  private static Key speaker(String id) {
    return new Key("SPEAKER#" + id, "SPEAKER");
  }

  @BeforeAll
  static void write() {
    new BulkWriter(TinyApp.table())
        .write(
            List.of(
                Item.of(
                    talk("one"),
                    Map.of("title", "One", "speakerIds", List.of("b", "gone", "a", "b"))),
                Item.of(talk("two"), Map.of("title", "Two", "speakerIds", Set.of("c"))),
                Item.of(talk("wrong"), Map.of("title", "Wrong", "speakerIds", "a")),
                Item.of(speaker("a"), Map.of("name", "A")),
                Item.of(speaker("b"), Map.of("name", "B")),
                Item.of(speaker("c"), Map.of("name", "C"))));
  }

  @Test
  void the_items_are_in_the_order_of_their_ids_without_those_that_do_not_exist() {
    assertThat(
            phone
                .ask("{ talk(id: \"one\") { speakers { name } hosts { name } } }")
                .data("/talk")
                .toString())
        .isEqualTo(
            "{\"speakers\":[{\"name\":\"B\"},{\"name\":\"A\"},{\"name\":\"B\"}],\"hosts\":[]}");
  }

  @Test
  void all_lists_of_a_level_are_read_in_one_batch() {
    Phone.Reply reply = phone.ask("{ talks { title speakers { name } } }");

    assertThat(reply.data("/talks").findValuesAsText("name")).containsExactly("B", "A", "B", "C");
    assertThat(app.log().lines().filter(line -> line.contains(reply.requestId())))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("\"trips\":2,"));
  }

  @Test
  void an_attribute_that_is_no_list_is_an_error_of_the_field_and_the_log_names_it() {
    Phone.Reply reply = phone.ask("{ talk(id: \"wrong\") { title speakers { name } } }");

    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(reply.data("/talk/title").asText()).isEqualTo("Wrong");
    assertThat(app.log())
        .contains("Talk.speakers is registered with loadAll, but the attribute 'speakerIds'");
  }

  @Test
  void a_non_null_list_needs_a_reason() {
    String nonNull = SDL.replace("speakers: [Speaker!]", "speakers: [Speaker!]!");

    assertThatThrownBy(() -> new TinyApp(nonNull, LoadAllTest::register))
        .isInstanceOf(InvalidSchema.class)
        .hasMessageContaining("Talk.speakers is loaded separately")
        .hasMessageNotContaining("Talk.hosts");
  }

  @Test
  void a_list_and_a_single_object_are_registered_differently() {
    assertThatThrownBy(() ->
            new TinyApp(
                SDL + "extend type Talk { host: Speaker }",
                fields -> {
                  fields.attributes("Talk", List.of("title", "speakerIds", "hostIds"));
                  fields.attributes("Speaker", List.of("name"));
                  fields.query("talk", call -> null);
                  fields.query("talks", call -> null);
                  fields.load("Talk", "speakers", "speakerIds", LoadAllTest::speaker);
                  fields.load("Talk", "hosts", "hostIds", LoadAllTest::speaker);
                  fields.loadAll("Talk", "host", "hostIds", LoadAllTest::speaker);
                }))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains(
            "schema/app.graphqls:7: the type of Talk.speakers is a list; register it with fields.loadAll.",
            "the type of Talk.host is no list; register it with fields.load.");
  }
}
