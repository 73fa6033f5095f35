package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.identity.Caller;
import dev.screenful.resolver.Call;
import dev.screenful.resolver.Fields;
import dev.screenful.store.BulkWriter;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import dev.screenful.store.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value for which the app asks who the caller is makes the response private, without a rule. */
final class PrivateValuesTest {

  private static final Key KEY = new Key("PRIVATE#1", "ITEM");

  private static final String SDL =
      """
      directive @owner(field: String!) on OBJECT
      directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
      interface Node { id: ID! }
      type Query {
        node(id: ID!): Node @public(why: "test") @cacheControl(maxAge: 60)
        thing: Thing @public(why: "test") @cacheControl(maxAge: 60)
        greeting: String @public(why: "test") @cacheControl(maxAge: 60)
        secret: Secret @public(why: "test") @cacheControl(maxAge: 60)
        secrets: [Secret!] @public(why: "test") @cacheControl(maxAge: 60)
        any: Node @public(why: "test") @cacheControl(maxAge: 60)
        things: ThingConnection @public(why: "test") @cacheControl(maxAge: 60)
      }
      type Thing implements Node @cacheControl(inheritMaxAge: true) {
        id: ID! text: String byResolver: String other: Thing known: Boolean
      }
      type Secret implements Node @owner(field: "by") @cacheControl(inheritMaxAge: true) { id: ID! }
      type ThingConnection @cacheControl(inheritMaxAge: true) { edges: [ThingEdge!]! pageInfo: PageInfo! }
      type ThingEdge @cacheControl(inheritMaxAge: true) { node: Thing! cursor: String! }
      type PageInfo @cacheControl(inheritMaxAge: true) {
        hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
      }
      """;

  private static void register(Fields fields) {
    fields.attributes("Thing", List.of("code", "text"));
    fields.attributes("Secret", List.of("code", "by"));
    fields.typeOf("Node", item -> item.has("by") ? "Secret" : "Thing");
    fields.node("Thing", "code", (code, call) -> KEY);
    fields.node("Secret", "code", (code, call) -> ofCaller(call));
    fields.query("thing", call -> Map.of("code", "1", "text", "one"));
    fields.query("greeting", call -> "Hello" + (ofCaller(call) == null ? "" : "!"));
    fields.query("secret", call -> Map.of("code", "1", "by", "someone"));
    fields.query("secrets", call -> List.of(Map.of("code", "1", "by", "someone")));
    fields.query("any", call -> Map.of("code", "1", "by", "someone"));
    fields.query(
        "things",
        call -> call.store().query(Query.of(KEY.partition()), call.page(), call.selection()));
    fields.on("Thing", "byResolver", call -> call.caller().toString());
    fields.load("Thing", "other", "code", code -> KEY);
    fields.exists("Thing", "known", PrivateValuesTest::ofCaller);
  }

  private static @Nullable Key ofCaller(Call call) {
    return call.caller() instanceof Caller.Verified caller ? new Key(caller.id(), "ITEM") : null;
  }

  private final TinyApp app = new TinyApp(SDL, PrivateValuesTest::register);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public  | { thing { id text other { text } } }",
        "public  | { node(id: \"Thing:1\") { id } }",
        "public  | { things { edges { node { id } } pageInfo { hasNextPage } } }",
        "public  | { thing { text byResolver @skip(if: true) } }",
        "private | { thing { byResolver } }",
        "private | { thing { text other { other { known } } } }",
        "private | { greeting }",
        "private | { thing { text } greeting }",
        "private | { node(id: \"Secret:1\") { id } }",
        "private | { secret { id } }",
        "private | { secrets { id } }",
        "private | { any { id } }",
        "private | { things { edges { cursor } } }",
        "private | { things { pageInfo { endCursor } } }",
      })
  void a_response_is_private_if_one_value_depends_on_the_caller(String scope, String document) {
    new BulkWriter(TinyApp.table())
        .write(List.of(Item.of(KEY, Map.of("code", "1", "text", "one"))));

    assertThat(app.phone().ask(document).header("cache-control")).isEqualTo("max-age=60, " + scope);
  }
}
