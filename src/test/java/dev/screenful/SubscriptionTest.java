package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription that is sent by {@code POST}. */
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
}
