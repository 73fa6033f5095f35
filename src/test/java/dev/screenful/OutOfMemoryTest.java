package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that ran out of memory. {@code RuntimeLoopTest} tests that its process ends. */
final class OutOfMemoryTest {

  private final TinyApp app =
      new TinyApp(
          """
          directive @once(not: String) on FIELD_DEFINITION
          type Query {
            fine: String @public(why: "test")
            large: String @public(why: "test")
            thing: Thing @public(why: "test")
          }
          type Mutation { enlarge(input: LargeInput): Payload @once(not: "test") @public(why: "test") }
          input LargeInput { size: Int }
          type Payload { thing: Thing }
          type Thing { name: String other: Thing }
          """,
          fields -> {
            fields.query("fine", call -> "fine");
            fields.query("large", call -> large());
            fields.query(
                "thing", call -> Item.of(new Key("a", "b"), Map.of("name", "n", "otherId", "1")));
            fields.attributes("Thing", List.of("name", "otherId"));
            fields.attributes("Payload", List.of("thing"));
            fields.load("Thing", "other", "otherId", id -> new Key(large(), id));
            fields.mutation("enlarge", (call, transaction) -> Map.of("thing", large()));
          },
          Map.of(),
          Map.of("BATCH_LIMIT", "2"));

  private static String large() {
    return "x".repeat(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"query\": \"{ large fine }\"}",
        "{\"query\": \"{ thing { other { name } } fine }\"}",
        "{\"query\": \"mutation { enlarge(input: {}) { thing { name } } }\"}",
        "[{\"query\": \"{ fine }\"}, {\"query\": \"{ large }\"}]"
      })
  void lack_of_memory_fails_the_invocation_so_that_lambda_replaces_the_instance(String body) {
    assertThatThrownBy(() -> app.phone().send(body)).isInstanceOf(OutOfMemoryError.class);

    assertThat(app.log().lines())
        .anyMatch(line -> line.contains("ERROR") && line.contains("OutOfMemoryError"));
  }
}
