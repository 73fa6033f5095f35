package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.kit.Sockets;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions of an app, by {@code POST} and over WebSocket. */
final class SubscriptionTest {

  private static final String ID = "b".repeat(64);

  private final Phone phone =
      new TinyApp(
              "type Query { fine: String @public(why: \"test\") }",
              fields -> fields.query("fine", call -> "fine"),
              Map.of(
                  "screens/Live.graphql",
                  "subscription Live { live }",
                  "released/ios/1.0.json",
                  "{\"%s\": \"subscription Old { live { id } }\"}".formatted(ID)),
              Map.of())
          .phone();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'query': 'subscription Live { live }'}",
        "{'query': 'subscription Live { live __typename }'}",
        "{'query': 'subscription Unknown { live }'}",
        "{'query': 'subscription { live }'}",
        "{'query': 'subscription A { live } query B { fine }', 'operationName': 'A'}",
        "{'extensions': {'persistedQuery': {'version': 1, 'sha256Hash': 'ID'}}}",
      })
  void it_gets_an_error_with_a_code_and_no_data(String body) {
    Phone.Reply reply = phone.send(body.replace('\'', '"').replace("ID", ID));

    assertThat(reply.body().has("data")).isFalse();
    assertThat(reply.code()).isIn("BAD_REQUEST", "GRAPHQL_VALIDATION_FAILED");
    assertThat(reply.message()).contains("ubscription");
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void a_resolver_of_its_own_answers_a_field_in_place_of_that_of_the_query() {
    Sockets sockets =
        new TinyApp(
                "type Query { fine: String @public(why: \"test\") } type Subscription { fine: String @public(why: \"test\") }",
                fields -> {
                  fields.query("fine", call -> "asked");
                  fields.on("Subscription", "fine", call -> "subscribed");
                })
            .sockets();

    assertThat(
            sockets
                .initialised()
                .subscribe("1", "subscription { fine }", Map.of())
                .last("1")
                .at("/data/fine")
                .asText())
        .isEqualTo("subscribed");
  }

  @Test
  void one_that_reads_more_than_a_thousand_items_is_refused() {
    Sockets sockets =
        new TinyApp(
                "type Query { many(count: Int!): Int @public(why: \"test\") } type Subscription { many(count: Int!): Int @public(why: \"test\") }",
                fields ->
                    fields.query(
                        "many",
                        call -> {
                          List<Key> keys = new ArrayList<>();
                          for (int item = 0; item < call.arguments().integer("count"); item++) {
                            keys.add(new Key("MANY#" + item, "ITEM"));
                          }
                          return call.store().getAll(keys, Projection.of("id")).size();
                        }))
            .sockets();
    String many = "subscription($count: Int!) { many(count: $count) }";

    Sockets.Socket socket =
        sockets
            .initialised()
            .subscribe("1", many, Map.of("count", 1000))
            .subscribe("2", many, Map.of("count", 1001));

    assertThat(socket.types()).containsExactly("connection_ack", "next 1", "error 2");
    assertThat(socket.last("2").at("/0/extensions/code").asText()).isEqualTo("QUERY_TOO_COMPLEX");
  }
}
