package dev.screenful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.screenful.kit.Phone;
import dev.screenful.resolver.Resolvers;
import dev.screenful.schema.AppSchema;
import dev.screenful.schema.InvalidSchema;
import dev.screenful.store.Item;
import dev.screenful.store.Key;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Non-null fields that can fail apart from their parents: apps may rely on them. */
final class NonNullTest {

  /** The id of a document in the manifest of a released app. */
  private static final String ID = "a".repeat(64);

  private static final String DIRECTIVE = "directive @nonNull(why: String!) on FIELD_DEFINITION\n";

  private static final String SDL =
      DIRECTIVE
          + """
          scalar UUID
          directive @once(not: String) on FIELD_DEFINITION
          type Query {
            trip(id: ID!): Trip! @public(why: "test") @nonNull(why: "Apps show nothing without it.")
            closed: Int! @nonNull(why: "test")
          }
          type Trip {
            id: ID!
            isBooked: Boolean! @nonNull(why: "Apps have no state for an unknown booking.")
          }
          input Booking { requestId: UUID! trip: ID! }
          type Receipt { number: Int! trip: Trip! }
          type Mutation {
            book(input: Booking!): Receipt! @once @public(why: "test") @nonNull(why: "test")
            cancel: Receipt! @once(not: "test") @nonNull(why: "test")
          }
          """;

  private final AtomicInteger bookings = new AtomicInteger();

  private Resolvers trips() {
    return fields -> {
      fields.query("trip", call -> trip(call.text("id")));
      fields.query("closed", call -> 1);
      fields.attributes("Trip", List.of("id"));
      fields.exists("Trip", "isBooked", call -> booking(call.source().text("id")), "id");
      fields.attributes("Receipt", List.of("number"));
      fields.on("Receipt", "trip", call -> trip("other"));
      fields.mutation(
          "book",
          (call, transaction) -> {
            transaction.create(Item.of(booking(call.input().text("trip")), Map.of()));
            return Map.of("number", bookings.incrementAndGet());
          });
      fields.mutation("cancel", (call, transaction) -> Map.of("number", 0));
    };
  }

  private static Item trip(String id) {
    return Item.of(new Key("TRIP#" + id, "TRIP"), Map.of("id", id));
  }

  private static Key booking(String trip) {
    return new Key("TRIP#" + trip, "BOOKING");
  }

  private final Phone phone = new TinyApp(SDL, trips()).phone();

  private Phone.Reply book(String trip, String requestId, String selection) {
    return phone.ask(
        "mutation ($id: UUID!, $trip: ID!) { book(input: {requestId: $id, trip: $trip}) { %s } }"
            .formatted(selection),
        Map.of("id", requestId, "trip", trip));
  }

  @Test
  void whether_an_item_exists_can_be_non_null() {
    String trip = UUID.randomUUID().toString();
    String query = "{ trip(id: \"%s\") { isBooked } }".formatted(trip);

    assertThat(phone.ask(query).data("/trip/isBooked").toString()).isEqualTo("false");
    book(trip, UUID.randomUUID().toString(), "number");

    assertThat(phone.ask(query).data("/trip/isBooked").toString()).isEqualTo("true");
  }

  @Test
  void a_denied_mutation_with_a_non_null_payload_has_no_data_but_its_error() {
    Phone.Reply reply = phone.ask("mutation { cancel { number } }");

    assertThat(reply.body().get("data").isNull()).isTrue();
    assertThat(reply.body().get("errors")).hasSize(1);
    assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
    assertThat(reply.body().at("/errors/0/path/0").asText()).isEqualTo("cancel");
    assertThat(reply.body().fieldNames()).toIterable().containsExactly("errors", "data");
    assertThat(phone.ask("{ closed }").body().get("data").isNull()).isTrue();
  }

  @Test
  void a_repeated_mutation_with_a_non_null_payload_gets_the_first_response() {
    String requestId = UUID.randomUUID().toString();
    String trip = UUID.randomUUID().toString();
    String selection = "__typename again: number trip { id isBooked }";

    Phone.Reply first = book(trip, requestId, selection);
    Phone.Reply repeat = book(trip, requestId, selection);

    assertThat(first.data("/book/again").asInt()).isEqualTo(1);
    assertThat(repeat.body()).isEqualTo(first.body());
    assertThat(book(trip, requestId, selection).body()).isEqualTo(first.body());
    assertThat(book(trip, requestId, "number").data("/book/number").asInt()).isEqualTo(1);
  }

  @Test
  void what_the_last_release_has_non_null_needs_no_reason() {
    String sdl = "type Query { trips: [Int!]! @public(why: \"test\") more: Int! }\n";
    Map<String, String> released =
        Map.of(
            "released/schema.graphqls",
            "type Query { trips: [Int!]! more: Int }",
            "released/ios/1.0.json",
            "{\"%s\": \"query Trips { trips }\"}".formatted(ID));
    Resolvers resolvers =
        fields -> {
          fields.query("trips", call -> List.of(1, 2));
          fields.query("more", call -> 1);
        };

    assertThatThrownBy(() -> new TinyApp(sdl, resolvers, released, Map.of()))
        .isInstanceOf(InvalidSchema.class)
        .message()
        .contains("schema/app.graphqls:3: Query.more is loaded separately")
        .doesNotContain("Query.trips");

    Phone old =
        new TinyApp(
                sdl.replace("more: Int!", "more: Int"),
                resolvers,
                released,
                Map.of("SAFELIST", "known-screens"))
            .phone();
    String request =
        "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}"
            .formatted(ID);
    assertThat(old.send(request).data("/trips")).hasSize(2);
  }

  @Test
  void the_directive_is_refused_where_it_says_nothing() {
    String sdl =
        DIRECTIVE
            + """
            type Query { trip: Trip @nonNull(why: "test") }
            type Trip implements Node { id: ID! @nonNull(why: "test") }
            interface Node { id: ID! @nonNull(why: "test") @public(why: "test") }
            """;
    Resolvers resolvers =
        fields -> {
          fields.query("trip", call -> null);
          fields.attributes("Trip", List.of("id"));
          fields.typeOf("Node", item -> "Trip");
        };

    assertThatThrownBy(() ->
            AppSchema.of(
                TinyApp.folder(Map.of("app.graphqls", TinyApp.DIRECTIVES + sdl)),
                List.of(resolvers)))
        .message()
        .contains(
            "schema/app.graphqls:4: Query.trip has @nonNull, but its type is nullable; write Trip!, or remove @nonNull.",
            "schema/app.graphqls:5: @nonNull has no effect on Trip.id",
            "schema/app.graphqls:6: @nonNull has no effect on Node.id",
            "schema/app.graphqls:6: @public has no effect on Node.id");
  }
}
