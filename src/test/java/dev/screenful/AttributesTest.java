package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.Phone;
import dev.screenful.local.Sdk;
import dev.screenful.store.Key;
import dev.screenful.store.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes of all types that DynamoDB has, as fields of all kinds. */
final class AttributesTest {

  private static final AttributeValue BYTES = AttributeValue.fromB(SdkBytes.fromUtf8String("ab?"));

  private static final Map<String, AttributeValue> ITEM =
      Map.ofEntries(
          Map.entry("pk", AttributeValue.fromS("ATTRIBUTES")),
          Map.entry("sk", AttributeValue.fromS("ITEM")),
          Map.entry("text", AttributeValue.fromS("x")),
          Map.entry("none", AttributeValue.fromNul(true)),
          Map.entry("flag", AttributeValue.fromBool(true)),
          Map.entry("bytes", BYTES),
          Map.entry("small", AttributeValue.fromN("-2147483648")),
          Map.entry("long", AttributeValue.fromN("9223372036854775807")),
          Map.entry("beyond", AttributeValue.fromN("9223372036854775808")),
          Map.entry("digits", AttributeValue.fromN("-9" + "8".repeat(37))),
          Map.entry("huge", AttributeValue.fromN("9.9E+125")),
          Map.entry("tiny", AttributeValue.fromN("1E-130")),
          Map.entry("price", AttributeValue.fromN("1.50")),
          Map.entry("texts", AttributeValue.fromSs(List.of("x", "y"))),
          Map.entry("numbers", AttributeValue.fromNs(List.of("1", "9223372036854775808"))),
          Map.entry("binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("ab?")))),
          Map.entry("list", AttributeValue.fromL(List.of(AttributeValue.fromS("x"), BYTES))),
          Map.entry(
              "map",
              AttributeValue.fromM(
                  Map.of(
                      "name", AttributeValue.fromS("secret"), "pk", AttributeValue.fromN("7")))));

  private static final List<String> TYPES =
      List.of(
          "String",
          "ID",
          "Int",
          "Float",
          "Boolean",
          "Long",
          "BigDecimal",
          "DateTime",
          "Letter",
          "[String!]",
          "[Int!]",
          "[BigDecimal]",
          "Named",
          "[Named!]");

  /** An app whose objects have each attribute as a field of one type. */
  private static TinyApp app(String type) {
    StringBuilder fields = new StringBuilder();
    ITEM.keySet().forEach(name -> fields.append(name).append(": ").append(type).append('\n'));
    String sdl =
        """
        scalar Long scalar BigDecimal scalar DateTime
        enum Letter { x }
        type Query { item: Thing @public(why: "test") }
        type Named { name: String }
        type Thing { fine: String %s }
        """
            .formatted(fields);
    Map<String, AttributeValue> item = new HashMap<>(ITEM);
    item.put("fine", AttributeValue.fromS("fine"));
    Sdk.shared().putItem(put -> put.tableName(TinyApp.table().name()).item(item));
    return new TinyApp(
        sdl,
        registered -> {
          registered.attributes("Thing", item.keySet());
          registered.attributes("Named", List.of("name"));
          registered.query(
              "item", call -> call.store().get(new Key("ATTRIBUTES", "ITEM"), Projection.whole()));
        });
  }

  private static String value(TinyApp app, String attribute) {
    return app.phone().ask("{ item { " + attribute + " } }").data("/item/" + attribute).toString();
  }

  @Test
  void an_attribute_fails_its_own_field_at_most_whatever_the_sdl_says_of_it() {
    for (String type : TYPES) {
      TinyApp app = app(type);
      String selected = type.contains("Named") ? " { name }" : "";
      for (String attribute : ITEM.keySet()) {
        Phone.Reply reply = app.phone().ask("{ item { " + attribute + selected + " fine } }");

        assertThat(reply.status()).as(type + " " + attribute).isEqualTo(200);
        assertThat(reply.data("/item/fine").asText()).as(type + " " + attribute).isEqualTo("fine");
        assertThat(reply.body().toString())
            .as(type + " " + attribute)
            .doesNotContain("java", "Heap", selected.isEmpty() ? "secret" : "\0");
      }
    }
  }

  @Test
  void a_number_is_read_with_its_value() {
    TinyApp decimals = app("BigDecimal");

    assertThat(value(decimals, "small")).isEqualTo("-2147483648");
    assertThat(value(decimals, "long")).isEqualTo("9223372036854775807");
    assertThat(value(decimals, "beyond")).isEqualTo("9223372036854775808");
    assertThat(value(decimals, "price")).isEqualTo("1.5");
    assertThat(value(app("String"), "digits")).isEqualTo("\"-9" + "8".repeat(37) + "\"");
    assertThat(value(app("Float"), "huge")).isEqualTo("9.9E125");
    assertThat(value(app("Float"), "tiny")).isEqualTo("1.0E-130");
  }

  @Test
  void a_number_that_the_type_can_not_have_is_an_error_of_its_field() {
    for (String attribute : List.of("long", "beyond", "price")) {
      Phone.Reply reply = app("Int").phone().ask("{ item { fine " + attribute + " } }");

      assertThat(reply.code()).as(attribute).isEqualTo("INTERNAL_SERVER_ERROR");
      assertThat(reply.body().at("/errors/0/path/1").asText()).isEqualTo(attribute);
      assertThat(reply.data("/item/" + attribute).isNull()).isTrue();
    }
  }

  @Test
  void a_resolver_gets_no_rounded_integer() {
    app("String"); // writes the item
    TinyApp app =
        new TinyApp(
            "type Query { integer: Float @public(why: \"test\") }",
            fields ->
                fields.query(
                    "integer",
                    call ->
                        Objects.requireNonNull(
                                call.store().get(new Key("ATTRIBUTES", "ITEM"), Projection.whole()))
                            .number("beyond")));

    assertThat(app.phone().ask("{ integer }").code()).isEqualTo("INTERNAL_SERVER_ERROR");
    assertThat(app.log()).contains("no 64-bit integer attribute 'beyond'");
  }

  @Test
  void sets_are_lists_and_bytes_are_base64() {
    TinyApp texts = app("[String!]");

    assertThat(value(texts, "texts")).isEqualTo("[\"x\",\"y\"]");
    assertThat(value(texts, "numbers")).isEqualTo("[\"1\",\"9223372036854775808\"]");
    assertThat(value(texts, "binaries")).isEqualTo("[\"YWI/\"]");
    assertThat(value(texts, "list")).isEqualTo("[\"x\",\"YWI/\"]");
    assertThat(value(app("String"), "bytes")).isEqualTo("\"YWI/\"");
  }

  @Test
  void a_null_attribute_is_a_missing_one() {
    assertThat(value(app("String"), "none")).isEqualTo("null");
  }

  @Test
  void an_object_or_a_list_is_no_string() {
    for (String attribute : List.of("map", "list", "texts")) {
      Phone.Reply reply = app("String").phone().ask("{ item { " + attribute + " } }");

      assertThat(reply.code()).as(attribute).isEqualTo("INTERNAL_SERVER_ERROR");
    }
  }
}
