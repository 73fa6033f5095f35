package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.store.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The selections that a resolver sees, in an app whose lists are not Relay's. */
final class SelectionTest {

  private final List<Projection> projections = new ArrayList<>();

  private final TinyApp app =
      new TinyApp(
          """
          type Query {
            launches: LaunchConnection @public(why: "test")
            wrong: LaunchConnection @public(why: "test")
          }
          type LaunchConnection { cursor: String! hasMore: Boolean! launches: [Launch!]! }
          type Launch { site: String rocket: Rocket }
          type Rocket { name: String }
          """,
          fields -> {
            fields.query(
                "launches",
                call -> {
                  projections.add(call.selection("launches"));
                  projections.add(call.selection("launches", "rocket"));
                  return Map.of(
                      "cursor", "c", "hasMore", false, "launches", List.of(Map.of("site", "KSC")));
                });
            fields.query("wrong", call -> call.selection("launches", "rockets"));
            fields.attributes("LaunchConnection", List.of("cursor", "hasMore", "launches"));
            fields.attributes("Launch", List.of("site", "rocket"));
            fields.attributes("Rocket", List.of("name"));
          });

  @Test
  void a_type_is_no_connection_by_its_name() {
    Phone.Reply reply = app.phone().ask("{ launches { cursor launches { site } } }");

    assertThat(reply.data("/launches/launches/0/site").asText()).isEqualTo("KSC");
    assertThat(projections).containsExactly(Projection.of("site"), Projection.of());
  }

  @Test
  void a_path_that_leads_nowhere_is_an_error_that_names_the_field_and_the_type() {
    Phone.Reply reply = app.phone().ask("{ wrong { launches { site } } }");

    assertThat(reply.code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(app.log()).contains("A selection of 'rockets': no such field in [Launch].");
  }
}
