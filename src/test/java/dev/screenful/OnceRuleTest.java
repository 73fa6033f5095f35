package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Resolvers;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The behaviour of {@code @once} in any app. */
final class OnceRuleTest {

  private static final String SDL =
      """
      scalar UUID
      directive @once(not: String) on FIELD_DEFINITION
      type Query { none: String @public(why: "test") }
      input Order { requestId: UUID! product: String! MORE }
      type Receipt { number: Int text: String }
      type Mutation {
        order(input: Order!): Receipt @once @public(why: "test")
        count: Receipt @once(not: "It only counts.") @public(why: "test")
      }
      """;

  /** Only known screens may have two mutations. */
  private static final String TWICE =
      """
      mutation Twice($id: UUID!, $product: String!) {
        one: order(input: {requestId: $id, product: $product}) { number }
        two: order(input: {requestId: $id, product: $product}) { number }
      }
      """;

  private final AtomicInteger runs = new AtomicInteger();
  private final String requestId = UUID.randomUUID().toString();

  private Phone app(String more) {
    Resolvers resolvers =
        fields -> {
          fields.query("none", call -> null);
          fields.attributes("Receipt", List.of("number", "text"));
          fields.mutation(
              "order",
              (call, transaction) -> {
                String product = call.input().text("product");
                if (product.equals("fail")) {
                  runs.incrementAndGet();
                  throw new IllegalStateException("Unexpected failure.");
                }
                transaction.create(
                    Item.of(
                        new Key("ORDER#" + UUID.randomUUID(), "ORDER"),
                        Map.of("product", product)));
                int repeat = product.equals("long") ? 80_000 : 1;
                return Map.of("number", runs.incrementAndGet(), "text", "\u98de".repeat(repeat));
              });
          fields.mutation("count", (call, transaction) -> Map.of("number", runs.incrementAndGet()));
        };
    return new TinyApp(
            SDL.replace("MORE", more), resolvers, Map.of("screens/Twice.graphql", TWICE), Map.of())
        .phone();
  }

  private Phone.Reply order(Phone phone, String product) {
    return phone.ask(
        "mutation ($id: UUID!, $product: String!) { order(input: {requestId: $id, product: $product}) { number text } }",
        Map.of("id", requestId, "product", product));
  }

  @Test
  void a_repeat_is_recognised_after_an_input_field_with_a_default_is_added() {
    Phone.Reply first = order(app(""), "tea");

    Phone.Reply repeat = order(app("sugar: Boolean = false size: [Int!] = [1]"), "tea");

    assertThat(repeat.data("/order/number").asInt()).isEqualTo(1);
    assertThat(repeat.body().toString()).isEqualTo(first.body().toString());
  }

  @Test
  void a_mutation_with_once_not_runs_on_every_request() {
    Phone phone = app("");

    assertThat(phone.ask("mutation { count { number } }").data("/count/number").asInt())
        .isEqualTo(1);
    assertThat(phone.ask("mutation { count { number } }").data("/count/number").asInt())
        .isEqualTo(2);
  }

  @Test
  void a_failed_mutation_is_not_recorded_and_can_be_retried() {
    Phone phone = app("");

    assertThat(order(phone, "fail").code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(order(phone, "fail").code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(runs.get()).isEqualTo(2);
    assertThat(order(phone, "tea").code()).isEqualTo("no error");
  }

  @Test
  void a_long_response_is_recorded_and_returned_again() {
    Phone phone = app("");
    Phone.Reply first = order(phone, "long");

    Phone.Reply repeat = order(phone, "long");

    assertThat(first.data("/order/text").asText()).hasSize(80_000);
    assertThat(repeat.body().toString()).isEqualTo(first.body().toString());
  }

  @Test
  void a_mutation_twice_in_one_document_runs_once() {
    Phone.Reply reply = app("").ask(TWICE, Map.of("id", requestId, "product", "tea"));

    assertThat(reply.code()).isEqualTo("no error");
    assertThat(reply.data("/one")).isEqualTo(reply.data("/two"));
  }
}
